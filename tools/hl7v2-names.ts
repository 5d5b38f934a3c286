/**
 * Makes `src/standards/hl7v2/generated/names.ts` from the segment and data type maps of the official v2-to-FHIR guide:
 * `node tools/hl7v2-names.ts`. The names of all segments; of the fields and components that the guide maps, their
 * names, data types and cardinalities. Where the sheets of a segment differ, most of them decide.
 * Source: HL7 Version 2 to FHIR Implementation Guide, segment and data type maps, chapter data (CC0-1.0).
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseCsv } from "./csv.ts";

/** The numbered parts of a segment or data type: `Patient Name|XPN|1|*`, or nothing where the guide has no such part. */
export type Parts = readonly string[];

export interface NameTables {
  readonly segmentNames: Readonly<Record<string, string>>;
  readonly fields: Readonly<Record<string, Parts>>;
  readonly components: Readonly<Record<string, Parts>>;
}

export function readNameTables(guideFolder: string): NameTables {
  return {
    segmentNames: readSegmentNames(join(guideFolder, "chapterdata.csv")),
    fields: readParts(join(guideFolder, "segments"), /^([A-Z][A-Z0-9]{2})-(\d+)$/),
    components: readParts(join(guideFolder, "datatypes"), /^([A-Z]{2,3})\.(\d+)$/),
  };
}

function readSegmentNames(file: string): Record<string, string> {
  const rows = parseCsv(readFileSync(file, "utf8"))
    .filter(([what]) => what === "Segment")
    .map(([, , name = "", id = ""]) => [id.trim(), plain(name)] as const)
    .filter(([id, name]) => /^[A-Z][A-Z0-9]{2}$/.test(id) && !name.startsWith("("));
  return sorted(Object.fromEntries(rows));
}

/** A sheet describes a part once for every FHIR element it goes to. Parts of others, which it may mention, are left. */
function readParts(folder: string, identifier: RegExp): Record<string, Parts> {
  const votes: Record<string, Map<string, number>[]> = {};
  for (const file of readdirSync(folder).sort()) {
    for (const [, id = "", name = "", type = "", min = "", max = ""] of parseCsv(readText(join(folder, file)))) {
      const [, owner, number] = identifier.exec(id.trim()) ?? [];
      if (owner === undefined || name.trim() === "" || !file.includes(` ${owner}[`)) continue;
      votes[owner] ??= [];
      votes[owner][Number(number) - 1] ??= new Map();
      const part = [plain(name), plainType(type), plainCount(min), plainCount(max)].join("|");
      const tally = votes[owner][Number(number) - 1];
      tally?.set(part, (tally.get(part) ?? 0) + (type.trim() === "" ? 0.1 : 1));
    }
  }
  const parts = Object.entries(votes).map(([owner, tallies]) => [owner, Array.from(tallies, winner)] as const);
  return sorted(Object.fromEntries(parts));
}

function winner(tally: ReadonlyMap<string, number> | undefined): string {
  const [first] = [...(tally ?? [])].sort(([, a], [, b]) => b - a);
  return first?.[0] ?? "";
}

function readText(file: string): string {
  return readFileSync(file, "utf8").replace(/^\uFEFF/, "");
}

function plain(name: string): string {
  const text = name.replace(/[–—]/g, "-").replaceAll("|", "/").replace(/\s+/g, " ").trim();
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** `EIP - This is EI in many versions including 2.9` is EIP. */
function plainType(type: string): string {
  return /^[A-Z]{2,3}(?![A-Za-z])/.exec(type.trim())?.[0] ?? "";
}

/** `-1` is without end; `0..2` is 0. */
function plainCount(count: string): string {
  const text = count.trim();
  return text === "-1" ? "*" : (/^\d+/.exec(text)?.[0] ?? "");
}

function sorted<Item>(table: Readonly<Record<string, Item>>): Record<string, Item> {
  return Object.fromEntries(Object.entries(table).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** One line for each segment and data type, so that a change is seen where it is. */
export function writeNameTables({ segmentNames, fields, components }: NameTables): string {
  const names = Object.entries(segmentNames).map(([id, name]) => `  ${id}: ${JSON.stringify(name)},`);
  const rows = (table: Readonly<Record<string, Parts>>) =>
    Object.entries(table).map(([id, parts]) => `  ${id}: ${JSON.stringify(parts.join("\n"))},`);
  return [
    "// Made by tools/hl7v2-names.ts from the HL7 Version 2 to FHIR Implementation Guide (CC0-1.0).",
    "export const segmentNames: Readonly<Record<string, string>> = {",
    ...names,
    "};",
    "",
    "export const fields: Readonly<Record<string, string>> = {",
    ...rows(fields),
    "};",
    "",
    "export const components: Readonly<Record<string, string>> = {",
    ...rows(components),
    "};",
    "",
  ].join("\n");
}

export const namesFile = join(import.meta.dirname, "../src/standards/hl7v2/generated/names.ts");

if (import.meta.main) {
  const data = process.env.CORRIDOR_TEST_DATA ?? join(import.meta.dirname, "../../shared/data");
  mkdirSync(dirname(namesFile), { recursive: true });
  writeFileSync(namesFile, writeNameTables(readNameTables(join(data, "hl7v2/v2-to-fhir"))));
  console.log(`Written: ${namesFile}`);
}

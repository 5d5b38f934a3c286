/**
 * Makes `src/standards/v2-to-fhir/generated/*.json` from the sheets of the official v2-to-FHIR guide:
 * `node tools/v2-to-fhir.ts`. Only facts: where each row is from, where it goes, under which computable condition. Of a
 * condition in prose only a fingerprint is kept, by which our own decision about it is found
 * (`src/standards/v2-to-fhir/decisions.ts`). Where the sheets are absent it says so and writes nothing.
 * Source: HL7 Version 2 to FHIR Implementation Guide, message, segment, data type and code system maps (CC0-1.0).
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseCsv } from "./csv.ts";

export const tablesFolder = join(import.meta.dirname, "../src/standards/v2-to-fhir/generated");

/** Each file of the folder with its text. */
export type RowTables = Readonly<Record<string, string>>;

type Sheets = readonly { readonly name: string; readonly rows: readonly (readonly string[])[] }[];

export function makeRowTables(guideFolder: string): RowTables {
  return {
    "messages.json": byMap(readSheets(guideFolder, "messages"), messageRow),
    "segments.json": byMap(readSheets(guideFolder, "segments"), elementRow),
    "data-types.json": byMap(readSheets(guideFolder, "datatypes"), elementRow),
    "code-tables.json": linesOf(readSheets(guideFolder, "codesystems").flatMap(codeTable)),
  };
}

function readSheets(guideFolder: string, kind: string): Sheets {
  return readdirSync(join(guideFolder, kind))
    .sort()
    .map((file) => ({
      name: (/_ (.+?) - /.exec(file)?.[1] ?? file).trim(),
      rows: parseCsv(readFileSync(join(guideFolder, kind, file), "utf8").replace(/^\uFEFF/, "")),
    }));
}

type Row = readonly string[];

/** Two lines of headings, then rows; those that `toRow` has nothing of are left out. */
function byMap(sheets: Sheets, toRow: (row: Row) => Row | undefined): string {
  return linesOf(
    sheets.map(({ name, rows }) => [
      name,
      rows.slice(2).flatMap((row) => [toRow(row) ?? []].filter((made) => made.length > 0)),
    ]),
  );
}

/** Of a segment or data type: source, type, greatest number, target, its type, map, code table, assignment, condition, prose. */
function elementRow(row: Row): Row | undefined {
  const [source, type, most, target] = [cell(row, 1), cell(row, 3), cell(row, 5), cell(row, 9)];
  if (target === "") return undefined;
  return trimmed([
    source,
    type,
    most,
    target,
    cell(row, 11),
    cell(row, 14),
    cell(row, 15),
    plainAssignment(cell(row, 16)),
    ...conditionOf(row),
  ]);
}

/** Of a message: the place in it, whether it may repeat, target, map, references, condition, prose. */
function messageRow(row: Row): Row | undefined {
  const [source, syntax] = [cell(row, 1), cell(row, 2)];
  if (source === "" && cell(row, 9) === "") return undefined;
  return trimmed([source, syntax, cell(row, 5), cell(row, 9), cell(row, 10), cell(row, 11), ...conditionOf(row)]);
}

/** The computable condition, ANTLR before FHIRPath, and the fingerprint of the prose. */
function conditionOf(row: Row): Row {
  const [antlr, fhirPath, prose] = [cell(row, 6), cell(row, 7), cell(row, 8)];
  return [antlr || fhirPath, prose === "" ? "" : fingerprint(prose)];
}

/** What a sheet says in words behind a stroke is a remark: of it, too, the fingerprint is kept. */
function plainAssignment(text: string): string {
  return text.startsWith("/") ? `/${fingerprint(text)}/` : text;
}

export function fingerprint(prose: string): string {
  return createHash("sha256").update(prose).digest("hex").slice(0, 6);
}

/** The v2 table, the system that most targets have, and by code the target, its display and, where it differs, its system. */
function codeTable({ name, rows }: Sheets[number]): readonly (readonly [string, unknown])[] {
  const [, columns = [], ...lines] = rows;
  const targetAt = columns.indexOf("Code", 1);
  const displayAt = columns.indexOf("Display");
  const read = lines
    .map((row) => ({
      code: cell(row, 0),
      table: cell(row, 2),
      target: cell(row, targetAt),
      display: cell(row, displayAt) || cell(row, displayAt - 1),
      system: cell(row, displayAt + 1),
    }))
    .filter(({ code, target }) => code !== "" && target !== "");
  if (read.length === 0) return [];
  const system = mostFrequent(read.map((row) => row.system));
  const codes = read.map((row) =>
    trimmed([row.code, row.target, row.display, row.system === system ? "" : row.system]),
  );
  return [[name, [mostFrequent(read.map((row) => row.table)), system, codes]]];
}

function mostFrequent(values: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? "";
}

/** Blanks and line ends within a cell count as one blank; in references a line end divides. */
function cell(row: Row, at: number): string {
  return (row[at] ?? "")
    .replaceAll("\n", at === 11 ? ";" : " ")
    .replace(/\s+/g, " ")
    .trim();
}

function trimmed(cells: Row): Row {
  const last = cells.findLastIndex((text) => text !== "");
  return cells.slice(0, last + 1);
}

/** An object with a line an entry, so that changes can be read. */
function linesOf(entries: readonly (readonly [string, unknown] | readonly unknown[])[]): string {
  return `{\n${entries.map(([name, value]) => `${JSON.stringify(name)}: ${rowLines(value)}`).join(",\n")}\n}\n`;
}

function rowLines(value: unknown): string {
  if (!Array.isArray(value) || !value.every(Array.isArray)) return JSON.stringify(value);
  return `[\n${value.map((row) => ` ${JSON.stringify(row)}`).join(",\n")}\n]`;
}

if (import.meta.main) {
  const guideFolder = join(
    process.env.CORRIDOR_TEST_DATA ?? join(import.meta.dirname, "../../shared/data"),
    "hl7v2/v2-to-fhir",
  );
  if (!existsSync(guideFolder)) {
    console.error(`The sheets of the guide are not at ${guideFolder}; the tables stay as they are.`);
    process.exitCode = 1;
  } else {
    mkdirSync(tablesFolder, { recursive: true });
    for (const [file, text] of Object.entries(makeRowTables(guideFolder)))
      writeFileSync(join(tablesFolder, file), text);
    console.log(`Written to ${tablesFolder}`);
  }
}

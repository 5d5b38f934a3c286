/**
 * Makes `src/departments/clinical/browser/generated/field-names.json` from the segment and data type maps of the
 * official v2-to-FHIR guide (CSV): node tools/v2-field-names.ts. Names of all segments, and of the fields and components
 * that the guide has, each as `Name:TYPE`.
 * Source: HL7 Version 2 to FHIR Implementation Guide, segment maps, data type maps, chapter data (CC0-1.0).
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseCsv } from "./csv.ts";

const data = process.env.CORRIDOR_TEST_DATA ?? join(import.meta.dirname, "../../shared/data");
const guide = join(data, "hl7v2/v2-to-fhir");
const output = join(import.meta.dirname, "../src/departments/clinical/browser/generated/field-names.json");

/** By number, the first at 0; null where the guide has none. */
type Names = (string | null)[];

const segments = readNames("segments", /^([A-Z][A-Z0-9]{2})-(\d+)$/);
const types = readNames("datatypes", /^([A-Z]{2,3})\.(\d+)$/);
const titles = Object.fromEntries(
  parseCsv(readFileSync(join(guide, "chapterdata.csv"), "utf8"))
    .filter(([what]) => what === "Segment")
    .map(([, , name = "", id = ""]) => [id.trim(), name.trim()])
    .filter(([id = ""]) => /^[A-Z][A-Z0-9]{2}$/.test(id))
    .sort(),
);

mkdirSync(dirname(output), { recursive: true });
writeFileSync(output, `${lines({ titles, segments, types })}\n`);
console.log(
  `${Object.keys(segments).length} segments and ${Object.keys(types).length} data types written to ${output}`,
);

function readNames(folder: string, identifier: RegExp): Readonly<Record<string, Names>> {
  const found: Record<string, Names> = {};
  for (const file of readdirSync(join(guide, folder)).sort()) {
    for (const [, id = "", name = "", type = ""] of parseCsv(readFileSync(join(guide, folder, file), "utf8"))) {
      const [, owner, number] = identifier.exec(id.trim()) ?? [];
      if (owner === undefined || name.trim() === "") continue;
      found[owner] ??= [];
      found[owner][Number(number) - 1] ??= `${name.replace(/\s+/g, " ").trim()}:${type.trim()}`;
    }
  }
  const sorted = Object.entries(found).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(sorted.map(([owner, names]) => [owner, Array.from(names, (name) => name ?? null)]));
}

/** One line for each segment and type, so that a change is seen where it is. */
function lines(tables: Readonly<Record<string, Readonly<Record<string, unknown>>>>): string {
  const parts = Object.entries(tables).map(([name, table]) => {
    const rows = Object.entries(table).map(([key, value]) => `    ${JSON.stringify(key)}: ${JSON.stringify(value)}`);
    return `  ${JSON.stringify(name)}: {\n${rows.join(",\n")}\n  }`;
  });
  return `{\n${parts.join(",\n")}\n}`;
}

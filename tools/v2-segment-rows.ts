/**
 * Makes `src/departments/clinical/messages/generated/official-fields.ts` from the segment maps of the official
 * v2-to-FHIR guide (CSV): node tools/v2-segment-rows.ts. For each segment that Corridor maps, the fields for which the
 * guide has an element.
 * Source: HL7 Version 2 to FHIR Implementation Guide, Segment Maps (CC0-1.0).
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseCsv } from "./csv.ts";

const data = process.env.CORRIDOR_TEST_DATA ?? join(import.meta.dirname, "../../shared/data");
const folder = join(data, "hl7v2/v2-to-fhir/segments");
const output = join(import.meta.dirname, "../src/departments/clinical/messages/generated/official-fields.ts");

/** The maps of each segment that apply to what Corridor makes of it. */
const maps: Readonly<Record<string, readonly string[]>> = {
  MSH: ["MSH[Provenance-Source]"],
  EVN: ["EVN[Provenance]"],
  PID: ["PID[Patient]"],
  PD1: ["PD1[Patient]"],
  NK1: ["NK1[Patient]"],
  PV1: ["PV1[Encounter]"],
  PV2: ["PV2[Encounter]"],
  AL1: ["AL1[AllergyIntolerance]"],
  ORC: ["ORC[ServiceRequest]", "ORC[DiagnosticReport]"],
  OBR: ["OBR[DiagnosticReport]", "OBR[ServiceRequest]", "OBR[Specimen]"],
  TQ1: ["TQ1[ServiceRequest]"],
  DG1: ["DG1[Condition]"],
  OBX: ["OBX[Observation]"],
  NTE: ["NTE[Observation]"],
  SPM: ["SPM[Specimen]"],
};

const files = readdirSync(folder);
const lines = Object.entries(maps).map(([segment, names]) => {
  const fields = new Set(names.flatMap(mappedFields));
  return `  ${segment}: [${[...fields].sort((a, b) => a - b).join(", ")}],\n`;
});
writeFileSync(
  output,
  `// Made by: node tools/v2-segment-rows.ts, from the segment maps of the HL7 v2-to-FHIR guide (CC0-1.0)

/** Fields for which the official map of a segment has an element, by segment. */
export const officialFields: Readonly<Record<string, readonly number[]>> = {
${lines.join("")}};
`,
);
console.log(`${lines.length} segments written to ${output}`);

/** The tenth column names the element; the second the field: `PID-3`. */
function mappedFields(map: string): readonly number[] {
  const file = files.find((entry) => entry.includes(` ${map} - `));
  if (file === undefined) throw new Error(`The guide has no segment map ${map}`);
  const rows = parseCsv(readFileSync(join(folder, file), "utf8")).slice(2);
  return rows
    .filter((row) => (row[9] ?? "").trim() !== "")
    .flatMap((row) => Number(/-(\d+)$/.exec((row[1] ?? "").trim())?.[1] ?? 0) || []);
}

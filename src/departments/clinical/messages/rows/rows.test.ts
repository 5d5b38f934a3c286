/** The rows against the official segment maps. Source: HL7 v2-to-FHIR, segment maps. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { testData } from "../../../../../test/data.ts";
import { parseCsv } from "../../../../../tools/csv.ts";
import { isUnmappedReason } from "../unmapped-reasons.ts";
import { rowsOfSegments } from "./index.ts";

const official = testData("hl7v2/v2-to-fhir/segments");

/** The official maps of each segment that apply to what is mapped here. */
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

/** Fields for which the official maps have an element of FHIR R4 itself, or an extension that exists. */
function officialFields(segment: string): ReadonlySet<number> {
  const files = readdirSync(official.path);
  const rows = (maps[segment] ?? []).flatMap((map) => {
    const file = files.find((name) => name.includes(` ${map} - `));
    assert.ok(file !== undefined, map);
    return parseCsv(readFileSync(join(official.path, file), "utf8")).slice(2);
  });
  const mapped = rows.filter((row) => (row[9] ?? "").trim() !== "");
  return new Set(mapped.flatMap((row) => Number(/-(\d+)$/.exec((row[1] ?? "").trim())?.[1] ?? 0) || []));
}

for (const segment of Object.keys(maps)) {
  test(`${segment}: every field with an official element is mapped, or listed as not mapped yet`, {
    skip: official.skip,
  }, () => {
    const rows = rowsOfSegments[segment] ?? {};
    const unlisted = [...officialFields(segment)].filter((field) => {
      const row = rows[field];
      return row === undefined || row === "no-fhir-target" || row === "administrative";
    });
    assert.deepEqual(unlisted, []);
  });
}

test("the counts in docs/conformance/v2-to-fhir.md are those of the rows", { skip: official.skip }, () => {
  const document = readFileSync(join(import.meta.dirname, "../../../../../docs/conformance/v2-to-fhir.md"), "utf8");
  for (const segment of Object.keys(maps)) {
    const fields = [...officialFields(segment)];
    const done = fields.filter((field) => {
      const row = rowsOfSegments[segment]?.[field];
      return row !== undefined && !isUnmappedReason(row);
    });
    const line = new RegExp(`\\| ${segment} \\| ${done.length} of ${fields.length} \\|`);
    assert.match(document, line, `${segment}: ${done.length} of ${fields.length}`);
  }
});

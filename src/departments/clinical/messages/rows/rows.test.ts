/** The rows against the official segment maps. Source: HL7 v2-to-FHIR, segment maps. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { officialFields } from "../generated/official-fields.ts";
import { isUnmappedReason } from "../unmapped-reasons.ts";
import { rowsOfSegments } from "./index.ts";

const document = readFileSync(join(import.meta.dirname, "../../../../../docs/conformance/v2-to-fhir.md"), "utf8");

for (const [segment, fields] of Object.entries(officialFields)) {
  test(`${segment}: every field with an official element is mapped, or listed as not mapped yet`, () => {
    const rows = rowsOfSegments[segment] ?? {};
    const unlisted = fields.filter((field) => {
      const row = rows[field];
      return row === undefined || row === "no-fhir-target" || row === "administrative";
    });
    assert.deepEqual(unlisted, []);
  });

  test(`${segment}: the count in docs/conformance/v2-to-fhir.md is that of the rows`, () => {
    const done = fields.filter((field) => {
      const row = rowsOfSegments[segment]?.[field];
      return row !== undefined && !isUnmappedReason(row);
    });
    const line = `| ${segment} | ${done.length} of ${fields.length} |`;
    assert.ok(document.includes(line), line);
  });
}

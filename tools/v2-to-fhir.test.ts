import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { testData } from "../test/data.ts";
import { makeRowTables, tablesFolder } from "./v2-to-fhir.ts";

const guide = testData("hl7v2/v2-to-fhir");

test("the rows of v2-to-FHIR are those that the guide gives today", { skip: guide.skip }, () => {
  for (const [file, text] of Object.entries(makeRowTables(guide.path))) {
    assert.equal(readFileSync(join(tablesFolder, file), "utf8"), text, file);
  }
});

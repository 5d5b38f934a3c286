import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { testData } from "../test/data.ts";
import { namesFile, readNameTables, writeNameTables } from "./hl7v2-names.ts";

const guide = testData("hl7v2/v2-to-fhir");

test("the names of segments and fields are those that the guide gives today", { skip: guide.skip }, () => {
  assert.equal(readFileSync(namesFile, "utf8"), writeNameTables(readNameTables(guide.path)));
});

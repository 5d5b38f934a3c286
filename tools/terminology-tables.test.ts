import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { packageFolder } from "./fhir-package.ts";
import { tablesFile, tablesText } from "./terminology-tables.ts";

test("the built-in code systems and value sets are what `node tools/terminology-tables.ts` makes of the official package", {
  skip: existsSync(packageFolder) ? false : "npm package hl7.fhir.r4.examples is not installed",
}, () => {
  assert.ok(readFileSync(tablesFile, "utf8") === tablesText(), "it is not: run the generator");
});

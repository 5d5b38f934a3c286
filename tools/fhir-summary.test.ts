import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { packageFolder } from "./fhir-package.ts";
import { summaryFile, summaryText } from "./fhir-summary.ts";

test("the table of summaries is what `node tools/fhir-summary.ts` makes of the official definitions", {
  skip: existsSync(packageFolder) ? false : "npm package hl7.fhir.r4.examples is not installed",
}, () => {
  assert.ok(readFileSync(summaryFile, "utf8") === summaryText(), "run the generator");
});

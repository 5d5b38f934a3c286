import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { compartmentsFile, compartmentsText } from "./fhir-compartments.ts";
import { packageFolder } from "./fhir-package.ts";

test("the table of compartments is what `node tools/fhir-compartments.ts` makes of the official definitions", {
  skip: existsSync(packageFolder) ? false : "npm package hl7.fhir.r4.examples is not installed",
}, () => {
  assert.ok(readFileSync(compartmentsFile, "utf8") === compartmentsText(), "run the generator");
});

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { generatedFiles, generatedFolder } from "./fhir-definitions.ts";
import { packageFolder } from "./fhir-package.ts";

test("the generated FHIR tables are what `node tools/fhir-definitions.ts` makes of the official definitions", {
  skip: existsSync(packageFolder) ? false : "npm package hl7.fhir.r4.examples is not installed",
}, () => {
  for (const [name, text] of generatedFiles()) {
    assert.ok(readFileSync(join(generatedFolder, name), "utf8") === text, `${name} is not: run the generator`);
  }
});

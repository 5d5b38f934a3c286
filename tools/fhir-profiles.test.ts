import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { packageFolder } from "./fhir-package.ts";
import { profileFiles, profilesFolder } from "./fhir-profiles.ts";

test("the generated profile tables are what `node tools/fhir-profiles.ts` makes of the official definitions", {
  skip: existsSync(packageFolder) ? false : "npm package hl7.fhir.r4.examples is not installed",
}, () => {
  for (const [name, text] of profileFiles()) {
    assert.ok(readFileSync(join(profilesFolder, name), "utf8") === text, `${name} is not: run the generator`);
  }
});

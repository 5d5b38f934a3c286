/** The published cases of JSON Patch (FHIR/fhir-test-cases). */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { Json } from "#kernel";
import { applyJsonPatch } from "#standards/fhir-patch";
import { testData } from "../data.ts";
import type { SuiteResult } from "./suite.ts";

interface JsonPatchCase {
  readonly comment: string;
  readonly doc: Json;
  readonly patch: Json;
  readonly expected?: Json;
  /** What is wrong, in the words of the suite, which nobody else has to use. */
  readonly error?: string;
}

export async function run(): Promise<SuiteResult> {
  const found = testData("patch");
  if (found.skip !== false) return { passed: 0, total: 1, excluded: 0, failures: [found.skip] };
  return runCases(found.path);
}

export function runCases(folder: string): SuiteResult {
  const cases = JSON.parse(readFileSync(join(folder, "json-patch-tests.json"), "utf8")) as readonly JsonPatchCase[];
  const failures = cases.flatMap((one) => {
    const flaw = jsonFlaw(one);
    return flaw === undefined ? [] : [`JSON Patch, ${one.comment}: ${flaw}`];
  });
  return { passed: cases.length - failures.length, total: cases.length, excluded: 0, failures };
}

function jsonFlaw({ doc, patch, expected, error }: JsonPatchCase): string | undefined {
  const result = applyJsonPatch(doc, patch);
  if (error !== undefined) return result.ok ? "was applied, and should not have been" : undefined;
  if (!result.ok) return result.problems[0].message;
  return isDeepStrictEqual(result.value, expected) ? undefined : "gives something else";
}

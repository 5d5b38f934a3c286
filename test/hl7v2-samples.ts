import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { SuiteResult } from "./conformance/suite.ts";
import { testData } from "./data.ts";

/** The sample messages of microsoft/FHIR-Converter: each passes in which no fault is found. None where they are absent. */
export async function overSamples(faultsOf: (bytes: Uint8Array) => readonly string[]): Promise<SuiteResult> {
  const samples = testData("hl7v2/samples");
  if (samples.skip !== false) {
    console.log(samples.skip);
    return { passed: 0, total: 0, excluded: 0, failures: [] };
  }
  const files = readdirSync(samples.path).filter((name) => name.endsWith(".hl7"));
  const failures = files.flatMap((file) => {
    const faults = faultsOf(readFileSync(join(samples.path, file)));
    return faults.length === 0 ? [] : [`${file}: ${faults.join("; ")}`];
  });
  return { passed: files.length - failures.length, total: files.length, excluded: 0, failures };
}

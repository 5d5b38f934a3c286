/** Who sees what, on every path: docs/conformance/visibility.md. */
import { stopTestDatabases } from "../database.ts";
import { allCases, runMatrix } from "../visibility/matrix.ts";
import type { SuiteResult } from "./suite.ts";

export async function run(): Promise<SuiteResult> {
  const { cases, leaks, refusals } = await runMatrix(allCases());
  await stopTestDatabases();
  const failures = [...leaks.map((each) => `leak: ${each}`), ...refusals.map((each) => `wrong refusal: ${each}`)];
  return { passed: cases - failures.length, total: cases, excluded: 0, failures };
}

/** `npm run conformance -- [suite …]`: runs the published suites and ends with a line for each. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Suite, SuiteResult } from "./suite.ts";

const notSuites = new Set(["run.ts", "suite.ts"]);
const failuresShownMax = 50;

function suiteNames(): readonly string[] {
  return readdirSync(import.meta.dirname)
    .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts") && !notSuites.has(name))
    .map((name) => name.slice(0, -".ts".length))
    .sort();
}

async function runSuite(name: string): Promise<SuiteResult> {
  const suite = (await import(join(import.meta.dirname, `${name}.ts`))) as Suite;
  const result = await suite.run();
  for (const failure of result.failures.slice(0, failuresShownMax)) console.log(`${name}: ${failure}`);
  const hidden = result.failures.length - failuresShownMax;
  if (hidden > 0) console.log(`${name}: … and ${hidden} more`);
  return result;
}

async function main(asked: readonly string[]): Promise<number> {
  const names = suiteNames();
  const unknown = asked.filter((name) => !names.includes(name));
  if (unknown.length > 0) {
    console.error(`There is no suite ${unknown.join(", ")}; there are: ${names.join(", ")}.`);
    return 2;
  }
  const lines: string[] = [];
  let failures = 0;
  for (const name of asked.length > 0 ? asked : names) {
    const result = await runSuite(name);
    failures += result.failures.length;
    lines.push(`${name}: passed ${result.passed} of ${result.total}, excluded ${result.excluded}`);
  }
  for (const line of lines) console.log(line);
  return failures > 0 ? 1 : 0;
}

// The runner of tests would tell of none.
process.exit(await main(process.argv.slice(2)));

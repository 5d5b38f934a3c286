/**
 * The official R4 examples, all of them: from JSON to XML and back, each must be the same in every element, every character of
 * its narrative and the text of every number.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { isJsonObject, type Problem } from "#kernel";
import { parseJson } from "#record";
import { readFhirXml, writeFhirXml } from "#standards/fhir-xml";
import { examplesFolder } from "./fhir-examples.ts";
import type { SuiteResult } from "./suite.ts";

export async function run(): Promise<SuiteResult> {
  if (!existsSync(examplesFolder)) {
    return { passed: 0, total: 1, excluded: 0, failures: ["npm package hl7.fhir.r4.examples is not installed"] };
  }
  return checkRoundTrips(() => true);
}

/** Those of the examples whose file name `wanted` takes. */
export function checkRoundTrips(wanted: (file: string) => boolean): SuiteResult {
  const files = readdirSync(examplesFolder).filter((file) => file.endsWith(".json") && file !== "package.json");
  const chosen = files.filter(wanted);
  const failures = chosen.flatMap((file) => {
    const flaw = flawOf(readFileSync(join(examplesFolder, file), "utf8"));
    return flaw === undefined ? [] : [`${file}: ${flaw}`];
  });
  return { passed: chosen.length - failures.length, total: chosen.length, excluded: 0, failures };
}

function flawOf(text: string): string | undefined {
  const parsed = parseJson(text);
  if (!parsed.ok) return told(parsed.problems[0]);
  if (!isJsonObject(parsed.value)) return "no JSON object";
  const written = writeFhirXml(parsed.value, { indent: 2 });
  if (!written.ok) return told(written.problems[0]);
  const read = readFhirXml(written.value);
  if (!read.ok) return told(read.problems[0]);
  return isDeepStrictEqual(read.value, parsed.value) ? undefined : "differs after having been XML";
}

function told({ where = "", message }: Problem): string {
  return `${where} ${message}`.trim();
}

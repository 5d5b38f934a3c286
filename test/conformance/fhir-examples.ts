/**
 * The official R4 examples, all of them: each must pass the structure check, be indexed by every parameter of its type without
 * a throw, and come through a rewriting of its references unchanged where nothing is rewritten.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { changeLinks, checkResource, compileIndexer, type Indexer, type Resource, silentSink } from "#standards/fhir";
import type { SuiteResult } from "./suite.ts";

export const examplesFolder = join(import.meta.dirname, "../../node_modules/hl7.fhir.r4.examples");

/** Examples that break R4 themselves, with what they break. One that passes after all is a failure. */
export const excluded: ReadonlyMap<string, string> = new Map([
  ["Bundle-v2-valuesets.json", "codes of table 0550 have two spaces together"],
  ["CodeSystem-v2-0550.json", "codes have two spaces together"],
  ["ImplementationGuide-fhir.json", "name and status are missing"],
  ["ig-r4.json", "name and status are missing"],
  ["Questionnaire-qs1.json", "linkId is missing"],
  [
    "SearchParameter-questionnaireresponse-extensions-QuestionnaireResponse-item-subject.json",
    "its id has more than 64 characters",
  ],
  ...["author", "effective", "end", "keyword", "workflow"].flatMap((name): [string, string][] => [
    [`SearchParameter-codesystem-extensions-CodeSystem-${name}.json`, "base is missing"],
    [`SearchParameter-valueset-extensions-ValueSet-${name}.json`, "base is missing"],
  ]),
]);

export async function run(): Promise<SuiteResult> {
  if (!existsSync(examplesFolder)) {
    return { passed: 0, total: 1, excluded: 0, failures: ["npm package hl7.fhir.r4.examples is not installed"] };
  }
  return checkExamples(() => true);
}

/** Those of the examples whose file name `wanted` takes. */
export function checkExamples(wanted: (file: string) => boolean): SuiteResult {
  const indexers = new Map<string, Indexer>();
  const files = readdirSync(examplesFolder).filter((file) => file.endsWith(".json") && file !== "package.json");
  const failures: string[] = [];
  let passed = 0;
  let left = 0;
  const chosen = files.filter(wanted);
  for (const file of chosen) {
    const flaw = flawOf(JSON.parse(readFileSync(join(examplesFolder, file), "utf8")), indexers);
    const reason = excluded.get(file);
    if (reason !== undefined && flaw !== undefined) left += 1;
    else if (reason !== undefined) failures.push(`${file}: passes, although excluded (${reason})`);
    else if (flaw === undefined) passed += 1;
    else failures.push(`${file}: ${flaw}`);
  }
  return { passed, total: chosen.length, excluded: left, failures };
}

function flawOf(resource: Resource, indexers: Map<string, Indexer>): string | undefined {
  const [problem] = checkResource(resource);
  if (problem !== undefined) return `${problem.where} ${problem.message}`;
  const type = resource.resourceType;
  const indexer = indexers.get(type) ?? compileIndexer(type);
  indexers.set(type, indexer);
  indexer(resource, silentSink);
  return changeLinks(resource, () => undefined) === resource ? undefined : "changed where nothing was to be";
}

/** The official R4 examples, all of them, through the whole validator: none that keeps to R4 may have an error. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { instant } from "#kernel";
import { openValidator, type TerminologyCheck, type ValidationIssue } from "#standards/fhir-profiles";
import { examplesFolder, excluded as structurallyWrong } from "./fhir-examples.ts";
import type { SuiteResult } from "./suite.ts";
import { withTerminology } from "./validator-cases/served-terminology.ts";

/** Examples that break R4 themselves, with what they break. One that passes after all is a failure. */
const excluded: ReadonlyMap<string, string> = new Map([
  ...structurallyWrong,
  ...[
    "ActivityDefinition-blood-tubes-supply.json",
    "ActivityDefinition-heart-valve-replacement.json",
    "EventDefinition-example.json",
    "Questionnaire-zika-virus-exposure-assessment.json",
  ].map((file): [string, string] => [file, "there is nothing to read in its narrative (txt-2)"]),
  ["Basic-referral.json", "its modifier extensions have no definition"],
  ["CapabilityStatement-example.json", "the UUID of its url is in upper case"],
  ["TerminologyCapabilities-example.json", "the UUID of its url is in upper case"],
  ["DeviceMetric-example.json", "parent points at a DeviceDefinition"],
  ["DeviceUseStatement-example.json", "reasonReference points at a Procedure"],
  ["MedicationRequest-medrx0301.json", "dispenseRequest.performer points at a Practitioner"],
  ["Observation-clinical-gender.json", "performer points at an Encounter"],
  ...[
    "Bundle-10bb101f-a121-4264-a920-67be9cb82c74.json",
    "Bundle-3a0707d3-549e-4467-b8b8-5a2ab3800efe.json",
    "Bundle-lri-example.json",
  ].map((file): [string, string] => [file, "fullUrl and id of a resource differ"]),
  ["Bundle-valueset-expansions.json", "has translations as extensions of concepts, where only texts may have them"],
  ["Bundle-b0a5e4277-83c4-4adb-87e2-e3efe3369b6f.json", "a parameter of a media type has a space and no quotes"],
  ["Bundle-ussg-fht.json", "[lb_i] is no unit of UCUM"],
  ["ValueSet-ucum-common.json", "units with spaces in their annotations are none of UCUM"],
  ["Bundle-valuesets.json", "has the value set example-hierarchical, whose code system is named by a fragment"],
  ...["knowledge-repository", "measure-processor", "terminology-server"].map((id): [string, string] => [
    `CapabilityStatement-${id}.json`,
    "the type of a search parameter is not that of its definition",
  ]),
  ["Bundle-dataelements.json", "several entries have the same fullUrl (bdl-7)"],
  ["ImagingStudy-example-xr.json", "a code of SNOMED CT is none"],
  ["NutritionOrder-enteralcontinuous.json", "a code of SNOMED CT is none"],
  ...["Definition", "Event", "FiveWs", "Request"].map((id): [string, string] => [
    `StructureDefinition-${id}.json`,
    "is not abstract and has no baseDefinition (sdf-4)",
  ]),
  ["Observation-f202.json", "a body temperature without a time, which the vital signs profile asks for"],
  ["ValueSet-example-hierarchical.json", "the code system is named by a fragment"],
]);

/** The examples were published in this moment. */
const publishedAt = instant(Date.parse("2019-11-01T09:29:23+11:00"));

export async function run(): Promise<SuiteResult> {
  if (!existsSync(examplesFolder)) {
    return { passed: 0, total: 1, excluded: 0, failures: ["npm package hl7.fhir.r4.examples is not installed"] };
  }
  return withTerminology((terminology) => validateExamples(terminology, () => true));
}

/** Those of the examples, in the order of their names, that `wanted` takes. */
export function validateExamples(
  terminology: TerminologyCheck,
  wanted: (file: string, index: number) => boolean,
): SuiteResult {
  const validator = openValidator();
  const failures: string[] = [];
  let passed = 0;
  let left = 0;
  const files = readdirSync(examplesFolder)
    .filter((file) => file.endsWith(".json") && file !== "package.json")
    .sort();
  const chosen = files.filter(wanted);
  for (const file of chosen) {
    const resource: unknown = JSON.parse(readFileSync(join(examplesFolder, file), "utf8"));
    const errors = validator
      .validate(resource, { now: publishedAt, terminology })
      .filter(({ severity }) => severity === "error");
    const reason = excluded.get(file);
    if (reason !== undefined && errors.length > 0) left += 1;
    else if (reason !== undefined) failures.push(`${file}: passes, although excluded (${reason})`);
    else if (errors.length === 0) passed += 1;
    else failures.push(`${file}: ${told(errors)}`);
  }
  return { passed, total: chosen.length, excluded: left, failures };
}

function told(errors: readonly ValidationIssue[]): string {
  return errors
    .slice(0, 3)
    .map(({ expression, rule, message }) => `${expression} [${rule}] ${message}`)
    .join(" / ");
}

import { failed, incorrect, limits, ok, type Result } from "#kernel";
import { keyText } from "../../../documents/document.ts";
import type { Answer } from "../../answer.ts";
import { bundleText, objectText } from "../../bundle-text.ts";
import type { FhirContext } from "../../context.ts";
import { givenFlag, givenNumber, givenObject, type Invocation, type Operation } from "../operation.ts";
import { type Candidate, candidatesFor } from "./candidates.ts";

/** Source: FHIR R4 OperationDefinition/Patient-match. */
export const matchOperation: Operation = {
  code: "match",
  title: "Who of the record a person may be",
  description: "Patients who may be the one described, each with a score and a grade, the likeliest first.",
  types: ["Patient"],
  levels: ["type"],
  affectsState: false,
  definition: "http://hl7.org/fhir/OperationDefinition/Patient-match",
  parameters: [
    { name: "resource", type: "Resource", isRequired: true, documentation: "A Patient with what is known" },
    { name: "onlyCertainMatches", type: "boolean", documentation: "Only one who is certain, and alone" },
    { name: "count", type: "positiveInt", documentation: "How many candidates at most" },
  ],
  run: match,
};

async function match({ given, asked }: Invocation, { record, clock }: FhirContext): Promise<Result<Answer>> {
  const patient = givenObject(given, "resource");
  if (patient?.resourceType !== "Patient") return notPatient;
  const found = await candidatesFor(patient, { record, now: clock.now() });
  if (!found.ok) return found;
  const count = Math.min(givenNumber(given, "count") ?? limits.matchCandidatesDefault, limits.matchCandidatesMax);
  const told = givenFlag(given, "onlyCertainMatches") ? onlyCertain(found.value) : found.value.slice(0, count);
  const entries = told.map((candidate) => entryOf(candidate, asked.base));
  return ok({ status: 200, body: bundleText({ type: "searchset", total: told.length, entries }) });
}

const notPatient = failed(incorrect("wrong-kind", "$match takes a Patient.", { where: "resource" }));

/** Nobody, where a second one is likely. Source: Patient-match, onlyCertainMatches. */
function onlyCertain(candidates: readonly Candidate[]): readonly Candidate[] {
  const likely = candidates.filter(({ grade }) => grade === "certain" || grade === "probable");
  return likely.length === 1 && likely[0]?.grade === "certain" ? likely : [];
}

const gradeExtension = "http://hl7.org/fhir/StructureDefinition/match-grade";

function entryOf({ version, score, grade }: Candidate, base: string): string {
  const extension = [{ url: gradeExtension, valueCode: grade }];
  return objectText({
    fullUrl: JSON.stringify(`${base}/${keyText(version)}`),
    resource: version.body,
    search: JSON.stringify({ extension, mode: "match", score }),
  });
}

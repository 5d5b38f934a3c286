import { type Json, type JsonObject, limits, ok, type Result } from "#kernel";
import { keyText, parseBody, type Version } from "../../../documents/document.ts";
import { jsonText } from "../../../documents/json-text.ts";
import type { Answer } from "../../answer.ts";
import { inParallel } from "../../bundle/in-parallel.ts";
import type { FhirContext } from "../../context.ts";
import { cursorText, readCursor } from "../../search/cursor.ts";
import { readCurrent } from "../current.ts";
import { givenNumber, givenText, type Invocation, type Operation, usedParameters } from "../operation.ts";
import { type Candidate, type CandidateNeeds, candidatesFor, isLinked } from "./candidates.ts";

/** Corridor's own: R4 has none. What it finds is for people to judge, who then link the two by Patient.link. */
export const duplicatesOperation: Operation = {
  code: "potential-duplicates",
  title: "Patients who may be one person",
  description:
    "Pairs of patients who may be one person and are not linked, each with score and grade; of one patient, or of all, " +
    "a page at a time from the one changed last, where a pair is told with the one of the two changed later.",
  types: ["Patient"],
  levels: ["type", "instance"],
  affectsState: false,
  parameters: [
    { name: "_count", type: "positiveInt", documentation: "How many patients are gone through on one page" },
    { name: "_cursor", type: "string", documentation: "Where the page before ended: from its next link" },
  ],
  run: (invocation, context) =>
    invocation.id === "" ? allDuplicates(invocation, context) : ofOne(invocation, context),
};

interface Pair extends Candidate {
  readonly patient: Version;
}

async function ofOne({ type, id }: Invocation, { record, clock }: FhirContext): Promise<Result<Answer>> {
  const patient = await readCurrent(record, type, id);
  if (!patient.ok) return patient;
  const pairs = await pairsOf(patient.value, { record, now: clock.now() });
  return pairs.ok ? ok(answerOf(pairs.value)) : pairs;
}

async function allDuplicates({ given, asked }: Invocation, { record, clock }: FhirContext): Promise<Result<Answer>> {
  const used = usedParameters(given);
  const text = givenText(given, "_cursor");
  const after = text === undefined ? ok(undefined) : readCursor(text, used);
  if (!after.ok) return after;
  const limit = Math.min(givenNumber(given, "_count") ?? limits.pageSizeDefault, limits.duplicatesPageMax);
  const newestFirst = { by: "updated", descending: true } as const;
  const start = after.value === undefined ? {} : { after: after.value };
  const page = await record.search({ kind: "Patient", all: [], sort: newestFirst, limit, ...start });
  if (!page.ok) return page;
  const found = await inParallel(page.value.versions, (patient) => pairsOf(patient, { record, now: clock.now() }));
  const pairs: Pair[] = [];
  for (const each of found) {
    if (!each.ok) return each;
    pairs.push(...each.value.filter(({ patient, version }) => version.position < patient.position));
  }
  if (page.value.next === undefined) return ok(answerOf(pairs));
  used.set("_cursor", cursorText(page.value.next, used));
  return ok(answerOf(pairs, `${asked.base}/Patient/$potential-duplicates?${used}`));
}

async function pairsOf(patient: Version, needs: CandidateNeeds): Promise<Result<readonly Pair[]>> {
  const candidates = await candidatesFor(parseBody<JsonObject>(patient), needs);
  if (!candidates.ok) return candidates;
  const others = candidates.value.filter(({ version }) => version.id !== patient.id && !isLinked(patient, version));
  return ok(others.map((candidate) => ({ ...candidate, patient })));
}

function answerOf(pairs: readonly Pair[], next?: string): Answer {
  const parameter: Json[] = pairs.map(({ patient, version, score, grade }) => ({
    name: "pair",
    part: [
      { name: "patient", valueReference: { reference: keyText(patient) } },
      { name: "candidate", valueReference: { reference: keyText(version) } },
      { name: "grade", valueCode: grade },
      { name: "score", valueDecimal: score },
    ],
  }));
  if (next !== undefined) parameter.push({ name: "next", valueUri: next });
  const isEmpty = parameter.length === 0;
  return { status: 200, body: jsonText({ resourceType: "Parameters", ...(isEmpty ? {} : { parameter }) }) };
}

import { z } from "zod";
import { type Context, readCursor, writeCursor } from "#access";
import { limits, ok, type Result } from "#kernel";
import { type Clause, parseBody } from "#record";
import { normaliseText, type Patient } from "#standards/fhir";
import type { FoundPatients, findQuery } from "../api.ts";
import { identityRow, patientRow } from "../chart/patient-row.ts";
import { displayName } from "../chart/person-name.ts";
import { newestFirst } from "../clauses.ts";
import { present } from "../messages/present.ts";
import { findClauses, insideClauses } from "./find-clauses.ts";
import { hasNameParts } from "./name-parts.ts";
import { type Question, questionText, readQuestion } from "./question.ts";
import { wardsNow } from "./wards-now.ts";

const rowsDefault = 20;

/** Patients who fit what was typed; those whose family name it is exactly first, then by name. */
export async function findPatients(context: Context, query: z.infer<typeof findQuery>): Promise<Result<FoundPatients>> {
  const question = readQuestion(query.q);
  const remarks = remarksOn(question);
  if (isTooShort(question)) return ok({ patients: [], readAs: questionText(question), remarks });
  const cursor = readCursor(query.cursor, z.number().int().min(0));
  if (!cursor.ok) return cursor;
  const found = await candidates(context, question);
  if (!found.ok) return found;
  const { patients, more } = found.value;
  const start = cursor.value ?? 0;
  const end = start + (query.count ?? rowsDefault);
  const page = sorted(patients, question).slice(start, end);
  const within = await withinReach(context, page);
  if (!within.ok) return within;
  const wards = await wardsNow(context.record, [...within.value]);
  if (!wards.ok) return wards;
  const { clock, hospitalTime } = context;
  const at = { now: clock.now(), hospitalTime };
  return ok(
    present<FoundPatients>({
      patients: page.map((patient) => {
        const { id = "" } = patient;
        return within.value.has(id) ? patientRow(patient, at, wards.value.get(id)) : identityRow(patient, at);
      }),
      next: end < patients.length ? writeCursor(end) : undefined,
      readAs: questionText(question),
      remarks: more
        ? [...remarks, `More than ${limits.patientsFoundMax} patients fit: type more of the name.`]
        : remarks,
    }),
  );
}

/** Ids of those whose chart may be opened: of everybody else only who they are is shown. */
async function withinReach(
  { record, finder }: Context,
  patients: readonly Patient[],
): Promise<Result<ReadonlySet<string>>> {
  const ids = patients.map(({ id = "" }) => id);
  if (finder === undefined) return ok(new Set(ids));
  const seen = await record.readMany(ids.map((id) => ({ kind: "Patient", id })));
  return seen.ok ? ok(new Set(seen.value.map(({ id }) => id))) : seen;
}

/** One letter would find a good part of the hospital. */
function isTooShort({ nhsNumbers, numbers, born, words }: Question): boolean {
  return nhsNumbers.length + numbers.length + born.length === 0 && !words.some((word) => word.length > 1);
}

function remarksOn({ wrongNhsNumbers, ...question }: Question): readonly string[] {
  const wrong = wrongNhsNumbers.map(
    (digits) => `${digits} is not an NHS number: the last digit does not fit the others.`,
  );
  const short = isTooShort({ wrongNhsNumbers, ...question }) && question.words.length > 0;
  return short ? [...wrong, "Type at least two letters of a name."] : wrong;
}

interface Candidates {
  readonly patients: readonly Patient[];
  readonly more: boolean;
}

async function candidates(context: Context, question: Question): Promise<Result<Candidates>> {
  const begun = await byBeginnings(context, question);
  // Names that hold the word are looked for where few begin with it: looking inside reads every name there is.
  if (!begun.ok || begun.value.patients.length >= rowsDefault) return begun;
  const inside = await byParts(context, question);
  if (!inside.ok) return inside;
  const known = new Set(begun.value.patients.map((patient) => patient.id));
  const others = inside.value.patients.filter((patient) => !known.has(patient.id));
  return ok({ patients: [...begun.value.patients, ...others], more: begun.value.more || inside.value.more });
}

async function byBeginnings({ record, finder = record }: Context, question: Question): Promise<Result<Candidates>> {
  for (const all of findClauses(question)) {
    const found = await search(finder, all);
    if (!found.ok || found.value.patients.length > 0) return found;
  }
  return ok({ patients: [], more: false });
}

async function byParts({ record, finder = record }: Context, question: Question): Promise<Result<Candidates>> {
  const all = insideClauses(question);
  if (all === undefined) return ok({ patients: [], more: false });
  const found = await search(finder, all);
  if (!found.ok) return found;
  const { patients, more } = found.value;
  return ok({ patients: patients.filter((patient) => hasNameParts(patient, question.words)), more });
}

async function search(record: Context["record"], all: readonly Clause[]): Promise<Result<Candidates>> {
  const page = await record.search(newestFirst({ kind: "Patient", all, limit: limits.patientsFoundMax }));
  if (!page.ok) return page;
  return ok({ patients: page.value.versions.map(parseBody<Patient>), more: page.value.next !== undefined });
}

/** Records that were merged into another come last. */
function sorted(patients: readonly Patient[], { words }: Question): readonly Patient[] {
  const keyed = patients.map((patient) => ({ patient, key: sortKey(patient, words) }));
  return keyed.toSorted((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)).map(({ patient }) => patient);
}

function sortKey(patient: Patient, words: readonly string[]): string {
  const name = displayName(patient.name);
  const family = normaliseText(name?.family ?? "");
  const isReplaced = patient.link?.some((link) => link.type === "replaced-by") ?? false;
  const isExact = words.includes(family) || words.join(" ") === family;
  const given = normaliseText((name?.given ?? []).join(" "));
  return [isReplaced ? 1 : 0, isExact ? 0 : 1, family, given, patient.birthDate ?? "", patient.id].join("\u0000");
}

import { z } from "zod";
import type { Context } from "#access";
import { limits, ok, type Result } from "#kernel";
import { parseBody, type Version } from "#record";
import { normaliseText, type Patient } from "#standards/fhir";
import type { FoundPatients, findQuery } from "../api.ts";
import { patientRow } from "../chart/patient-row.ts";
import { displayName } from "../chart/person-name.ts";
import { newestFirst } from "../clauses.ts";
import { present } from "../messages/present.ts";
import { readCursor, writeCursor } from "../request.ts";
import { findClauses } from "./find-clauses.ts";
import { type Question, questionText, readQuestion } from "./question.ts";
import { wardsNow } from "./wards-now.ts";

const rowsDefault = 20;

/** Patients who fit what was typed; those whose family name it is exactly first, then by name. */
export async function findPatients(context: Context, query: z.infer<typeof findQuery>): Promise<Result<FoundPatients>> {
  const question = readQuestion(query.q);
  const remarks = remarksOn(question);
  if (isTooShort(question)) return ok({ patients: [], readAs: questionText(question), remarks });
  const start = query.cursor === undefined ? ok(0) : readCursor(query.cursor, z.number().int().min(0));
  if (!start.ok) return start;
  const found = await candidates(context, question);
  if (!found.ok) return found;
  const { patients, more } = found.value;
  const end = start.value + (query.count ?? rowsDefault);
  const page = sorted(patients, question).slice(start.value, end);
  const wards = await wardsNow(
    context.record,
    page.map((patient) => patient.id ?? ""),
  );
  if (!wards.ok) return wards;
  const now = context.clock.now();
  return ok(
    present<FoundPatients>({
      patients: page.map((patient) => patientRow(patient, now, wards.value.get(patient.id ?? ""))),
      next: end < patients.length ? writeCursor(end) : undefined,
      readAs: questionText(question),
      remarks: more
        ? [...remarks, `More than ${limits.patientsFoundMax} patients fit: type more of the name.`]
        : remarks,
    }),
  );
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

async function candidates({ record }: Context, question: Question): Promise<Result<Candidates>> {
  let versions: readonly Version[] = [];
  for (const all of findClauses(question)) {
    const page = await record.search(newestFirst({ kind: "Patient", all, limit: limits.patientsFoundMax }));
    if (!page.ok) return page;
    versions = page.value.versions;
    if (versions.length > 0)
      return ok({ patients: versions.map(parseBody<Patient>), more: page.value.next !== undefined });
  }
  return ok({ patients: [], more: false });
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

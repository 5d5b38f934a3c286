import { conflict, incorrect, limits, ok, type Problem, type Result } from "#kernel";
import { type HealthRecord, type Position, parseBody, type Query } from "#record";
import type { Identifier, Patient } from "#standards/fhir";
import type { MergeGroup } from "../messages/groups.ts";
import { identifierKey } from "../patients/match.ts";
import { ceasedIdentifiers, type SentIdentifiers, sentIdentifiers } from "../patients/sent-identifiers.ts";
import { ownNumbers } from "./placed-patient.ts";

/** The two patients of one merge as a message names them: each in the record, or not yet. */
export interface NamedPatients {
  readonly kept: NamedPatient;
  readonly ceased: NamedPatient;
}

export interface NamedPatient {
  /** Absent: nobody in the record has one of the numbers. */
  readonly patient?: Patient;
  /** The numbers that are this patient's and not the other's. */
  readonly numbers: readonly Identifier[];
  /** Found nobody at this point of the record; who is made for it must still be the first. */
  readonly absent: { readonly query: Query; readonly after: Position };
}

export type Named =
  | { readonly is: "two"; readonly patients: NamedPatients }
  /** All the numbers are one patient's already. */
  | { readonly is: "one"; readonly patient: Patient }
  | { readonly is: "unclear"; readonly problem: Problem };

/**
 * Whose the numbers of a PID and its MRG are. A number that is in both, such as the NHS number that two registrations of
 * one person share, says nothing of which is which; nor does one that the record holds for the other. Problems: those of
 * the record.
 */
export async function namedPatients(record: HealthRecord, { pid, mrg }: MergeGroup): Promise<Result<Named>> {
  const kept = pid === undefined ? none : sentIdentifiers(pid);
  const ceased = mrg === undefined ? none : ceasedIdentifiers(mrg);
  const [problem] = [...kept.problems, ...ceased.problems];
  if (problem !== undefined) return unclear(problem);
  const ceasedKeys = new Set(ceased.lookup.map(identifierKey));
  const keptNumbers = kept.lookup.filter((number) => !ceasedKeys.has(identifierKey(number)));
  if (keptNumbers.length === 0 || ceased.lookup.length === 0) return unclear(notNamed);
  const after = await record.position();
  const [keepers, givers] = await Promise.all([owners(record, keptNumbers), owners(record, ceased.lookup)]);
  if (!keepers.ok) return keepers;
  if (!givers.ok) return givers;
  return ok(
    whoIsWho({ keptNumbers, ceasedNumbers: ceased.lookup, keepers: keepers.value, givers: givers.value, after }),
  );
}

interface Owners {
  readonly keptNumbers: readonly Identifier[];
  readonly ceasedNumbers: readonly Identifier[];
  readonly keepers: readonly Patient[];
  readonly givers: readonly Patient[];
  readonly after: Position;
}

function whoIsWho({ keptNumbers, ceasedNumbers, keepers, givers, after }: Owners): Named {
  const isKeeper = ({ id }: Patient) => keepers.some((keeper) => keeper.id === id);
  const onlyGivers = givers.filter((giver) => !isKeeper(giver));
  const ceased = onlyGivers.length > 0 ? onlyGivers : givers;
  const kept = keepers.filter(({ id }) => !ceased.some((giver) => giver.id === id));
  const [giver, keeper] = [ceased[0], kept[0]];
  if (ceased.length > 1 || kept.length > 1) return { is: "unclear", problem: several };
  const keptKeys = keptNumbers.map(identifierKey);
  const isAllOfGiver = giver !== undefined && keptKeys.every((key) => ownKeys(giver).has(key));
  if (keeper === undefined && giver !== undefined && isAllOfGiver) return { is: "one", patient: giver };
  const theirs = giver === undefined ? new Set<string>() : ownKeys(giver);
  const own = keptNumbers.filter((number) => keeper !== undefined || !theirs.has(identifierKey(number)));
  return {
    is: "two",
    patients: { kept: named(keeper, own, after), ceased: named(giver, ceasedNumbers, after) },
  };
}

function named(patient: Patient | undefined, numbers: readonly Identifier[], after: Position): NamedPatient {
  const absent = { query: byNumbers(numbers), after };
  return patient === undefined ? { numbers, absent } : { patient, numbers, absent };
}

/** Patients whose own number one of these is: not merely one of somebody merged into them. */
async function owners(record: HealthRecord, numbers: readonly Identifier[]): Promise<Result<readonly Patient[]>> {
  const found = await record.search(byNumbers(numbers));
  if (!found.ok) return found;
  const keys = numbers.map(identifierKey);
  const patients = found.value.versions.map((version) => parseBody<Patient>(version));
  return ok(patients.filter((patient) => keys.some((key) => ownKeys(patient).has(key))));
}

function byNumbers(numbers: readonly Identifier[]): Query {
  return {
    kind: "Patient",
    all: [{ is: "key", any: numbers.map(identifierKey) }],
    sort: { by: "updated", descending: false },
    limit: limits.patientCandidatesMax,
  };
}

function ownKeys(patient: Patient): ReadonlySet<string> {
  return new Set(ownNumbers(patient).map(identifierKey));
}

function unclear(problem: Problem): Result<Named> {
  return ok({ is: "unclear", problem });
}

const none: SentIdentifiers = { identifiers: [], lookup: [], problems: [] };
const where = "MRG[1]-1";

const notNamed = incorrect("merge-not-named", "The message does not say whose numbers are kept and whose cease.", {
  where,
});

const several = conflict("several-patients-match", "The numbers of one side belong to several patients.", { where });

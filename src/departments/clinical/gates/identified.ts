import { ok, type Problem, type Result } from "#kernel";
import type { HealthRecord } from "#record";
import { checkNhsNumber, type Identifier, type Patient } from "#standards/fhir";
import type { ReadMessage } from "../messages/mapping.ts";
import type { PatientMatch } from "../patients/match.ts";
import { isNhsNumber } from "../patients/sent-identifiers.ts";
import { isWaived, type Ruling } from "./ruling.ts";

export type Identified =
  /** `isChosen`: by a person, against what the message says; then the message changes nothing about the patient. */
  | { readonly is: "known"; readonly patient: Patient; readonly isChosen: boolean }
  | { readonly is: "new" }
  | { readonly is: "conflict"; readonly problem: Problem };

/** The patient that a message is about: whom people chose, else whose number it is. Problems: those of the record. */
export async function identified(
  record: HealthRecord,
  match: PatientMatch<Patient>,
  ruling: Ruling | undefined,
): Promise<Result<Identified>> {
  if (ruling?.patientId !== undefined) {
    const chosen = await record.read("Patient", ruling.patientId);
    return chosen.ok ? ok({ is: "known", patient: JSON.parse(chosen.value.body), isChosen: true }) : chosen;
  }
  if (match.is === "new") return ok({ is: "new" });
  if (match.is === "known") return ok({ ...match, isChosen: false });
  const { problem, patient } = match;
  const isReleased = patient !== undefined && isWaived(ruling, problem.code);
  return ok(isReleased ? { is: "known", patient, isChosen: true } : { is: "conflict", problem });
}

/** The message without the NHS numbers that are none, for one that is taken in spite of them. */
export function withoutBrokenNumbers(read: ReadMessage): ReadMessage {
  const { identifiers, patient } = read;
  const kept = (numbers: readonly Identifier[]) => numbers.filter((number) => !isBroken(number));
  const resource = patient?.resource.identifier;
  return {
    ...read,
    identifiers: { ...identifiers, identifiers: kept(identifiers.identifiers), lookup: kept(identifiers.lookup) },
    ...(patient === undefined || resource === undefined
      ? {}
      : { patient: { ...patient, resource: withIdentifiers(patient.resource, kept(resource)) } }),
  };
}

function withIdentifiers({ identifier: _, ...patient }: Patient, kept: readonly Identifier[]): Patient {
  return (kept.length === 0 ? patient : { ...patient, identifier: kept }) as Patient;
}

const declaredNhs = /(?::|%7C)NHS(?:NBR|NO|NUM|NUMBER)?$|2\.16\.840\.1\.113883\.2\.1\.4\.1$/i;

function isBroken(identifier: Identifier): boolean {
  const { system = "", value = "", type } = identifier;
  const isDeclared = isNhsNumber(identifier) || declaredNhs.test(system) || type?.coding?.[0]?.code === "NH";
  return isDeclared && (!checkNhsNumber(value).ok || /^(\d)\1{9}$/.test(value));
}

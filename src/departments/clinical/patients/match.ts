import { conflict, type Problem } from "#kernel";
import { tokenKey } from "#record";
import { type Identifier, normaliseText, type Patient, type Resource } from "#standards/fhir";
import { isNhsNumber } from "./sent-identifiers.ts";

/** What a message says of who its patient is. */
export interface SentIdentity {
  readonly lookup: readonly Identifier[];
  readonly nhsNumber?: string;
  readonly patient: Pick<Patient, "name" | "birthDate">;
}

/** The patient of the record that a message is about, one to be made, or the reason why neither may be. */
export type PatientMatch<T extends Patient> =
  | { readonly is: "known"; readonly patient: T }
  | { readonly is: "new" }
  /** `patient` is the one whose number it is, where it is one and no more. */
  | { readonly is: "conflict"; readonly problem: Problem; readonly patient?: T };

/**
 * By NHS number first, then by hospital number. A number is believed over a name or a date of birth, but not over
 * both, and never over another number of the same kind.
 * `identity-conflict`, `several-patients-match`.
 */
export function matchPatient<T extends Patient>(sent: SentIdentity, candidates: readonly T[]): PatientMatch<T> {
  const [patient, second] = candidates;
  if (patient === undefined) return { is: "new" };
  if (second !== undefined) return { is: "conflict", problem: severalPatients };
  const conflicting = conflictWith(sent, patient);
  return conflicting === undefined ? { is: "known", patient } : { is: "conflict", problem: conflicting, patient };
}

const where = "PID[1]-3";

const severalPatients = conflict(
  "several-patients-match",
  "The numbers in the message belong to several patients of the record.",
  { where },
);

/** The index key of an identifier. */
export function identifierKey({ system, value = "" }: Identifier): string {
  return tokenKey("identifier", system ?? "", value);
}

/** Those of all its identifiers; of a resource without any, none. */
export function identifierKeys(resource: Resource | undefined): ReadonlySet<string> {
  const { identifier = [] } = (resource ?? {}) as Pick<Patient, "identifier">;
  return new Set(Array.isArray(identifier) ? identifier.map(identifierKey) : []);
}

function conflictWith(sent: SentIdentity, known: Patient): Problem | undefined {
  const knownNumber = known.identifier?.find(isNhsNumber)?.value;
  if (sent.nhsNumber !== undefined && knownNumber !== undefined && knownNumber !== sent.nhsNumber) {
    const message = "The hospital number is that of a patient with another NHS number.";
    return conflict("identity-conflict", message, { where });
  }
  if (!isOtherFamily(sent.patient, known) || !isOtherBirth(sent.patient, known)) return undefined;
  const message = "The number is that of a patient with another family name and another date of birth.";
  return conflict("identity-conflict", message, { where });
}

function isOtherFamily(sent: Pick<Patient, "name">, known: Pick<Patient, "name">): boolean {
  const [ours, theirs] = [familiesOf(sent), familiesOf(known)];
  return ours.length > 0 && theirs.length > 0 && !ours.some((name) => theirs.includes(name));
}

function familiesOf({ name = [] }: Pick<Patient, "name">): readonly string[] {
  return name.flatMap(({ family }) => (family === undefined ? [] : [normaliseText(family)]));
}

/** A shorter date that fits the longer one is no other date. */
function isOtherBirth({ birthDate: ours }: Pick<Patient, "birthDate">, { birthDate: theirs }: Patient): boolean {
  if (ours === undefined || theirs === undefined) return false;
  return !ours.startsWith(theirs) && !theirs.startsWith(ours);
}

import type { Identifier, Patient, PatientLink } from "#standards/fhir";
import type { Forest } from "./forest.ts";
import { recordedFor, withRecordedFor } from "./recorded-for.ts";

export interface Placement {
  readonly forest: Forest;
  /** All patients whose links are told by merges, those of merges that count no more among them. */
  readonly known: ReadonlySet<string>;
  /** Patients as they are, by reference: the numbers of those merged into others are taken from here. */
  readonly patients: ReadonlyMap<string, Patient>;
  /** For a patient that no merge discards any more: `active` as it was; null where it said nothing. */
  readonly released: ReadonlyMap<string, boolean | null>;
}

/**
 * A patient as the merges that count have it. One that was merged is inactive and replaced by the patient at the end of the
 * chain. That one replaces all that lead to it and carries their numbers as old ones, so that they are found by them.
 * Source: FHIR R4 Patient.link.
 */
export function placedPatient(reference: string, placement: Placement): Patient {
  const { forest, known, patients, released } = placement;
  const patient = patients.get(reference) ?? { resourceType: "Patient" };
  const root = forest.rootOf(reference);
  const isRoot = root === reference;
  const members = isRoot ? forest.mergedInto(reference) : [];
  const others = (patient.link ?? []).filter(({ other }) => !known.has(other.reference ?? ""));
  const links = isRoot ? members.map((member) => linkTo(member, "replaces")) : [linkTo(root, "replaced-by")];
  const own = ownNumbers(patient);
  const taken = members.flatMap((member) => numbersTaken(member, patients.get(member)));
  return without({
    ...patient,
    identifier: [...own, ...distinct(taken, own)],
    active: isRoot ? (released.has(reference) ? (released.get(reference) ?? undefined) : patient.active) : false,
    link: [...others, ...links],
  });
}

/** The numbers that are the patient's, without those of patients merged into this one. */
export function ownNumbers({ identifier = [] }: Pick<Patient, "identifier">): readonly Identifier[] {
  return identifier.filter((number) => recordedFor(number) === undefined);
}

function numbersTaken(member: string, patient: Patient | undefined): readonly Identifier[] {
  return patient === undefined
    ? []
    : ownNumbers(patient).map((number) => withRecordedFor({ ...number, use: "old" }, member));
}

function distinct(taken: readonly Identifier[], own: readonly Identifier[]): readonly Identifier[] {
  const isSame = (a: Identifier) => (b: Identifier) => a.system === b.system && a.value === b.value;
  return taken.filter((number, at) => !own.some(isSame(number)) && taken.findIndex(isSame(number)) === at);
}

function linkTo(reference: string, type: PatientLink["type"]): PatientLink {
  return { other: { reference }, type };
}

/** FHIR knows no empty lists. */
function without({ identifier = [], link = [], active, ...patient }: Draft): Patient {
  return {
    ...patient,
    ...(identifier.length === 0 ? {} : { identifier }),
    ...(active === undefined ? {} : { active }),
    ...(link.length === 0 ? {} : { link }),
  } as Patient;
}

type Draft = Omit<Patient, "active"> & { readonly active?: boolean | undefined };

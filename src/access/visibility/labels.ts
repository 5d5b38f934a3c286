import { type Clause, type Kind, presenceBit } from "#record";

/** Source: HL7 v3 Confidentiality. */
export const confidentiality = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality";
/** Source: HL7 v3 ActCode, InformationSensitivityPolicy. */
export const sensitivity = "http://terminology.hl7.org/CodeSystem/v3-ActCode";
/** Corridor's own labels. */
export const ownLabels = "urn:corridor:label";

export interface Label {
  readonly system: string;
  readonly code: string;
  readonly display: string;
}

const of = (system: string, code: string, display: string): Label => ({ system, code, display });

/** Seen by nobody who has not broken the glass, whatever their roles. On a Patient: nothing of the patient is. */
export const sealedLabels: readonly Label[] = [of(confidentiality, "V", "very restricted: sealed")];

/**
 * Seen by those who care for the patient by more than their own word, by who broke the glass, and by roles with the permission
 * `restricted.see`. On a Patient: everything of the patient is.
 */
export const restrictedLabels: readonly Label[] = [
  of(confidentiality, "R", "restricted"),
  of(sensitivity, "SEX", "sexuality and reproductive health"),
  of(sensitivity, "HIV", "HIV"),
  of(sensitivity, "STD", "sexually transmitted disease"),
  of(sensitivity, "PSY", "mental health"),
  of(sensitivity, "ETH", "substance abuse"),
  of(sensitivity, "SDV", "sexual assault, abuse or domestic violence"),
  of(ownLabels, "staff", "member of staff"),
  of(ownLabels, "family", "family of a member of staff"),
];

/** A Patient whose addresses nobody is shown but who keeps them. */
export const restrictedAddressLabel = of(ownLabels, "restricted-address", "restricted address");

/** Documents of the kind that have one of the labels. */
export function labelled(kind: Kind, labels: readonly Label[]): Clause {
  // A label that names no system is taken at its word.
  const any = labels.flatMap(({ system, code }) => [`_security=${system}|${code}`, `_security=|${code}`]);
  const bits = presenceBit(kind, "_security");
  return bits === 0n ? { is: "key", any } : { is: "key", any, bits };
}

export function unlabelled(kind: Kind, labels: readonly Label[]): Clause {
  return { is: "not", of: labelled(kind, labels) };
}

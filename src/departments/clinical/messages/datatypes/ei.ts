import type { CodeableConcept, Identifier } from "#standards/fhir";
import type { FieldReader } from "../message-reader.ts";
import { present } from "../present.ts";
import { assignerOf, authorityFrom, authorityParts, identifierSystem } from "./hd.ts";

/** Types of identifiers that the maps assign themselves. Source: table 0203. */
const typeDisplays = {
  PLAC: "Placer Identifier",
  FILL: "Filler Identifier",
  PGN: "Placer Group Number",
  FGN: "Filler Group Number",
  VN: "Visit number",
  SB: "Social Beneficiary Identifier",
  DL: "Driver's license number",
  SHIP: "Shipment Tracking Number",
  AN: "Account number",
  ACSN: "Accession ID",
} as const;

export type IdentifierTypeCode = keyof typeof typeDisplays;

export function identifierType(code: IdentifierTypeCode): CodeableConcept {
  return {
    coding: [{ system: "http://terminology.hl7.org/CodeSystem/v2-0203", code, display: typeDisplays[code] }],
  };
}

/** EI: an identifier and the authority behind it. Source: v2-to-FHIR EI[Identifier-System]. */
export function entityIdentifier(field: FieldReader | undefined, type?: IdentifierTypeCode): Identifier | undefined {
  const value = field?.text(1);
  if (field === undefined || value === undefined) return undefined;
  const authority = authorityFrom(field, 2);
  return present<Identifier>({
    type: type === undefined ? undefined : identifierType(type),
    system: identifierSystem(authority),
    value,
    assigner: assignerOf(authority),
  });
}

/**
 * One half of an EIP, an EI in one component: 1 is the placer's, 2 the filler's.
 * Source: v2-to-FHIR EIP[Identifier-PlacerAssignedIdentifier], EIP[Identifier-FillerAssignedIdentifier].
 */
export function pairIdentifier(field: FieldReader | undefined, half: 1 | 2): Identifier | undefined {
  const value = field?.text(half, 1);
  if (field === undefined || value === undefined) return undefined;
  const authority = authorityParts(field, [
    [half, 2],
    [half, 3],
    [half, 4],
  ]);
  return present<Identifier>({
    type: identifierType(half === 1 ? "PGN" : "FGN"),
    system: identifierSystem(authority),
    value,
    assigner: assignerOf(authority),
  });
}

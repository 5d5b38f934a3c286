import type { HumanName, Identifier, Patient } from "#standards/fhir";
import {
  type Address,
  type AllergyIntolerance,
  type ContactPoint,
  type Encounter,
  nhsNumberSystem,
} from "#standards/fhir";
import type { BannerIdentifier, PatientBanner, Telecom } from "../api.ts";
import { present } from "../messages/present.ts";
import { allergiesOf } from "./allergies.ts";
import { codedText, type NameOf, named } from "./coded-text.ts";
import { currentEncounter, openEncounter } from "./encounter.ts";
import { hospitalNumberOf, type LookedAt, patientRow } from "./patient-row.ts";
import { bannerName, displayName } from "./person-name.ts";

export interface BannerSource extends LookedAt {
  readonly patient: Patient;
  readonly allergies: readonly AllergyIntolerance[];
  readonly encounters: readonly Encounter[];
  readonly nameOf: NameOf;
  readonly version: number;
  readonly position: number;
}

export function bannerOf({
  patient,
  allergies,
  encounters,
  nameOf,
  now,
  hospitalTime,
  version,
  position,
}: BannerSource): PatientBanner {
  const current = currentEncounter(encounters);
  const encounter = current === undefined ? undefined : openEncounter(current, nameOf);
  const shown = displayName(patient.name);
  const address = currentAddress(patient.address);
  return present<PatientBanner>({
    ...patientRow(patient, { now, hospitalTime }, encounter?.location),
    preferredName: patient.name?.find((name) => name.use === "nickname" && name !== shown)?.given?.[0],
    otherNames: (patient.name ?? []).filter((name) => name !== shown && name.use !== "nickname").map(otherName),
    identifiers: bannerIdentifiers(patient.identifier ?? []),
    address: isAddressWithheld(patient) ? "Restricted" : address && addressText(address),
    phones: (patient.telecom ?? []).flatMap(telecom),
    allergies: allergiesOf(allergies),
    encounter,
    generalPractice: named(patient.generalPractitioner?.[0], nameOf),
    version,
    position,
  });
}

/** Of somebody whose address is restricted, to who does not keep addresses. */
function isAddressWithheld({ meta }: Patient): boolean {
  return meta?.tag?.some(({ code }) => code === "SUBSETTED") ?? false;
}

function otherName(name: HumanName): string {
  const use = name.use === "maiden" ? "maiden name" : name.use === "old" ? "former name" : name.use;
  return use === undefined ? bannerName(name) : `${bannerName(name)}, ${use}`;
}

/** Source: HL7 v2 table 0203, those a hospital in Britain meets. */
const identifierLabels: Readonly<Record<string, string>> = {
  MR: "Hospital number",
  PI: "Hospital number",
  AN: "Account number",
  VN: "Visit number",
  PPN: "Passport number",
  SS: "Social security number",
  DL: "Driving licence number",
};

function bannerIdentifiers(identifiers: readonly Identifier[]): readonly BannerIdentifier[] {
  const hospitalNumber = hospitalNumberOf(identifiers);
  return identifiers.flatMap((identifier) => {
    if (identifier.value === undefined || identifier.system === nhsNumberSystem) return [];
    const label = identifier === hospitalNumber ? "Hospital number" : labelOf(identifier);
    return [present<BannerIdentifier>({ label, value: identifier.value, system: identifier.system })];
  });
}

/** A number that was given up for another is told apart from the one in use. */
function labelOf(identifier: Identifier): string {
  const label = identifierLabel(identifier);
  return identifier.use === "old" ? `Former ${label.slice(0, 1).toLowerCase()}${label.slice(1)}` : label;
}

function identifierLabel({ type, assigner }: Identifier): string {
  const code = type?.coding?.find((coding) => identifierLabels[coding.code ?? ""] !== undefined)?.code;
  return identifierLabels[code ?? ""] ?? codedText(type)?.text ?? assigner?.display ?? "Identifier";
}

function currentAddress(addresses: readonly Address[] | undefined): Address | undefined {
  const current = (addresses ?? []).filter((address) => address.use !== "old" && address.period?.end === undefined);
  return current.find((address) => address.use === "home") ?? current[0];
}

/** In one line with commas. Source: NHS CUI Address Display (in-line form). */
function addressText(address: Address): string {
  const { line = [], city, district, state, postalCode, country, text } = address;
  const parts = [...line, city, district, state, postalCode, country].filter(
    (part) => part !== undefined && part !== "",
  );
  return parts.length === 0 ? (text ?? "Address not stated") : parts.join(", ");
}

const phoneLabels: Readonly<Record<string, string>> = {
  home: "Home",
  work: "Work",
  mobile: "Mobile",
  temp: "Temporary",
};

function telecom({ system, use, value, period }: ContactPoint): readonly Telecom[] {
  if (value === undefined || use === "old" || period?.end !== undefined) return [];
  const label = system === "email" ? "Email" : (phoneLabels[use ?? ""] ?? "Phone");
  return [{ label, value }];
}

import type { CodeableConcept, Extension, Patient } from "#standards/fhir";
import { clearedBy, type ElementName } from "../messages/changes.ts";
import { codeableConcept, codeOf } from "../messages/datatypes/cwe.ts";
import { identifierType } from "../messages/datatypes/ei.ts";
import { dateIn, dateTimeIn, dateTimeOf } from "../messages/datatypes/ts.ts";
import { addresses } from "../messages/datatypes/xad.ts";
import { fullName, practitioner } from "../messages/datatypes/xcn.ts";
import { organization } from "../messages/datatypes/xon.ts";
import { personName, personNames } from "../messages/datatypes/xpn.ts";
import { contactPoints } from "../messages/datatypes/xtn.ts";
import type { SegmentReader } from "../messages/message-reader.ts";
import { list, present, presentOrNone } from "../messages/present.ts";
import { contact } from "./contact.ts";
import type { SentIdentifiers } from "./sent-identifiers.ts";

/** The segments that tell of a person. */
export interface PersonSegments {
  readonly pid: SegmentReader;
  readonly pd1: SegmentReader | undefined;
  readonly nextOfKin: readonly SegmentReader[];
}

export interface SentPatient {
  readonly resource: Patient;
  /** Elements sent as `""`. */
  readonly cleared: readonly ElementName[];
}

/** A person. Source: v2-to-FHIR PID[Patient], PD1[Patient], NK1[Patient], rows in their order. */
export function fromPid({ pid, pd1, nextOfKin }: PersonSegments, sent: SentIdentifiers): SentPatient {
  const resource = present<Patient>({
    resourceType: "Patient",
    extension: list(...personExtensions(pid), ...additionalExtensions(pd1)),
    identifier: list(...sent.identifiers, driversLicence(pid)), // PID-2, PID-3, PID-4, PID-19, PID-20
    name: list(...(personNames(pid.fields(5)) ?? []), ...(personNames(pid.fields(9)) ?? [])),
    birthDate: dateIn(pid.field(7)),
    ...birthTime(pid),
    gender: codeOf(pid.field(8), "AdministrativeSex") as Patient["gender"],
    address: addressesWithCounty(pid), // PID-11, PID-12
    telecom: list(
      ...(contactPoints(pid.fields(13), "home") ?? []),
      ...(contactPoints(pid.fields(14), "work") ?? []),
      ...(contactPoints(pid.fields(40)) ?? []),
    ),
    communication: list(language(codeableConcept(pid.field(15)))),
    maritalStatus: codeableConcept(pid.field(16), "MaritalStatus"),
    ...multipleBirth(pid), // PID-24, PID-25
    ...deceased(pid), // PID-29, PID-30
    generalPractitioner: list(...(pd1?.fields(3).map(organization) ?? []), ...(pd1?.fields(4).map(practitioner) ?? [])),
    contact: list(...nextOfKin.map(contact)),
  });
  return { resource, cleared: [...clearedBy(pid, clearable), ...clearedBy(pd1, clearableAdditional)] };
}

const structures = "http://hl7.org/fhir/StructureDefinition";
const ukCore = "https://fhir.hl7.org.uk";

const clearable = [
  [5, "name"],
  [7, "birthDate"],
  [8, "gender"],
  [11, "address"],
  [13, "telecom:home"],
  [13, "telecom:mobile"],
  [14, "telecom:work"],
  [15, "communication"],
  [16, "maritalStatus"],
  [17, `extension:${structures}/patient-religion`],
  [22, `extension:${ukCore}/StructureDefinition/Extension-UKCore-EthnicCategory`],
  [24, "multipleBirthBoolean"],
  [25, "multipleBirthInteger"],
  [29, "deceasedDateTime"],
  [30, "deceasedBoolean"],
] as const;

const clearableAdditional = [[4, "generalPractitioner"]] as const;

function personExtensions(pid: SegmentReader): readonly (Extension | undefined)[] {
  const maidenName = personName(pid.field(6));
  return [
    valued(`${structures}/patient-mothersMaidenName`, {
      valueString: maidenName === undefined ? undefined : fullName(maidenName),
    }),
    conceptExtension(`${structures}/patient-religion`, codeableConcept(pid.field(17), "Religion")),
    conceptExtension(`${ukCore}/StructureDefinition/Extension-UKCore-EthnicCategory`, codeableConcept(pid.field(22))),
    birthPlace(pid.text(23)),
    ...pid.fields(26).map((field) => nationExtension("citizenship", codeableConcept(field))),
    nationExtension("nationality", codeableConcept(pid.field(28))),
    numberTrace(pid),
  ];
}

function additionalExtensions(pd1: SegmentReader | undefined): readonly (Extension | undefined)[] {
  if (pd1 === undefined) return [];
  const congregation = organization(pd1.field(14))?.display;
  return [
    conceptExtension(`${structures}/patient-disability`, codeableConcept(pd1.field(6))),
    valued(`${structures}/patient-congregation`, { valueString: congregation }),
  ];
}

/** An extension when it has a value. */
function valued(url: string, value: { readonly valueString: string | undefined }): Extension | undefined {
  return value.valueString === undefined ? undefined : { url, valueString: value.valueString };
}

function conceptExtension(url: string, concept: CodeableConcept | undefined): Extension | undefined {
  return concept === undefined ? undefined : { url, valueCodeableConcept: concept };
}

function nationExtension(
  name: "citizenship" | "nationality",
  concept: CodeableConcept | undefined,
): Extension | undefined {
  if (concept === undefined) return undefined;
  return { url: `${structures}/patient-${name}`, extension: [{ url: "code", valueCodeableConcept: concept }] };
}

function birthPlace(text: string | undefined): Extension | undefined {
  return text === undefined ? undefined : { url: `${structures}/patient-birthPlace`, valueAddress: { text } };
}

/** PID-32 carries the tracing status of the NHS number as NSTS01 to NSTS08. Source: HL7 UK A.3 §3.4.2.32. */
function numberTrace(pid: SegmentReader): Extension | undefined {
  const code = /^NSTS(0[1-8])$/.exec(pid.peek(32) ?? "")?.[1];
  if (code === undefined) return undefined;
  pid.text(32);
  const system = `${ukCore}/CodeSystem/UKCore-NHSNumberVerificationStatusEngland`;
  const url = `${ukCore}/StructureDefinition/Extension-UKCore-NHSNumberVerificationStatus`;
  return { url, valueCodeableConcept: { coding: [{ system, code }] } };
}

/** A time of birth stands beside the date. */
function birthTime(pid: SegmentReader) {
  const text = pid.peek(7) ?? "";
  const dateTime = text.length > 8 ? dateTimeOf(text, pid.origin) : undefined;
  if (!dateTime?.includes("T")) return {};
  return { _birthDate: { extension: [{ url: `${structures}/patient-birthTime`, valueDateTime: dateTime }] } };
}

function driversLicence(pid: SegmentReader) {
  const field = pid.field(20);
  const value = field?.text(1);
  return value === undefined ? undefined : { type: identifierType("DL"), value };
}

/** PID-12 is the county of the one address that has none, otherwise of an address of its own. */
function addressesWithCounty(pid: SegmentReader) {
  const sent = addresses(pid.fields(11));
  const county = pid.text(12);
  if (county === undefined) return sent;
  const [only, ...more] = sent ?? [];
  if (only === undefined) return list({ district: county });
  if (more.length > 0 || only.district !== undefined)
    return only.district === county ? sent : list(only, ...more, { district: county });
  return list({ ...only, district: county });
}

function language(concept: CodeableConcept | undefined) {
  return concept === undefined ? undefined : { language: concept };
}

function multipleBirth(pid: SegmentReader): Pick<Patient, "multipleBirthBoolean" | "multipleBirthInteger"> {
  const order = /^[1-9]\d?$/.test(pid.peek(25) ?? "") ? pid.text(25) : undefined;
  if (order !== undefined) return { multipleBirthInteger: Number(order) };
  const indicator = codeOf(pid.field(24), "YesNoIndicator");
  return presentOrNone<Pick<Patient, "multipleBirthBoolean">>({ multipleBirthBoolean: booleanOf(indicator) }) ?? {};
}

function deceased(pid: SegmentReader): Pick<Patient, "deceasedBoolean" | "deceasedDateTime"> {
  const diedAt = dateTimeIn(pid.field(29));
  if (diedAt !== undefined) return { deceasedDateTime: diedAt };
  const indicator = codeOf(pid.field(30), "YesNoIndicator");
  return presentOrNone<Pick<Patient, "deceasedBoolean">>({ deceasedBoolean: booleanOf(indicator) }) ?? {};
}

function booleanOf(code: string | undefined): boolean | undefined {
  return code === undefined ? undefined : code === "true";
}

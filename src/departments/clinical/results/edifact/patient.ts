import { incorrect, type Problem } from "#kernel";
import {
  type Address,
  checkNhsNumber,
  type HumanName,
  type Identifier,
  nhsNumberSystem,
  type Patient,
} from "#standards/fhir";
import type { Origin } from "../../messages/message-reader.ts";
import { list, present, presentOrNone } from "../../messages/present.ts";
import type { SentPatient } from "../../patients/from-pid.ts";
import type { SentIdentifiers } from "../../patients/sent-identifiers.ts";
import type { GroupReader } from "./group-reader.ts";
import type { SegmentBook } from "./segment-book.ts";
import { senderNumber, timeIn } from "./values.ts";

export interface MappedPatient {
  readonly patient: SentPatient;
  readonly identifiers: SentIdentifiers;
}

/** PDI-1. Source: PMIP EDIFACT, sex codes (ISO 5218). */
const genders: Readonly<Record<string, Patient["gender"]>> = {
  "0": "unknown",
  "1": "male",
  "2": "female",
  "9": "other",
};

/** S06 and S07. The problem `nhs-number-check-digit` is that of HL7 messages. */
export function mapPatient(subject: GroupReader, origin: Origin): MappedPatient {
  const person = subject.inner("S07");
  const pna = person?.first("PNA");
  const identifiers = identifiersOf(pna, subject.first("RFF", "SSI"), origin);
  const resource = present<Patient>({
    resourceType: "Patient",
    identifier: list(...identifiers.identifiers),
    name: list(nameIn(pna)),
    birthDate: timeIn(person?.first("DTM"), "Patient.birthDate", origin)?.slice(0, 10),
    gender: genderIn(person?.first("PDI")),
    address: list(addressIn(subject.first("ADR"))),
  });
  return { patient: { resource, cleared: [] }, identifiers };
}

function identifiersOf(pna: SegmentBook | undefined, rff: SegmentBook | undefined, origin: Origin): SentIdentifiers {
  const text = pna?.peek(2);
  const checked = text === undefined ? undefined : checkNhsNumber(text);
  const nhsNumber = checked?.ok ? checked.value : undefined;
  const problems: Problem[] = [];
  if (nhsNumber !== undefined) {
    pna?.carry("Patient.identifier", [2, 1], [2, 2]);
  } else if (pna !== undefined && text !== undefined) {
    const message = "A number given as NHS number does not have its form or its check digit.";
    problems.push(incorrect("nhs-number-check-digit", message, { where: `${pna.where}-2.1` }));
  }
  const own = rff?.peek(1, 2);
  if (own !== undefined) rff?.carry("Patient.identifier", [1, 1], [1, 2]);
  const identifiers: readonly Identifier[] = [
    ...(nhsNumber === undefined ? [] : [{ system: nhsNumberSystem, value: nhsNumber }]),
    ...(own === undefined ? [] : [senderNumber(own, origin)]),
  ];
  return { identifiers, lookup: identifiers, ...(nhsNumber === undefined ? {} : { nhsNumber }), problems };
}

/** PNA-5 to PNA-9: parts of a name, each with what it is. */
const nameElements = [5, 6, 7, 8, 9];

function nameIn(pna: SegmentBook | undefined): HumanName | undefined {
  const part = (kind: string) => {
    const element = nameElements.find((each) => pna?.peek(each) === kind && pna.peek(each, 2) !== undefined);
    if (pna === undefined || element === undefined) return undefined;
    pna.carry("Patient.name", [1], [element, 1], [element, 2]);
    return pna.peek(element, 2);
  };
  return presentOrNone<HumanName>({
    family: part("SU"),
    given: list(part("FO"), part("MI")),
    prefix: list(part("TI")),
  });
}

function genderIn(pdi: SegmentBook | undefined): Patient["gender"] | undefined {
  const gender = genders[pdi?.peek(1) ?? ""];
  if (gender !== undefined) pdi?.carry("Patient.gender", [1]);
  return gender;
}

const addressLines = [2, 3, 4, 5, 6] as const;

/** ADR-2: up to five lines, which no sender tells apart; ADR-4: the postcode. */
function addressIn(adr: SegmentBook | undefined): Address | undefined {
  if (adr === undefined) return undefined;
  adr.carry("Patient.address", [2, 1], ...addressLines.map((component) => [2, component] as const), [4]);
  return presentOrNone<Address>({
    line: list(...addressLines.map((component) => adr.peek(2, component))),
    postalCode: adr.peek(4),
  });
}

import { incorrect, type Problem } from "#kernel";
import { checkNhsNumber, type Identifier, nhsNumberSystem } from "#standards/fhir";
import { extendedIdentifier } from "../messages/datatypes/cx.ts";
import { identifierType } from "../messages/datatypes/ei.ts";
import { authoritySystem } from "../messages/datatypes/hd.ts";
import type { FieldReader, SegmentReader } from "../messages/message-reader.ts";
import { present } from "../messages/present.ts";

/** The numbers by which a message names its patient. */
export interface SentIdentifiers {
  /** The NHS number first, each number once. */
  readonly identifiers: readonly Identifier[];
  /** Those by which a patient may be looked up: no account, visit or insurance numbers. */
  readonly lookup: readonly Identifier[];
  /** Ten digits, check digit right. */
  readonly nhsNumber?: string;
  /** `nhs-number-check-digit`. */
  readonly problems: readonly Problem[];
}

/** PID-2, PID-3, PID-4 and PID-19. Source: v2-to-FHIR PID[Patient]; HL7 UK A.3 §3.4.2. */
export function sentIdentifiers(pid: SegmentReader): SentIdentifiers {
  return identifiersIn([...pid.fields(3), ...pid.fields(2), ...pid.fields(4), ...pid.fields(19)]);
}

/** The numbers that cease: MRG-1, and MRG-4 as older systems send them. Source: HL7 v2.5.1 §3.4.9. */
export function ceasedIdentifiers(mrg: SegmentReader): SentIdentifiers {
  return identifiersIn([...mrg.fields(1), ...mrg.fields(4)]);
}

function identifiersIn(fields: readonly FieldReader[]): SentIdentifiers {
  const problems: Problem[] = [];
  const found = fields.map((field) => identifierIn(field, problems)).filter((identifier) => identifier !== undefined);
  const nhs = found.filter(isNhsNumber);
  const identifiers = distinct([...nhs, ...found.filter((identifier) => !isNhsNumber(identifier))]);
  const nhsNumber = nhs[0]?.value;
  return {
    identifiers,
    lookup: identifiers.filter(isForLookup),
    ...(nhsNumber === undefined ? {} : { nhsNumber }),
    problems,
  };
}

export function isNhsNumber({ system }: Identifier): boolean {
  return system === nhsNumberSystem;
}

function identifierIn(field: FieldReader, problems: Problem[]): Identifier | undefined {
  const text = field.peek(1) ?? "";
  const digits = nhsDigits(text);
  const isDeclared = isDeclaredNhs(field);
  if (digits !== undefined && (isDeclared || looksLikeNhs(field, text))) return nhsIdentifier(field, digits);
  if (isDeclared) {
    const message = "A number given as NHS number does not have its form or its check digit.";
    problems.push(incorrect("nhs-number-check-digit", message, { where: `${field.value.where}.1` }));
  }
  const isSocialSecurity = field.value.place.field === 19;
  return isSocialSecurity ? socialSecurityNumber(field) : extendedIdentifier(field, senderSystem(field));
}

/** Ten digits alike fit their check digit, and are what systems send when there is no number. */
function nhsDigits(text: string): string | undefined {
  const checked = checkNhsNumber(text);
  return checked.ok && !/^(\d)\1{9}$/.test(checked.value) ? checked.value : undefined;
}

const nhsAuthorities = new Set(["NHS", "NHSNBR", "NHSNO", "NHSNUM", "NHSNUMBER"]);
const nhsOid = "2.16.840.1.113883.2.1.4.1";

/** By its authority (NHS), its type (NH), or the OID of NHS numbers. */
function isDeclaredNhs(field: FieldReader): boolean {
  const authority = field
    .peek(4, 1)
    ?.toUpperCase()
    .replace(/[^A-Z]/g, "");
  if (authority !== undefined && nhsAuthorities.has(authority)) return true;
  return field.peek(5) === "NH" || field.peek(4, 2) === nhsOid;
}

/**
 * Numbers without an authority are NHS numbers when written 3-3-4, or when alone in PID-2 or PID-19, where older
 * systems put them. One hospital number in eleven has a fitting check digit too, so form alone is not enough in PID-3.
 */
function looksLikeNhs(field: FieldReader, text: string): boolean {
  if (field.peek(4) !== undefined) return false;
  const { field: number } = field.value.place;
  return /^\d{3} \d{3} \d{4}$/.test(text) || ((number === 2 || number === 19) && field.peek(5) === undefined);
}

function nhsIdentifier(field: FieldReader, digits: string): Identifier {
  for (const component of [1, 4, 5]) field.text(component);
  return { system: nhsNumberSystem, value: digits };
}

function socialSecurityNumber(field: FieldReader): Identifier {
  return present<Identifier>({ type: identifierType("SB"), value: field.text(1) });
}

/** A number of nobody's is the sender's. */
function senderSystem(field: FieldReader): string {
  return authoritySystem(field.origin.sender);
}

/** Types of table 0203 that are not numbers of a person at a hospital. */
const otherTypes = new Set(["AN", "VN", "SS", "SB", "DL", "PPN", "MC", "MA", "NI", "XX", "EI", "BC", "MB"]);

export function isForLookup({ system, type }: Identifier): boolean {
  const code = type?.coding?.[0]?.code ?? type?.text;
  return system !== undefined && (code === undefined || !otherTypes.has(code));
}

function distinct(identifiers: readonly Identifier[]): readonly Identifier[] {
  const isSame = (a: Identifier) => (b: Identifier) => a.system === b.system && a.value === b.value;
  return identifiers.filter((identifier, at) => identifiers.findIndex(isSame(identifier)) === at);
}

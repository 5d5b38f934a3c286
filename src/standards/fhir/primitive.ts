import { parseDateTime } from "./date-time.ts";

/** What is wrong with a primitive value, undefined where nothing is. */
export type PrimitiveCheck = (value: unknown) => PrimitiveFlaw | undefined;

export interface PrimitiveFlaw {
  readonly code: "wrong-json-type" | "wrong-format" | "empty-value" | "too-long";
  /** Follows the name of the element: `must be a string`. */
  readonly message: string;
}

/** Source: FHIR R4 §2.24.0.1 (string: at most 1,048,576 characters). */
const stringCharactersMax = 1_048_576;

const integerMax = 2_147_483_647;

/**
 * The formats of R4's primitive types. Stricter than the published expressions where these are looser than the text: a
 * day must exist, and a time of day must come with an offset. Source: FHIR R4 §2.24.0.1.
 */
export const primitiveChecks: Readonly<Record<string, PrimitiveCheck>> = {
  boolean: (value) => (typeof value === "boolean" ? undefined : wrongType("true or false")),
  integer: integerBetween(-integerMax - 1, integerMax),
  unsignedInt: integerBetween(0, integerMax),
  positiveInt: integerBetween(1, integerMax),
  decimal: (value) => (typeof value === "number" && Number.isFinite(value) ? undefined : wrongType("a number")),
  string: checkString,
  markdown: checkString,
  code: matching(/^\S+(?:\s\S+)*$/, "a code: no space at either end, single spaces inside"),
  id: matching(/^[A-Za-z0-9\-.]{1,64}$/, "an id: 1 to 64 letters, digits, hyphens and dots"),
  uri: matching(/^\S+$/, "a URI without spaces"),
  url: matching(/^\S+$/, "a URL without spaces"),
  canonical: matching(/^\S+$/, "a canonical URL without spaces"),
  oid: matching(/^urn:oid:[0-2](?:\.(?:0|[1-9][0-9]*))+$/, "an OID as urn:oid:1.2.3"),
  uuid: matching(/^urn:uuid:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, "a UUID as urn:uuid:…, in lower case"),
  time: matching(/^(?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d+)?$/, "a time as hh:mm:ss"),
  xhtml: matching(/^\s*<div[\s>/]/, "XHTML that starts with <div"),
  date: textCheck(isDate, "a date as YYYY, YYYY-MM or YYYY-MM-DD"),
  dateTime: textCheck(isDateTime, "a date, or a date and time with seconds and offset"),
  instant: textCheck(isInstant, "a date and time with seconds and offset"),
  base64Binary: textCheck(isBase64, "base64"),
};

function wrongType(expected: string): PrimitiveFlaw {
  return { code: "wrong-json-type", message: `must be ${expected}` };
}

function integerBetween(min: number, max: number): PrimitiveCheck {
  return (value) => {
    if (typeof value !== "number") return wrongType("a number");
    if (Number.isInteger(value) && value >= min && value <= max) return undefined;
    return { code: "wrong-format", message: `must be a whole number from ${min} to ${max}` };
  };
}

function checkString(value: unknown): PrimitiveFlaw | undefined {
  if (typeof value !== "string") return wrongType("a string");
  if (value === "") return { code: "empty-value", message: "must not be empty" };
  if (value.length <= stringCharactersMax) return undefined;
  return { code: "too-long", message: `must not have more than ${stringCharactersMax} characters` };
}

function matching(pattern: RegExp, expected: string): PrimitiveCheck {
  return textCheck((text) => pattern.test(text), expected);
}

function textCheck(isRight: (text: string) => boolean, expected: string): PrimitiveCheck {
  const flaw: PrimitiveFlaw = { code: "wrong-format", message: `must be ${expected}` };
  return (value) => {
    if (typeof value !== "string") return wrongType("a string");
    if (value === "") return { code: "empty-value", message: "must not be empty" };
    return isRight(value) ? undefined : flaw;
  };
}

function isDate(text: string): boolean {
  return text.length <= 10 && parseDateTime(text) !== undefined;
}

function isDateTime(text: string): boolean {
  return text.length <= 10 ? isDate(text) : isInstant(text);
}

function isInstant(text: string): boolean {
  const moment = parseDateTime(text);
  return moment?.zoned === true && (moment.precision === "second" || moment.precision === "fraction");
}

/** Counted by hand: a regular expression runs out of stack on megabytes. Spaces and line ends may stand anywhere. */
function isBase64(text: string): boolean {
  let digits = 0;
  let padding = 0;
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charCodeAt(at);
    if (isSpace(char)) continue;
    if (char === 61) padding += 1;
    else if (padding > 0 || !isBase64Digit(char)) return false;
    digits += 1;
  }
  return digits > 0 && digits % 4 === 0 && padding <= 2;
}

function isSpace(char: number): boolean {
  return char === 32 || (char >= 9 && char <= 13);
}

function isBase64Digit(char: number): boolean {
  const isLetter = (char >= 65 && char <= 90) || (char >= 97 && char <= 122);
  return isLetter || (char >= 48 && char <= 57) || char === 43 || char === 47;
}

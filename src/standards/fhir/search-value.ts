import { parseDateTime } from "./date-time.ts";
import { parseReference } from "./reference.ts";
import {
  type DateValue,
  type NearValue,
  type NumberValue,
  type QuantityValue,
  type ReferenceValue,
  type SearchPrefix,
  type StringValue,
  searchPrefixes,
  type TokenValue,
  type TypedIdentifier,
} from "./search-criterion.ts";
import { normaliseText, splitEscaped, unescaped } from "./search-text.ts";

/** Each reads one alternative of a search value, still escaped; undefined where it has not the form of its type. */

export function tokenValue(text: string): TokenValue | undefined {
  const [first = "", second, ...more] = splitEscaped(text, "|").map(unescaped);
  if (more.length > 0) return undefined;
  if (second === undefined) return first === "" ? undefined : { system: undefined, code: first };
  if (second === "") return first === "" ? undefined : { system: first, code: undefined };
  return { system: first, code: second };
}

export function typedIdentifier(text: string): TypedIdentifier | undefined {
  const [typeSystem, typeCode, value, ...more] = splitEscaped(text, "|").map(unescaped);
  return typeSystem && typeCode && value && more.length === 0 ? { typeSystem, typeCode, value } : undefined;
}

export function stringValue(text: string): StringValue | undefined {
  const plain = unescaped(text);
  const normalised = normaliseText(plain);
  return normalised === "" ? undefined : { text: plain, normalised };
}

/** A `+` of an offset that was not escaped in the URL has become a space: it is taken for the `+` it was. */
export function dateValue(text: string, offsetMinutes: number): DateValue | undefined {
  const { prefix, rest } = prefixed(text);
  const moment = parseDateTime(rest.replace(" ", "+"), offsetMinutes);
  return moment === undefined ? undefined : { prefix, fromMs: moment.fromMs, toMs: moment.toMs };
}

const decimal = /^[+-]?\d+(?:\.(\d+))?(?:[eE]([+-]?\d{1,3}))?$/;

/**
 * The precision written is the precision meant. In exponential form R4's table counts one digit more than is written:
 * 1e2 covers 95 to 105. Source: FHIR R4 §3.1.1.4.6 (number: implied precision).
 */
export function numberValue(text: string): NumberValue | undefined {
  const { prefix, rest } = prefixed(text);
  const match = decimal.exec(rest);
  const value = Number(rest);
  if (match === null || !Number.isFinite(value)) return undefined;
  const [, fraction = "", exponent] = match;
  const lastDigit = (exponent === undefined ? 0 : Number(exponent) - 1) - fraction.length;
  const half = 0.5 * 10 ** lastDigit;
  return { prefix, value, low: value - half, high: value + half };
}

export function quantityValue(text: string): QuantityValue | undefined {
  const [numberText = "", system, code, ...more] = splitEscaped(text, "|").map(unescaped);
  const number = numberValue(numberText);
  const hasOtherForm = more.length > 0 || (system !== undefined && code === undefined);
  if (number === undefined || hasOtherForm) return undefined;
  return { ...number, system: system || undefined, code: code || undefined };
}

/** `latitude|longitude|distance|unit`, the last two of which may be left out. Source: FHIR R4 Location (search parameters). */
export function nearValue(text: string): NearValue | undefined {
  const [north = "", east = "", far = "", unit = "", ...more] = splitEscaped(text, "|").map(unescaped);
  const numbers = [north, east, ...(far === "" ? [] : [far])];
  if (more.length > 0 || !numbers.every((number) => decimal.test(number))) return undefined;
  const [latitude = 0, longitude = 0, distance] = numbers.map(Number);
  const isPlace = Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
  return isPlace && (distance ?? 0) >= 0 ? { latitude, longitude, distance, unit: unit || "km" } : undefined;
}

/** `types` are those that an id without a type may be of. */
export function referenceValue(text: string, types: readonly string[]): ReferenceValue | undefined {
  const plain = unescaped(text);
  if (/^[A-Za-z0-9\-.]{1,64}$/.test(plain)) return { form: "id", types, id: plain };
  const literal = parseReference(plain);
  if (literal !== undefined && literal.base === undefined) return { form: "id", types: [literal.type], id: literal.id };
  return /^[A-Za-z][A-Za-z0-9+.-]*:\S+$/.test(plain) ? { form: "url", url: plain } : undefined;
}

export function textValue(text: string): string | undefined {
  const plain = unescaped(text);
  return plain === "" ? undefined : plain;
}

function prefixed(text: string): { readonly prefix: SearchPrefix; readonly rest: string } {
  const prefix = searchPrefixes.find((candidate) => text.startsWith(candidate));
  return prefix === undefined ? { prefix: "eq", rest: text } : { prefix, rest: text.slice(2) };
}

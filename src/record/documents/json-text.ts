import {
  failed,
  incorrect,
  isJsonObject,
  type Json,
  limits,
  ok,
  type Result,
  type WrittenNumbers,
  writtenNumbers,
  writtenNumbersOf,
} from "#kernel";
import { jsonFaultAt } from "./json-fault.ts";
import { scanJson, type UnusualNumber } from "./json-scan.ts";

/**
 * Reads JSON so that `jsonText` writes every number as it stood there: in FHIR 5.0 is not 5. The numbers themselves are
 * plain. Problems: `invalid-json` with line and column, `json-too-deep` beyond `depthMax`, `number-too-large`,
 * `member-given-twice` (only where it is noticed).
 * Source: FHIR R4 §2.24.0.1 (decimal: the precision of the decimal value has significance).
 */
export function parseJson(text: string, depthMax: number = limits.jsonDepthMax): Result<Json> {
  const scan = scanJson(text, depthMax);
  if (scan.isTooDeep) return failed(incorrect("json-too-deep", `Nothing may lie deeper than ${depthMax} levels.`));
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch {
    return failed(incorrect("invalid-json", `The body is not JSON: ${placeOf(text)}.`));
  }
  if (scan.unusualNumbers.length === 0) return ok(value);
  if (scan.unusualNumbers.some(({ source }) => !Number.isFinite(Number(source)))) {
    return failed(incorrect("number-too-large", "A number is larger than a computer's arithmetic holds."));
  }
  const marking: Marking = { numbers: scan.unusualNumbers, ordinal: 0, next: 0, isLost: false };
  markNumbers(value, marking);
  return marking.isLost || marking.next < marking.numbers.length ? failed(memberTwice) : ok(value);
}

/** JSON text with numbers as they were read by `parseJson`; `indent` spaces a level, or everything in one line. */
export function jsonText(value: Json, indent?: number): string {
  return isMarked(value) ? JSON.stringify(value, numbersAsWritten, indent) : JSON.stringify(value, undefined, indent);
}

const memberTwice = incorrect("member-given-twice", "The name of a member stands twice in one object.");

/** V8's own message quotes the text, which may be of a patient, and often names no place. */
function placeOf(text: string): string {
  const at = jsonFaultAt(text);
  if (at >= text.length) return text.trim() === "" ? "it is empty" : "it ends too early";
  const before = text.slice(0, at).split("\n");
  return `it goes wrong at line ${before.length} column ${(before.at(-1)?.length ?? 0) + 1}`;
}

interface Marking {
  readonly numbers: readonly UnusualNumber[];
  /** How many numbers were passed. */
  ordinal: number;
  /** The first of `numbers` not yet found. */
  next: number;
  /** A number that was found is not the one that was expected. */
  isLost: boolean;
}

/**
 * The parsed numbers come in the order of the text, so the unusual ones are found again by counting. Where a name stood
 * twice, the count is out, and the values no longer agree. True when there is one in here.
 */
function markNumbers(value: Json, marking: Marking): boolean {
  if (Array.isArray(value)) return markItems(value as readonly Json[], marking);
  if (!isJsonObject(value)) return false;
  let marks: Record<string, string> | undefined;
  for (const key in value) {
    const member = value[key];
    if (typeof member === "number") {
      const source = takeNumber(member, marking);
      if (source !== undefined) marks = { ...marks, [key]: source };
    } else if (typeof member === "object" && member !== null && markNumbers(member, marking)) marks ??= {};
  }
  if (marks === undefined) return false;
  (value as { [writtenNumbers]?: WrittenNumbers })[writtenNumbers] = marks;
  return true;
}

/** FHIR has no decimals directly in arrays: those are counted and stay as JavaScript writes them. */
function markItems(items: readonly Json[], marking: Marking): boolean {
  let isMarked = false;
  for (const item of items) {
    if (typeof item === "number") takeNumber(item, marking);
    else if (markNumbers(item, marking)) isMarked = true;
  }
  return isMarked;
}

/** How the next number was written, where that is unusual. */
function takeNumber(value: number, marking: Marking): string | undefined {
  const expected = marking.numbers[marking.next];
  const isUnusual = expected?.ordinal === marking.ordinal;
  marking.ordinal += 1;
  if (!isUnusual || expected === undefined) return undefined;
  marking.next += 1;
  if (Number(expected.source) === value) return expected.source;
  marking.isLost = true;
  return undefined;
}

function isMarked(value: Json): boolean {
  if (Array.isArray(value)) return value.some(isMarked);
  return isJsonObject(value) && writtenNumbersOf(value) !== undefined;
}

/** Not yet in TypeScript's library. Source: ECMAScript proposal "JSON.parse source text access". */
const { rawJSON } = JSON as typeof JSON & { rawJSON(text: string): unknown };

function numbersAsWritten(this: unknown, key: string, value: unknown): unknown {
  if (typeof value !== "number") return value;
  const source = writtenNumbersOf(this)?.[key];
  return source === undefined || Number(source) !== value ? value : rawJSON(source);
}

import { limits } from "#kernel";
import { symbolUnit } from "./atoms.ts";
import { factorOf } from "./factor.ts";
import { number, power, product, type Unit, unity } from "./unit.ts";

/** What is being read, and how far. */
interface Reader {
  readonly text: string;
  at: number;
  depth: number;
}

/** Ten to a power is the one atom that starts with digits; brackets may hold what elsewhere would end a symbol. */
const symbolPattern = /10[*^]|(?:\[[^\]\s]*\]|[^\d+\-./()[\]{}"=\s])+/y;
const annotationPattern = /\{[^{}\s]*\}/y;
const exponentPattern = /[+-]?\d+/y;
const digitsPattern = /\d+/y;

/** The unit that a text stands for; undefined where it is none. Source: UCUM §5 to §10 and the grammar of §3. */
export function parseUnit(text: string): Unit | undefined {
  if (text === "" || text.length > limits.ucumUnitCharactersMax) return undefined;
  const reader: Reader = { text, at: 0, depth: 0 };
  const unit = mainTerm(reader);
  return reader.at === text.length ? unit : undefined;
}

function mainTerm(reader: Reader): Unit | undefined {
  if (!taken(reader, "/")) return term(reader);
  const first = component(reader);
  return first && rest(reader, power(first, -1));
}

function term(reader: Reader): Unit | undefined {
  const first = component(reader);
  return first && rest(reader, first);
}

/** Product and quotient bind alike, from left to right. */
function rest(reader: Reader, first: Unit): Unit | undefined {
  let unit: Unit = first;
  for (;;) {
    const isQuotient = taken(reader, "/");
    if (!isQuotient && !taken(reader, ".")) return unit;
    const next = component(reader);
    if (next === undefined) return undefined;
    unit = product(unit, isQuotient ? power(next, -1) : next);
  }
}

/** Annotations stand behind a unit, alone, or (as many write) before it or behind a number; they have no meaning. */
function component(reader: Reader): Unit | undefined {
  const isAnnotated = annotations(reader);
  const unit = taken(reader, "(") ? parenthesised(reader) : simpleUnit(reader);
  if (unit === undefined) return isAnnotated ? unity : undefined;
  annotations(reader);
  return unit;
}

function parenthesised(reader: Reader): Unit | undefined {
  if (reader.depth === limits.ucumDepthMax) return undefined;
  reader.depth += 1;
  const unit = term(reader);
  reader.depth -= 1;
  return unit && (taken(reader, ")") ? unit : undefined);
}

function simpleUnit(reader: Reader): Unit | undefined {
  const symbol = matched(reader, symbolPattern);
  if (symbol === undefined) {
    const digits = matched(reader, digitsPattern);
    return digits === undefined ? undefined : number(factorOf(digits));
  }
  const unit = symbolUnit(symbol, parseUnit);
  const exponent = matched(reader, exponentPattern);
  return unit === undefined || exponent === undefined ? unit : power(unit, Number(exponent));
}

function annotations(reader: Reader): boolean {
  let isAny = false;
  while (matched(reader, annotationPattern) !== undefined) isAny = true;
  return isAny;
}

function taken(reader: Reader, sign: string): boolean {
  if (reader.text[reader.at] !== sign) return false;
  reader.at += 1;
  return true;
}

function matched(reader: Reader, pattern: RegExp): string | undefined {
  pattern.lastIndex = reader.at;
  const found = pattern.exec(reader.text)?.[0];
  if (found !== undefined) reader.at += found.length;
  return found;
}

import type { Clause } from "#record";
import { nhsNumberSystem, parseDateTime } from "#standards/fhir";
import { anyKey } from "../clauses.ts";
import { nameSpellings, wordsInside } from "./name-parts.ts";
import type { Question } from "./question.ts";

/**
 * The searches to try, one after another until one finds somebody. The first takes each word as the beginning of a part of
 * the name; the others are for parts of several words (`van der Berg`), of which the index has the whole.
 */
export function findClauses(question: Question): readonly (readonly Clause[])[] {
  const exact = exactClauses(question);
  const ways = question.words.length === 0 ? [[]] : waysToDivide(question.words);
  return ways.map((way) => [...exact, ...way.map(nameClause)]);
}

/**
 * The search for words that stand inside a name, behind a hyphen, a space or an apostrophe, of which the index has the
 * whole. It finds them anywhere in a name: `hasNameParts` tells. Undefined where no word is long enough.
 */
export function insideClauses(question: Question): readonly Clause[] | undefined {
  const words = wordsInside(question.words);
  if (words.length === 0) return undefined;
  const inside = (word: string): Clause => ({ is: "text", parameter: "name", match: "contains", any: [word] });
  return [...exactClauses(question), ...words.map(inside)];
}

function exactClauses({ nhsNumbers, numbers, born }: Question): readonly Clause[] {
  return [
    ...nhsNumbers.map((digits) => anyKey(`identifier=${nhsNumberSystem}|${digits}`, `identifier=${digits}`)),
    ...numbers.map((number) => anyKey(...spellings(number).map((spelling) => `identifier=${spelling}`))),
    ...born.map(bornClause),
  ];
}

/** Hospital numbers are kept as they were sent, and typed in small letters. */
function spellings(number: string): readonly string[] {
  return [...new Set([number, number.toUpperCase(), number.toLowerCase()])];
}

function bornClause(date: string): Clause {
  const day = parseDateTime(date);
  if (day === undefined) return { is: "never" };
  return { is: "date", parameter: "birthdate", any: [{ fromMinMs: day.fromMs, toMaxMs: day.toMs }] };
}

function nameClause(beginning: string): Clause {
  return { is: "text", parameter: "name", match: "prefix", any: nameSpellings(beginning) };
}

function waysToDivide(words: readonly string[]): readonly (readonly string[])[] {
  const ways = [words];
  for (let first = 1; first < words.length; first += 1) {
    ways.push([words.slice(0, first).join(" "), words.slice(first).join(" ")]);
  }
  if (words.length > 1) ways.push([words.join(" ")]);
  const texts = new Map(ways.map((way) => [way.join("\n"), way]));
  return [...texts.values()];
}

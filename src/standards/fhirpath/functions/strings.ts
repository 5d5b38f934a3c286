import { limits } from "#kernel";
import { type Collection, none, one } from "../node.ts";
import { compiledPattern } from "../pattern.ts";
import { fail, type Run } from "../run.ts";
import type { SystemValue } from "../system-value.ts";
import { integerOf, textOf } from "../values.ts";
import {
  type FunctionTable,
  givesBoolean,
  givesInteger,
  givesString,
  type ValueFunction,
  valueFunction,
} from "./rule.ts";

/** A function of a text and texts; empty where any of them is. */
function ofTexts(
  count: number,
  gives: Pick<ValueFunction, "gives">,
  work: (run: Run, ...texts: readonly string[]) => SystemValue | undefined,
): ValueFunction {
  return valueFunction(
    count,
    (run, input, args) => {
      const texts = [input, ...args].map((collection) => textOf(run, collection));
      return texts.includes(undefined) ? none : one(work(run, ...(texts as string[])));
    },
    gives,
  );
}

/** Source: FHIRPath 2.0 §5.6 (String manipulation). */
export const stringFunctions: FunctionTable = {
  indexOf: ofTexts(1, givesInteger, (_, text = "", part = "") => text.indexOf(part)),
  lastIndexOf: ofTexts(1, givesInteger, (_, text = "", part = "") => text.lastIndexOf(part)),
  substring: valueFunction([1, 2], substring, givesString),
  startsWith: ofTexts(1, givesBoolean, (_, text = "", part = "") => text.startsWith(part)),
  endsWith: ofTexts(1, givesBoolean, (_, text = "", part = "") => text.endsWith(part)),
  contains: ofTexts(1, givesBoolean, (_, text = "", part = "") => text.includes(part)),
  upper: ofTexts(0, givesString, (_, text = "") => text.toUpperCase()),
  lower: ofTexts(0, givesString, (_, text = "") => text.toLowerCase()),
  trim: ofTexts(0, givesString, (_, text = "") => text.trim()),
  length: ofTexts(0, givesInteger, (_, text = "") => text.length),
  replace: ofTexts(2, givesString, (run, text = "", part = "", by = "") => bounded(run, replaced(text, part, by))),
  matches: ofTexts(1, givesBoolean, (run, text = "", pattern = "") =>
    compiledPattern(run, pattern, "anywhere")?.test(run, text),
  ),
  matchesFull: ofTexts(1, givesBoolean, (run, text = "", pattern = "") =>
    compiledPattern(run, pattern, "whole")?.test(run, text),
  ),
  replaceMatches: ofTexts(2, givesString, (run, text = "", pattern = "", by = "") => {
    if (pattern === "") return text;
    return bounded(run, compiledPattern(run, pattern, "anywhere")?.replace(run, text, by) ?? "");
  }),
  toChars: valueFunction(0, (run, input) => [...(textOf(run, input) ?? "")].flatMap((char) => one(char)), givesString),
  split: valueFunction(
    1,
    (run, input, [separator = none]) => {
      const text = textOf(run, input);
      const by = textOf(run, separator);
      return text === undefined || by === undefined ? none : text.split(by).flatMap((part) => one(part));
    },
    givesString,
  ),
  join: valueFunction([0, 1], joined, givesString),
};

/** An empty text stands between all characters, and at both ends. */
function replaced(text: string, part: string, by: string): string {
  return part === "" ? `${by}${[...text].map((char) => char + by).join("")}` : text.replaceAll(part, () => by);
}

/** No text may grow beyond the limit, as it would by being joined to itself again and again. */
export function bounded(run: Run, text: string): string | undefined {
  if (text.length <= limits.fhirPathTextCharactersMax) return text;
  fail(run, "fhirpath-text-too-long", `A text of more than ${limits.fhirPathTextCharactersMax} characters came out.`);
  return undefined;
}

function substring(run: Run, input: Collection, [startGiven = none, lengthGiven]: readonly Collection[]): Collection {
  const text = textOf(run, input);
  const start = integerOf(run, startGiven);
  const length = lengthGiven === undefined ? undefined : integerOf(run, lengthGiven);
  if (text === undefined || start === undefined || start < 0 || start >= text.length) return none;
  return one(length === undefined ? text.slice(start) : text.slice(start, start + Math.max(0, length)));
}

function joined(run: Run, input: Collection, [separator]: readonly Collection[]): Collection {
  const by = separator === undefined ? "" : textOf(run, separator);
  const texts = input.map((node) => textOf(run, [node]) ?? "");
  return by === undefined ? none : one(bounded(run, texts.join(by)));
}

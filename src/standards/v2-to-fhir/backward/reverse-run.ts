import type { Json } from "#kernel";
import type { Segment } from "#standards/hl7v2";
import type { ReadyMap, ReadyMaps } from "../compile.ts";
import type { Way } from "../target.ts";
import type { WrittenNames } from "./authority.ts";
import { listIn, objectIn, type ResourceSet } from "./resource-set.ts";
import type { Constraint, Reversal } from "./reversal.ts";

/** One message being written. */
export interface ReverseRun {
  readonly maps: ReadyMaps;
  readonly reversals: ReadonlyMap<string, Reversal>;
  readonly set: ResourceSet;
  readonly names: WrittenNames;
  /** What decisions of the rows ask for, as when they are run forwards. */
  readonly settings: Readonly<Record<string, string>>;
  /** The segment of that name that the one being written belongs to. */
  lookup(name: string): Segment | undefined;
  /** Told of each row that has written a value. */
  wrote(row: string): void;
}

/** A value that a row's element has, and the entry of the list that it is in. */
export interface Hit {
  readonly value: Json;
  /** Absent where the way leads through no list. */
  readonly entry?: Json;
}

export interface Search {
  readonly steps: readonly Way[];
  readonly constraints: readonly Constraint[];
  readonly set: ResourceSet;
  /** In a data type map each number is an entry of the list; in a segment map each entry is a repetition. */
  readonly isOfType?: boolean;
}

/** Every value at the end of the way, from the resource or element on. */
export function hitsOf(json: Json | undefined, search: Search, at = 0, entry?: Json): readonly Hit[] {
  const step = search.steps[at];
  if (json === undefined || json === null) return [];
  if (step === undefined) return [entry === undefined ? { value: json } : { value: json, entry }];
  const object = objectIn(json);
  const held = object?.[step.is === "beside" ? `_${step.key}` : step.key];
  const entries = step.isList ? chosen(listIn(held), step, { search, at }) : held === undefined ? [] : [held];
  return entries.flatMap((each) => {
    const next = step.is === "resource" ? search.set.resolve(each, step.type) : each;
    return hitsOf(next as Json | undefined, search, at + 1, step.repeats ? each : entry);
  });
}

/** By what the rows write beside it; else each where it repeats, and otherwise the one of that number. */
function chosen(entries: readonly Json[], step: Way, { search, at }: { search: Search; at: number }): readonly Json[] {
  const own = search.constraints.filter(({ depth }) => depth === at + 1);
  const { set } = search;
  const fitting = entries.filter((entry) => {
    const held = step.is === "resource" ? (set.resolve(entry, step.type) as Json | undefined) : entry;
    return own.every(({ path, text }) => has(held, path, { text, set }));
  });
  if (step.repeats && search.isOfType !== true) return fitting;
  const number = own.length === 0 && /^\d+$/.test(step.index) ? Number(step.index) : 1;
  return fitting.slice(number - 1, number);
}

interface Fixed {
  readonly text: string;
  readonly set: ResourceSet;
}

/** Whether an entry has this text there, in any of the lists on the way. */
function has(json: Json | undefined, [step, ...rest]: readonly Way[], fixed: Fixed): boolean {
  if (step === undefined) return String(json) === fixed.text;
  const held = objectIn(json)?.[step.is === "beside" ? `_${step.key}` : step.key];
  return listIn(held).some((each) => {
    const next = step.is === "resource" ? fixed.set.resolve(each, step.type) : each;
    return has(next as Json | undefined, rest, fixed);
  });
}

/** The constants of a pair of numbers (EIP) say which of the two an identifier is. */
export function pairConstraints(inner: ReadyMap | undefined, depth: number): readonly Constraint[] {
  if (inner === undefined || !inner.name.startsWith("EIP")) return [];
  return inner.rows.flatMap(({ assignment, target }) => {
    const fixed = assignment?.is === "joined" ? assignment.parts.map((part) => ("text" in part ? part.text : "")) : [];
    const path = target.last === undefined ? target.way : [...target.way, target.last];
    return fixed.length === 0 ? [] : [{ depth, path, text: fixed.join("") }];
  });
}

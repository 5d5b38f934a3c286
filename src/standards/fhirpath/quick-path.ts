import { isJsonObject, type Json, type JsonObject } from "#kernel";
import { shapeOf } from "#standards/fhir";
import { isPrimitive, stepsOf, type Variant } from "./model.ts";
import type { Syntax } from "./syntax.ts";

/** A path whose every step has one type that is known beforehand: it is walked over the JSON itself, without nodes. */
export interface QuickPath {
  readonly type: string;
  readonly steps: readonly QuickStep[];
}

export interface QuickStep {
  readonly variants: readonly Variant[];
  /** Whether items are left out; a criterion of `where()`. */
  readonly criterion?: QuickTest;
}

export type QuickTest = (value: Json | undefined) => boolean | undefined;

/** Makes the criterion of a `where()` ready for items of a type; undefined where it is none for the quick way. */
export type CriterionOf = (syntax: Syntax, type: string) => QuickTest | undefined;

/** Undefined where a step's type is not known, or the path is more than names and `where()`. */
export function quickPath(syntax: Syntax, type: string, criterionOf: CriterionOf): QuickPath | undefined {
  if (syntax.is === "this") return { type, steps: [] };
  if (syntax.is === "call" && syntax.name === "where") return pathOfWhere(syntax, type, criterionOf);
  if (syntax.is !== "member") return undefined;
  // `Patient.name` on a Patient; with derived types in between the long way is taken.
  if (syntax.base === undefined && syntax.name === type) return { type, steps: [] };
  const base = syntax.base === undefined ? { type, steps: [] } : quickPath(syntax.base, type, criterionOf);
  if (base === undefined || base.type === "" || isPrimitive(base.type)) return undefined;
  const variants = stepsOf(base.type)?.get(syntax.name)?.variants ?? [];
  const [first] = variants;
  if (first === undefined || variants.some((variant) => shapeOf(variant.type)?.abstract === true)) return undefined;
  return { type: variants.length === 1 ? first.type : "", steps: [...base.steps, { variants }] };
}

function pathOfWhere(
  { base, args }: Extract<Syntax, { readonly is: "call" }>,
  type: string,
  criterionOf: CriterionOf,
): QuickPath | undefined {
  const [arg] = args;
  const from = base === undefined ? { type, steps: [] } : quickPath(base, type, criterionOf);
  if (arg === undefined || args.length > 1 || from === undefined || from.type === "") return undefined;
  const criterion = criterionOf(arg, from.type);
  return criterion && { type: from.type, steps: [...from.steps, { variants: [], criterion }] };
}

/** Whether any item at the end of the path passes. An item that is a primitive without value is undefined. */
export function anyOf({ steps }: QuickPath, passes: (value: Json | undefined) => boolean): (value: Json) => boolean {
  let test = passes;
  for (const { variants, criterion } of steps.toReversed()) {
    const next = test;
    test = criterion === undefined ? anyUnder(variants, next) : (value) => criterion(value) === true && next(value);
  }
  return test;
}

function anyUnder(
  variants: readonly Variant[],
  next: (value: Json | undefined) => boolean,
): (value: Json | undefined) => boolean {
  const [only] = variants;
  if (only !== undefined && variants.length === 1) return (value) => hasAny(value, only, next);
  return (value) => variants.some((variant) => hasAny(value, variant, next));
}

function hasAny(
  holder: Json | undefined,
  { key, besideKey }: Variant,
  next: (value: Json | undefined) => boolean,
): boolean {
  if (!isJsonObject(holder)) return false;
  const value = (holder as JsonObject)[key];
  if (!Array.isArray(value)) {
    if (value !== undefined) return next(value === null ? undefined : value);
    return besideKey !== undefined && holder[besideKey] !== undefined && hasBeside(holder[besideKey], next);
  }
  for (let at = 0; at < value.length; at += 1) {
    const item = value[at] as Json;
    if (next(item === null ? undefined : item)) return true;
  }
  return false;
}

function hasBeside(beside: Json | undefined, next: (value: Json | undefined) => boolean): boolean {
  return (!Array.isArray(beside) || beside.length > 0) && next(undefined);
}

/** Stands for a primitive that has extensions and no value. */
export const noValue: unique symbol = Symbol("no value");

/** Reads the one item at the end of a path; undefined where a step may have several items, or several types. */
export function onlyOf({ steps }: QuickPath): ((value: Json) => Json | typeof noValue | undefined) | undefined {
  const variants = steps.map((step) => (step.criterion === undefined ? step.variants[0] : undefined));
  if (steps.some((step) => step.variants.length !== 1) || variants.some((variant) => variant?.many !== false)) {
    return undefined;
  }
  const keys = variants.map((variant) => variant?.key ?? "");
  const besideKey = variants.at(-1)?.besideKey;
  return (value) => {
    let at: Json | undefined = value;
    for (let step = 0; step < keys.length; step += 1) {
      if (!isJsonObject(at)) return undefined;
      const found: Json | undefined = (at as JsonObject)[keys[step] as string];
      if (found === undefined && besideKey !== undefined && step === keys.length - 1) {
        return (at as JsonObject)[besideKey] === undefined ? undefined : noValue;
      }
      at = found;
    }
    return at;
  };
}

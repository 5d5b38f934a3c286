import type { JsonObject } from "#kernel";
import { type PrimitiveCheck, primitiveChecks } from "./primitive.ts";
import { type Check, isFull, report, type Walk } from "./structure-walk.ts";

/** Checks what stands under a key of `object`. */
export type MemberCheck = (value: unknown, object: JsonObject, walk: Walk) => void;

export interface PrimitiveSettings {
  readonly key: string;
  readonly type: string;
  /** The only ones allowed, where a required binding says so. */
  readonly codes: readonly string[] | undefined;
}

/** An element with a maximum of one: no array. */
export function oneOf(check: Check): MemberCheck {
  return (value, _object, walk) => {
    if (Array.isArray(value)) report(walk, "wrong-json-type", "This element has one value at most: no array.");
    else check(value, walk);
  };
}

export function manyOf(check: Check): MemberCheck {
  return (value, _object, walk) => checkItems(value, walk, check);
}

export function onePrimitive(settings: PrimitiveSettings): MemberCheck {
  return oneOf(primitiveValue(settings));
}

/** Where an item is null, the `_` sibling has something at that place. Source: FHIR R4 §2.6.2.3. */
export function manyPrimitives(settings: PrimitiveSettings): MemberCheck {
  const check = primitiveValue(settings);
  const siblingKey = `_${settings.key}`;
  return (value, object, walk) =>
    checkItems(value, walk, (item, at) => {
      if (item !== null || !hasItem(object[siblingKey], at.path.at(-1))) check(item, at);
    });
}

export function oneBeside(check: Check): MemberCheck {
  return oneOf(check);
}

export function manyBeside(key: string, check: Check): MemberCheck {
  return (value, object, walk) =>
    checkItems(value, walk, (item, at) => {
      if (item !== null || !hasItem(object[key], at.path.at(-1))) check(item, at);
    });
}

function hasItem(list: unknown, index: string | number | undefined): boolean {
  if (!Array.isArray(list) || typeof index !== "number") return false;
  return list[index] !== undefined && list[index] !== null;
}

function checkItems(value: unknown, walk: Walk, check: Check): void {
  if (!Array.isArray(value)) {
    report(walk, "wrong-json-type", "This element must be an array.");
    return;
  }
  if (value.length === 0) report(walk, "empty-value", "An array must not be empty.");
  for (let index = 0; index < value.length && !isFull(walk); index += 1) {
    walk.path.push(index);
    check(value[index], walk);
    walk.path.pop();
  }
}

function primitiveValue({ key, type, codes }: PrimitiveSettings): Check {
  const flawOf = primitiveChecks[type];
  if (flawOf === undefined) throw new Error(`There is no check for the primitive type ${type}.`);
  return codes === undefined ? plainValue(key, flawOf) : boundCode(key, flawOf, codes);
}

function plainValue(key: string, flawOf: PrimitiveCheck): Check {
  return (value, walk) => {
    const flaw = flawOf(value);
    if (flaw !== undefined) report(walk, flaw.code, `${key} ${flaw.message}.`);
  };
}

/** Longer lists are not spelt out in the problem. */
const codesToldMax = 12;

function boundCode(key: string, flawOf: PrimitiveCheck, codes: readonly string[]): Check {
  const allowed: ReadonlySet<unknown> = new Set(codes);
  const told = codes.length <= codesToldMax ? codes.join(", ") : "the codes of its required value set";
  return (value, walk) => {
    if (allowed.has(value)) return;
    const flaw = flawOf(value);
    if (flaw !== undefined) report(walk, flaw.code, `${key} ${flaw.message}.`);
    else report(walk, "code-not-in-value-set", `${key} must be one of ${told}.`);
  };
}

import { isJsonObject, type Json, type JsonObject } from "#kernel";
import { asDecimal, asQuantity, compareTemporals, isNumber, isTagged, isTemporal } from "./comparison.ts";
import { compareDecimals, type Decimal, decimalText, rounded } from "./decimal.ts";
import type { Collection, Node } from "./node.ts";
import { type Run, spend } from "./run.ts";
import type { SystemValue } from "./system-value.ts";
import { compareQuantities, isEquivalentQuantity } from "./units.ts";
import { systemValueOf } from "./values.ts";

/** `=` of two collections: of the same length, item by item in order. Undefined where it cannot be told. */
export function areEqual(run: Run, left: Collection, right: Collection): boolean | undefined {
  if (left.length === 0 || right.length === 0) return undefined;
  if (left.length !== right.length) return false;
  let isKnown = true;
  for (let at = 0; at < left.length; at += 1) {
    if (!spend(run, 1)) return undefined;
    const equal = isEqual(left[at] as Node, right[at] as Node);
    if (equal === false) return false;
    if (equal === undefined) isKnown = false;
  }
  return isKnown ? true : undefined;
}

/** Source: FHIRPath 2.0 §6.1.1 (Equals). Undefined for dates of different precision and the like. */
export function isEqual(left: Node, right: Node): boolean | undefined {
  const [first, second] = [systemValueOf(left), systemValueOf(right)];
  if (first !== undefined && second !== undefined) return areValuesEqual(first, second);
  if (first !== undefined || second !== undefined) return areElementsSame(left, right);
  return areElementsSame(left, right) && isJsonEqual(left.beside, right.beside);
}

function areElementsSame(left: Node, right: Node): boolean {
  if (left.value === undefined || right.value === undefined) return left.value === right.value;
  return isJsonEqual(left.value as Json, right.value as Json);
}

function areValuesEqual(left: SystemValue, right: SystemValue): boolean | undefined {
  if (typeof left !== "object" && typeof right !== "object") return left === right;
  if (isNumber(left) && isNumber(right)) return compareDecimals(asDecimal(left), asDecimal(right)) === 0;
  if (isTemporal(left) && isTemporal(right)) return isOrderEqual(compareTemporals(left, right));
  if (isTagged(left, "quantity") || isTagged(right, "quantity")) {
    const [first, second] = [asQuantity(left), asQuantity(right)];
    return first !== undefined && second !== undefined && isOrderEqual(compareQuantities(first, second));
  }
  return false;
}

function isOrderEqual(order: number | undefined | "incomparable"): boolean | undefined {
  return order === undefined ? undefined : order === 0;
}

/** Names in any order. Absent and undefined are the same. */
function isJsonEqual(left: Json | undefined, right: Json | undefined): boolean {
  if (left === right) return true;
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((item, at) => isJsonEqual(item as Json, right[at] as Json));
  }
  if (!isJsonObject(left) || !isJsonObject(right)) return false;
  const [first, second] = [left as JsonObject, right as JsonObject];
  const keys = Object.keys(first);
  return keys.length === Object.keys(second).length && keys.every((key) => isJsonEqual(first[key], second[key]));
}

/** `~` of two collections: the same items in any order. Two empty ones are equivalent. */
export function areEquivalent(run: Run, left: Collection, right: Collection): boolean {
  if (left.length !== right.length) return false;
  const rest = [...right];
  return left.every((node) => {
    if (!spend(run, rest.length)) return false;
    const at = rest.findIndex((other) => isEquivalent(node, other));
    if (at >= 0) rest.splice(at, 1);
    return at >= 0;
  });
}

/** Source: FHIRPath 2.0 §6.1.2 (Equivalent). */
export function isEquivalent(left: Node, right: Node): boolean {
  const [first, second] = [systemValueOf(left), systemValueOf(right)];
  if (first !== undefined && second !== undefined) return areValuesEquivalent(first, second);
  return first === undefined && second === undefined && isJsonEquivalent(left.value as Json, right.value as Json);
}

function areValuesEquivalent(left: SystemValue, right: SystemValue): boolean {
  if (typeof left === "string" && typeof right === "string") return plainText(left) === plainText(right);
  if (isNumber(left) && isNumber(right)) {
    const [first, second] = [asDecimal(left), asDecimal(right)];
    const scale = Math.min(first.scale, second.scale);
    return compareDecimals(rounded(first, scale), rounded(second, scale)) === 0;
  }
  if (isTagged(left, "quantity") && isTagged(right, "quantity")) return isEquivalentQuantity(left, right);
  return areValuesEqual(left, right) === true;
}

function plainText(text: string): string {
  return text.trim().replace(/\s+/g, " ").toLowerCase();
}

function isJsonEquivalent(left: Json | undefined, right: Json | undefined): boolean {
  if (typeof left === "string" && typeof right === "string") return plainText(left) === plainText(right);
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((item, at) => isJsonEquivalent(item as Json, right[at] as Json));
  }
  if (!isJsonObject(left) || !isJsonObject(right)) return left === right;
  const [first, second] = [left as JsonObject, right as JsonObject];
  const keys = Object.keys({ ...first, ...second }).filter((key) => key !== "id");
  return keys.every((key) => isJsonEquivalent(first[key], second[key]));
}

/** The same text for what is equal, where there is such a text; undefined for dates, quantities and elements with parts. */
function keyOf(node: Node): string | undefined {
  const value = systemValueOf(node);
  if (typeof value === "string") return `s${value}`;
  if (typeof value === "boolean") return `b${value}`;
  if (typeof value === "number") return `n${value}`;
  if (value === undefined) return undefined;
  if (isTagged(value, "decimal")) return `n${shortText(value)}`;
  return isTagged(value, "quantity") && value.unit === "1" ? `n${shortText(value.value)}` : undefined;
}

/** Without zeros at the end. */
function shortText(decimal: Decimal): string {
  const text = decimalText(decimal);
  return text.includes(".") ? text.replace(/\.?0+$/, "").replace(/^-0$/, "0") : text;
}

/** Finds items again by equality; those that have a key without looking at the others. */
export interface Lookup {
  has(node: Node): boolean;
  add(node: Node): void;
}

export function newLookup(run: Run, nodes: Collection = []): Lookup {
  const keys = new Set<string>();
  const others: Node[] = [];
  const lookup: Lookup = {
    has: (node) => {
      const key = keyOf(node);
      if (key !== undefined) return keys.has(key) || (key.startsWith("n") && hasAmong(run, others, node));
      return hasAmong(run, others, node);
    },
    add: (node) => {
      const key = keyOf(node);
      if (key === undefined) others.push(node);
      else keys.add(key);
    },
  };
  for (const node of nodes) lookup.add(node);
  return lookup;
}

/** Also of numbers: a quantity may come out as one of them, in per cent for example. */
function hasAmong(run: Run, others: readonly Node[], node: Node): boolean {
  return spend(run, others.length) && others.some((other) => isEqual(other, node) === true);
}

/** Each item once. */
export function distinct(run: Run, nodes: Collection): Collection {
  if (nodes.length < 2) return nodes;
  const seen = newLookup(run);
  return nodes.filter((node) => {
    if (!spend(run, 1) || seen.has(node)) return false;
    seen.add(node);
    return true;
  });
}

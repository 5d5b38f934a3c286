import type { Json, JsonObject } from "#kernel";
import { type SystemValue, systemTypeOf } from "./system-value.ts";

/** One item of a collection, with its place. */
export interface Node {
  /** JSON where `type` is a FHIR type or unknown; undefined where a primitive has extensions alone. */
  readonly value: Json | SystemValue | undefined;
  /** A shape of R4 (`HumanName`, `Patient.contact`, `code`), `System.String` and the like, or "" where it is not known. */
  readonly type: string;
  /** The `_` sibling of a primitive. */
  readonly beside: JsonObject | undefined;
  /** What it was reached from, under which JSON key, and at which index where that key holds an array. */
  readonly parent: Node | undefined;
  readonly key: string;
  readonly index: number | undefined;
}

export type Collection = readonly Node[];

export const none: Collection = [];

export function rootNode(value: Json, type: string): Node {
  return { value, type, beside: undefined, parent: undefined, key: "", index: undefined };
}

export function systemNode(value: SystemValue): Node {
  return {
    value,
    type: `System.${systemTypeOf(value)}`,
    beside: undefined,
    parent: undefined,
    key: "",
    index: undefined,
  };
}

const trueOnly: Collection = [systemNode(true)];
const falseOnly: Collection = [systemNode(false)];

export function one(value: SystemValue | undefined): Collection {
  if (value === undefined) return none;
  if (value === true) return trueOnly;
  return value === false ? falseOnly : [systemNode(value)];
}

export function isSystem(node: Node): boolean {
  return node.type.startsWith("System.");
}

/** JSON keys and indexes from the root to the node. */
export function pathOf(node: Node): readonly (string | number)[] {
  const path: (string | number)[] = [];
  for (let at: Node | undefined = node; at?.parent !== undefined; at = at.parent) {
    if (at.index !== undefined) path.unshift(at.index);
    path.unshift(at.key);
  }
  return path;
}

import { isJsonObject, type Json, type JsonObject } from "#kernel";
import { isPrimitive, type Step, stepsOf, type Variant } from "./model.ts";
import { type Collection, isSystem, type Node, systemNode } from "./node.ts";
import { type Evaluate, type Run, spend } from "./run.ts";
import { systemValueOf, typeOfJson } from "./values.ts";

/** `base.name`: the elements of that name of every item. */
export function stepInto(base: Evaluate, name: string): Evaluate {
  let lastType = "";
  let lastStep: Step | undefined;
  return (run, context) => {
    const input = base(run, context);
    const found: Node[] = [];
    if (!spend(run, input.length + 1)) return found;
    for (const node of input) {
      if (node.type !== lastType) {
        lastType = node.type;
        lastStep = stepsOf(lastType)?.get(name);
      }
      if (lastStep !== undefined) pushStep(found, node, lastStep);
      else if (node.type === "" || name === "value") pushOther(found, node, name);
    }
    return found;
  };
}

/** Of a primitive, elements lie in its `_` sibling. */
function holderOf({ type, value, beside }: Node): JsonObject | undefined {
  if (isPrimitive(type)) return beside;
  return isJsonObject(value) ? (value as JsonObject) : undefined;
}

function pushStep(found: Node[], node: Node, step: Step): void {
  const holder = holderOf(node);
  if (holder === undefined) return;
  for (const variant of step.variants) {
    const value = holder[variant.key];
    const beside = variant.besideKey === undefined ? undefined : holder[variant.besideKey];
    if (value !== undefined || beside !== undefined) pushValue(found, { node, variant, value, beside });
  }
}

interface Found {
  readonly node: Node;
  readonly variant: Variant;
  readonly value: Json | undefined;
  readonly beside: Json | undefined;
}

function pushValue(found: Node[], { node, variant, value, beside }: Found): void {
  const { key, type } = variant;
  if (!Array.isArray(value) && !Array.isArray(beside)) {
    found.push(childNode({ node, key, type, value, beside, index: undefined }));
    return;
  }
  const values = Array.isArray(value) ? (value as readonly Json[]) : [];
  const besides = Array.isArray(beside) ? (beside as readonly Json[]) : [];
  for (let index = 0; index < Math.max(values.length, besides.length); index += 1) {
    found.push(childNode({ node, key, type, value: values[index], beside: besides[index], index }));
  }
}

interface Child {
  readonly node: Node;
  readonly key: string;
  readonly type: string;
  readonly value: Json | undefined;
  readonly beside: Json | undefined;
  readonly index: number | undefined;
}

function childNode({ node, key, type, value, beside, index }: Child): Node {
  return {
    value: value === null ? undefined : value,
    type: type === "Resource" && value !== undefined ? typeOfJson(value) : type,
    beside: isJsonObject(beside) ? beside : undefined,
    parent: node,
    key,
    index,
  };
}

/** Where the type is not known, names are JSON's; and the `value` of a primitive is its System value. */
function pushOther(found: Node[], node: Node, name: string): void {
  if (isPrimitive(node.type) && node.type !== "") {
    const value = systemValueOf(node);
    if (value !== undefined) found.push(systemNode(value));
    return;
  }
  if (node.type !== "" || !isJsonObject(node.value)) return;
  const holder = node.value as JsonObject;
  if (!Object.hasOwn(holder, name)) return;
  const variant: Variant = { key: name, besideKey: undefined, type: "Resource", many: true };
  pushValue(found, { node, variant, value: holder[name], beside: undefined });
}

/** All elements of every item, in the order of the definition; of a primitive those beside its value. */
export function childrenOf(run: Run, input: Collection): Collection {
  const found: Node[] = [];
  for (const node of input) {
    if (!spend(run, 1)) return found;
    pushChildren(found, node);
  }
  return found;
}

function pushChildren(found: Node[], node: Node): void {
  if (isSystem(node)) return;
  const holder = holderOf(node);
  if (holder === undefined) return;
  const steps = stepsOf(node.type);
  if (steps !== undefined) for (const step of steps.values()) pushStep(found, node, step);
  else for (const name of Object.keys(holder)) pushOther(found, node, name);
}

/** The children, then their children, and so on. */
export function descendantsOf(run: Run, input: Collection): Collection {
  const found: Node[] = [];
  for (const node of input) pushChildren(found, node);
  for (let at = 0; at < found.length; at += 1) {
    if (!spend(run, 1)) return found;
    pushChildren(found, found[at] as Node);
  }
  return found;
}

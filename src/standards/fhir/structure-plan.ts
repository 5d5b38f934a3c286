import { isJsonObject, type JsonObject } from "#kernel";
import { type ElementDefinition, isPrimitiveType, jsonKey, type Shape, shapeOf, type TypeUse } from "./definitions.ts";
import { manyBeside, manyOf, manyPrimitives, oneBeside, oneOf, onePrimitive } from "./structure-member.ts";
import { report, reportUnder, type Walk } from "./structure-walk.ts";

/** A shape made ready for checking: each JSON key with what it must hold. */
export interface ShapePlan {
  readonly isResource: boolean;
  readonly members: ReadonlyMap<string, Member>;
  /** A bit for every required element. */
  readonly requiredBits: number;
  /** The names of the required elements whose bits were not seen. */
  missing(seen: number): readonly string[];
  /** Reports the choices among `bits` that really have two types, and not a value with its `_` sibling. */
  reportChoices(object: JsonObject, bits: number, walk: Walk): void;
}

export interface Member {
  /** As FHIRPath has it: `value.ofType(Quantity)` for the key `valueQuantity`. */
  readonly pathName: string;
  /** Of the element where it is required or a choice, otherwise 0. */
  readonly bit: number;
  readonly choiceBit: number;
  check(value: unknown, object: JsonObject, walk: Walk): void;
}

/** What the plan calls for values that are objects; handed in, as shapes and resources contain each other. */
export interface ObjectChecks {
  checkShape(name: string, object: JsonObject, walk: Walk): void;
  checkAnyResource(value: unknown, walk: Walk): void;
}

interface Flagged {
  readonly element: ElementDefinition;
  readonly bit: number;
}

const plans = new Map<string, ShapePlan>();

export function shapePlanOf(name: string, checks: ObjectChecks): ShapePlan {
  let plan = plans.get(name);
  if (plan === undefined) {
    const shape = shapeOf(name);
    if (shape === undefined) throw new Error(`The R4 definitions have no shape ${name}.`);
    plan = planOf(shape, checks);
    plans.set(name, plan);
  }
  return plan;
}

function planOf(shape: Shape, checks: ObjectChecks): ShapePlan {
  let nextBit = 1;
  const members = new Map<string, Member>();
  const required: Flagged[] = [];
  const choices: Flagged[] = [];
  for (const element of shape.elements) {
    const isFlagged = element.min > 0 || element.choice;
    const flagged = { element, bit: isFlagged ? nextBit : 0 };
    if (isFlagged) nextBit *= 2;
    if (element.min > 0) required.push(flagged);
    if (element.choice) choices.push(flagged);
    for (const type of element.types) addMembers(members, flagged, type, checks);
  }
  return {
    isResource: shape.kind === "resource",
    members,
    requiredBits: required.reduce((bits, { bit }) => bits | bit, 0),
    missing: (seen) => required.filter(({ bit }) => (seen & bit) === 0).map(({ element }) => element.name),
    reportChoices: (object, bits, walk) => {
      for (const { element, bit } of choices) if ((bits & bit) !== 0) reportChoice(element, object, walk);
    },
  };
}

function reportChoice(element: ElementDefinition, object: JsonObject, walk: Walk): void {
  const given = element.types
    .map((type) => jsonKey(element, type.name))
    .filter((key) => object[key] !== undefined || object[`_${key}`] !== undefined);
  if (given.length < 2) return;
  const message = `Only one of ${given.join(" and ")} may be given.`;
  reportUnder(walk, element.name, { code: "choice-given-twice", message });
}

function addMembers(
  members: Map<string, Member>,
  { element, bit }: Flagged,
  type: TypeUse,
  checks: ObjectChecks,
): void {
  const key = jsonKey(element, type.name);
  const many = element.max > 1;
  const common = {
    pathName: element.choice ? `${element.name}.ofType(${type.name})` : element.name,
    bit,
    choiceBit: element.choice ? bit : 0,
  };
  if (!isPrimitiveType(type.name)) {
    const check = objectCheck(type.name, checks);
    members.set(key, { ...common, check: many ? manyOf(check) : oneOf(check) });
    return;
  }
  const settings = { key, type: type.name, codes: element.codes?.codes };
  members.set(key, { ...common, check: many ? manyPrimitives(settings) : onePrimitive(settings) });
  const beside = objectCheck("Element", checks);
  members.set(`_${key}`, { ...common, check: many ? manyBeside(key, beside) : oneBeside(beside) });
}

function objectCheck(typeName: string, checks: ObjectChecks): (value: unknown, walk: Walk) => void {
  if (typeName === "Resource") return checks.checkAnyResource;
  return (value, walk) => {
    if (isJsonObject(value)) checks.checkShape(typeName, value, walk);
    else report(walk, "wrong-json-type", "This element must be a JSON object.");
  };
}

import { distinct, newLookup } from "../equality.ts";
import { type Collection, type Node, none, one } from "../node.ts";
import { type Evaluate, fail, type Run, spend } from "../run.ts";
import { booleanOf } from "../values.ts";
import { type FunctionTable, givesBoolean, givesInput, givesInteger, lambdaFunction, valueFunction } from "./rule.ts";

/** Whether a criterion is true for the item at `index`; undefined where it is empty. */
export function holdsFor(run: Run, criterion: Evaluate, input: Collection, index: number): boolean | undefined {
  if (!spend(run, 1)) return undefined;
  const before = run.index;
  run.index = index;
  const held = booleanOf(run, criterion(run, [input[index] as Node]));
  run.index = before;
  return held;
}

/** Source: FHIRPath 2.0 §5.1 (Existence). */
export const existenceFunctions: FunctionTable = {
  empty: valueFunction(0, (_, input) => one(input.length === 0), givesBoolean),
  exists: lambdaFunction(
    [0, 1],
    (run, input, [criterion]) =>
      one(criterion === undefined ? input.length > 0 : input.some((_, at) => holdsFor(run, criterion, input, at))),
    givesBoolean,
  ),
  all: lambdaFunction(
    1,
    (run, input, [criterion]) =>
      one(criterion !== undefined && input.every((_, at) => holdsFor(run, criterion, input, at) === true)),
    givesBoolean,
  ),
  allTrue: valueFunction(0, (run, input) => one(booleans(run, input).every((value) => value)), givesBoolean),
  anyTrue: valueFunction(0, (run, input) => one(booleans(run, input).some((value) => value)), givesBoolean),
  allFalse: valueFunction(0, (run, input) => one(booleans(run, input).every((value) => !value)), givesBoolean),
  anyFalse: valueFunction(0, (run, input) => one(booleans(run, input).some((value) => !value)), givesBoolean),
  subsetOf: valueFunction(1, (run, input, [other = none]) => one(isSubset(run, input, other)), givesBoolean),
  supersetOf: valueFunction(1, (run, input, [other = none]) => one(isSubset(run, other, input)), givesBoolean),
  count: valueFunction(0, (_, input) => one(input.length), givesInteger),
  distinct: valueFunction(0, (run, input) => distinct(run, input), givesInput),
  isDistinct: valueFunction(0, (run, input) => one(distinct(run, input).length === input.length), givesBoolean),
};

function booleans(run: Run, input: Collection): readonly boolean[] {
  return input.map(({ value }) => {
    if (typeof value === "boolean") return value;
    fail(run, "fhirpath-wrong-type", "Only true and false are expected here.");
    return false;
  });
}

function isSubset(run: Run, part: Collection, whole: Collection): boolean {
  const lookup = newLookup(run, whole);
  return part.every((node) => spend(run, 1) && lookup.has(node));
}

import { distinct, newLookup } from "../equality.ts";
import { childrenOf, descendantsOf } from "../navigation.ts";
import { type Collection, type Node, none } from "../node.ts";
import { type Evaluate, type Run, single, spend } from "../run.ts";
import { booleanOf, integerOf } from "../values.ts";
import { holdsFor } from "./existence.ts";
import { type FunctionTable, givesInput, lambdaFunction, valueFunction } from "./rule.ts";

const onOrdered = { gives: "input", isOrdered: true } as const;

/** Source: FHIRPath 2.0 §5.2 (Filtering and projection), §5.3 (Subsetting), §5.4 (Combining), §5.8, §7. */
export const collectionFunctions: FunctionTable = {
  where: lambdaFunction(
    1,
    (run, input, [criterion]) =>
      criterion === undefined ? none : input.filter((_, at) => holdsFor(run, criterion, input, at) === true),
    givesInput,
  ),
  select: lambdaFunction(1, (run, input, [projection]) => projected(run, input, projection), { gives: "argument" }),
  repeat: lambdaFunction(1, (run, input, [projection]) => repeated(run, input, projection)),
  aggregate: lambdaFunction([1, 2], aggregated),
  iif: lambdaFunction([2, 3], chosen),
  single: valueFunction(0, (run, input) => list(single(run, input)), givesInput),
  first: valueFunction(0, (_, input) => input.slice(0, 1), onOrdered),
  last: valueFunction(0, (_, input) => input.slice(-1), onOrdered),
  tail: valueFunction(0, (_, input) => input.slice(1), onOrdered),
  skip: valueFunction(
    1,
    (run, input, [count = none]) => input.slice(Math.max(0, integerOf(run, count) ?? 0)),
    onOrdered,
  ),
  take: valueFunction(
    1,
    (run, input, [count = none]) => input.slice(0, Math.max(0, integerOf(run, count) ?? 0)),
    onOrdered,
  ),
  intersect: valueFunction(1, (run, input, [other = none]) => intersection(run, input, other), givesInput),
  exclude: valueFunction(1, (run, input, [other = none]) => difference(run, input, other), givesInput),
  union: valueFunction(1, (run, input, [other = none]) => distinct(run, [...input, ...other]), { gives: "both" }),
  combine: valueFunction(1, (_, input, [other = none]) => [...input, ...other], { gives: "both" }),
  children: valueFunction(0, (run, input) => childrenOf(run, input)),
  descendants: valueFunction(0, (run, input) => descendantsOf(run, input)),
};

function list(node: Node | undefined): Collection {
  return node === undefined ? none : [node];
}

function projected(run: Run, input: Collection, projection: Evaluate | undefined): Collection {
  const before = run.index;
  const found: Node[] = [];
  for (let at = 0; at < input.length && projection !== undefined && spend(run, 1); at += 1) {
    run.index = at;
    for (const node of projection(run, [input[at] as Node])) found.push(node);
  }
  run.index = before;
  return found;
}

/** Whatever the projection gives is projected again, until nothing new comes. */
function repeated(run: Run, input: Collection, projection: Evaluate | undefined): Collection {
  const seen = newLookup(run);
  const found: Node[] = [];
  let layer = input;
  while (layer.length > 0 && run.problem === undefined) {
    layer = projected(run, layer, projection).filter((node) => {
      if (!spend(run, 4) || seen.has(node)) return false;
      seen.add(node);
      return true;
    });
    for (const node of layer) found.push(node);
  }
  return found;
}

function aggregated(run: Run, input: Collection, [step, start]: readonly Evaluate[]): Collection {
  const before = { index: run.index, total: run.total };
  let total = start === undefined ? none : start(run, input);
  for (let at = 0; at < input.length && step !== undefined && spend(run, 1); at += 1) {
    run.index = at;
    run.total = total;
    total = step(run, [input[at] as Node]);
  }
  run.index = before.index;
  run.total = before.total;
  return total;
}

/** Only the branch that is chosen is worked out. */
function chosen(run: Run, input: Collection, [criterion, whenTrue, otherwise]: readonly Evaluate[]): Collection {
  single(run, input);
  if (criterion === undefined || run.problem !== undefined) return none;
  const branch = booleanOf(run, criterion(run, input)) === true ? whenTrue : otherwise;
  return branch === undefined ? none : branch(run, input);
}

function intersection(run: Run, input: Collection, other: Collection): Collection {
  const lookup = newLookup(run, other);
  return distinct(
    run,
    input.filter((node) => spend(run, 1) && lookup.has(node)),
  );
}

function difference(run: Run, input: Collection, other: Collection): Collection {
  const lookup = newLookup(run, other);
  return input.filter((node) => spend(run, 1) && !lookup.has(node));
}

import { type ArithmeticOperator, calculate } from "./arithmetic.ts";
import { compareValues, isNumber, isTagged } from "./comparison.ts";
import { type Compiled, type Compiling, joinedTypes, type Types } from "./compiling.ts";
import { negate } from "./decimal.ts";
import { areEqual, areEquivalent, distinct, newLookup } from "./equality.ts";
import { bounded } from "./functions/strings.ts";
import { type Collection, none, one } from "./node.ts";
import { type Evaluate, fail, type Run, single } from "./run.ts";
import type { BinarySyntax, Operator, Syntax } from "./syntax.ts";
import { booleanOf, singleValue, textOf } from "./values.ts";

type Work = (run: Run, left: Collection, right: Collection) => Collection;

export function compileBinary(syntax: BinarySyntax, context: Types, compiling: Compiling): Compiled {
  const left = compiling.compile(syntax.left, context);
  const right = compiling.compile(syntax.right, context);
  const { operator } = syntax;
  if (operator === "and" || operator === "or" || operator === "xor" || operator === "implies") {
    return { evaluate: logic(operator, left.evaluate, right.evaluate), types: ["System.Boolean"] };
  }
  const work = works[operator];
  return {
    evaluate: (run, items) => work(run, left.evaluate(run, items), right.evaluate(run, items)),
    types: operator === "|" ? joinedTypes(left.types, right.types) : typesOf(operator),
  };
}

function typesOf(operator: Operator): Types {
  if (operator === "&") return ["System.String"];
  return ["+", "-", "*", "/", "div", "mod"].includes(operator) ? undefined : ["System.Boolean"];
}

type Truth = boolean | undefined;

/** Three-valued; the right side is left out where the left one decides. Source: FHIRPath 2.0 §6.5 (Boolean logic). */
function logic(operator: "and" | "or" | "xor" | "implies", left: Evaluate, right: Evaluate): Evaluate {
  const decide = decisions[operator];
  return (run, context) => {
    const first = booleanOf(run, left(run, context));
    if (operator === "and" ? first === false : operator === "or" ? first === true : false) return one(first);
    if (operator === "implies" && first === false) return one(true);
    return one(decide(first, booleanOf(run, right(run, context))));
  };
}

const decisions: Readonly<Record<"and" | "or" | "xor" | "implies", (left: Truth, right: Truth) => Truth>> = {
  and: (left, right) => (left === false || right === false ? false : left === undefined ? undefined : right),
  or: (left, right) => (left === true || right === true ? true : left === undefined ? undefined : right),
  xor: (left, right) => (left === undefined || right === undefined ? undefined : left !== right),
  implies: (left, right) => (left === false || right === true ? true : left === undefined ? undefined : right),
};

const works: Readonly<Record<Exclude<Operator, "and" | "or" | "xor" | "implies">, Work>> = {
  "=": (run, left, right) => one(areEqual(run, left, right)),
  "!=": (run, left, right) => one(not(areEqual(run, left, right))),
  "~": (run, left, right) => one(areEquivalent(run, left, right)),
  "!~": (run, left, right) => one(!areEquivalent(run, left, right)),
  "<": (run, left, right) => one(ordered(run, [left, right], (order) => order < 0)),
  "<=": (run, left, right) => one(ordered(run, [left, right], (order) => order <= 0)),
  ">": (run, left, right) => one(ordered(run, [left, right], (order) => order > 0)),
  ">=": (run, left, right) => one(ordered(run, [left, right], (order) => order >= 0)),
  "|": (run, left, right) => distinct(run, left.length === 0 ? right : [...left, ...right]),
  in: (run, left, right) => memberOf(run, left, right),
  contains: (run, left, right) => memberOf(run, right, left),
  "&": (run, left, right) => one(bounded(run, (textOf(run, left) ?? "") + (textOf(run, right) ?? ""))),
  "+": arithmetic("+"),
  "-": arithmetic("-"),
  "*": arithmetic("*"),
  "/": arithmetic("/"),
  div: arithmetic("div"),
  mod: arithmetic("mod"),
};

function not(truth: Truth): Truth {
  return truth === undefined ? undefined : !truth;
}

function ordered(
  run: Run,
  [left, right]: readonly [Collection, Collection],
  decide: (order: number) => boolean,
): Truth {
  const [first, second] = [singleValue(run, left), singleValue(run, right)];
  if (first === undefined || second === undefined) return undefined;
  const order = compareValues(first, second);
  if (order !== "incomparable") return order === undefined ? undefined : decide(order);
  fail(run, "fhirpath-wrong-type", "These two values have no order between them.");
  return undefined;
}

function memberOf(run: Run, part: Collection, whole: Collection): Collection {
  const node = single(run, part);
  return node === undefined ? none : one(newLookup(run, whole).has(node));
}

function arithmetic(operator: ArithmeticOperator): Work {
  return (run, left, right) => {
    const [first, second] = [singleValue(run, left), singleValue(run, right)];
    if (first === undefined || second === undefined) return none;
    const result = calculate(operator, first, second);
    if (result === undefined) {
      return fail(run, "fhirpath-wrong-type", `The operator ${operator} is not for these two values.`);
    }
    return one(typeof result.value === "string" ? bounded(run, result.value) : result.value);
  };
}

/** `-x` and `+x`. */
export function compileSign(
  { sign, operand }: Extract<Syntax, { readonly is: "sign" }>,
  context: Types,
  compiling: Compiling,
): Compiled {
  const { evaluate, types } = compiling.compile(operand, context);
  return { evaluate: (run, items) => signed(run, evaluate(run, items), sign), types };
}

function signed(run: Run, items: Collection, sign: "+" | "-"): Collection {
  const value = singleValue(run, items);
  if (value === undefined) return none;
  const quantity = isTagged(value, "quantity");
  if (!quantity && !isNumber(value)) return fail(run, "fhirpath-wrong-type", "Only numbers and quantities have signs.");
  if (sign === "+") return one(value);
  if (typeof value === "number") return one(0 - value);
  return one(isTagged(value, "quantity") ? { ...value, value: negate(value.value) } : negate(value));
}

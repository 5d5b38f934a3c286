import { compileTypeTest } from "./compile-type.ts";
import { type Compiled, type Compiling, joinedTypes, refuse, type Types, thisOnly } from "./compiling.ts";
import type { FunctionRule } from "./functions/rule.ts";
import { functions } from "./functions/table.ts";
import { none } from "./node.ts";
import type { Evaluate } from "./run.ts";
import { sortedBy } from "./sorting.ts";
import type { CallSyntax, Syntax, TypeName } from "./syntax.ts";

const unordered = new Set(["children", "descendants"]);

/** `base.name(arguments)`. */
export function compileCall(syntax: CallSyntax, context: Types, compiling: Compiling): Compiled {
  const { base, name, args, at } = syntax;
  const input: Compiled =
    base === undefined ? { evaluate: thisOnly, types: context } : compiling.compile(base, context);
  if (name === "is" || name === "as" || name === "ofType") return compileTypeCall(syntax, input, compiling);
  if (name === "sort") return compileSort(args, input, compiling);
  const rule = functions.get(name);
  if (rule === undefined) return refuse(compiling, at, `there is no function ${name}`);
  if (args.length < rule.min || args.length > rule.max) return refuse(compiling, at, arityText(name, rule));
  if (rule.isOrdered === true && input.isUnordered === true && compiling.isStrict) {
    return refuse(compiling, at, `${name} is called on items without order`);
  }
  const argContext = rule.is === "lambda" ? input.types : context;
  const compiled = args.map((arg) => compiling.compile(arg, argContext));
  if (name === "iif" && compiling.isStrict && isNeverBoolean(compiled[0]?.types)) {
    return refuse(compiling, at, "the criterion is neither true nor false");
  }
  return {
    evaluate: callOf(rule, input.evaluate, compiled),
    types: resultTypes(rule, input.types, compiled),
    isUnordered: unordered.has(name),
  };
}

function arityText(name: string, { min, max }: FunctionRule): string {
  return `${name} takes ${min === max ? min : `${min} to ${max}`} ${max === 1 ? "argument" : "arguments"}`;
}

/** Elements may stand for true by being there; strings and numbers that are written down may not. */
function isNeverBoolean(types: Types): boolean {
  return types !== undefined && types.length > 0 && !types.some((type) => type.toLowerCase().endsWith("boolean"));
}

function callOf(rule: FunctionRule, input: Evaluate, compiled: readonly Compiled[]): Evaluate {
  const args = compiled.map(({ evaluate }) => evaluate);
  if (rule.is === "lambda") return (run, context) => rule.call(run, input(run, context), args);
  const [only] = args;
  if (only === undefined) return (run, context) => rule.call(run, input(run, context), none as never);
  return (run, context) => {
    const from = input(run, context);
    return rule.call(run, from, args.length === 1 ? [only(run, context)] : args.map((arg) => arg(run, context)));
  };
}

function resultTypes(rule: FunctionRule, input: Types, args: readonly Compiled[]): Types {
  switch (rule.gives) {
    case undefined:
      return undefined;
    case "input":
      return input;
    case "argument":
      return args[0]?.types;
    case "both":
      return joinedTypes(input, args[0]?.types);
    default:
      return [rule.gives];
  }
}

function compileTypeCall({ name, args, at }: CallSyntax, input: Compiled, compiling: Compiling): Compiled {
  const [arg] = args;
  const type = arg === undefined || args.length > 1 ? undefined : typeNameOf(arg);
  if (type === undefined) return refuse(compiling, at, `${name} takes the name of a type`);
  return compileTypeTest({ operator: name as "is" | "as" | "ofType", type, at }, input, compiling);
}

function typeNameOf(syntax: Syntax): TypeName | undefined {
  if (syntax.is !== "member") return undefined;
  if (syntax.base === undefined) return { namespace: undefined, name: syntax.name };
  if (syntax.base.is !== "member" || syntax.base.base !== undefined) return undefined;
  return { namespace: syntax.base.name, name: syntax.name };
}

/** A minus before a key turns its order round. */
function compileSort(args: readonly Syntax[], input: Compiled, compiling: Compiling): Compiled {
  const keys = args.map((arg) => {
    const isDescending = arg.is === "sign" && arg.sign === "-";
    const { evaluate } = compiling.compile(isDescending ? arg.operand : arg, input.types);
    return { evaluate, isDescending };
  });
  const orders = keys.length === 0 ? [{ evaluate: thisOnly, isDescending: false }] : keys;
  return { evaluate: (run, context) => sortedBy(run, input.evaluate(run, context), orders), types: input.types };
}

import type { Collection } from "../node.ts";
import type { Evaluate, Run } from "../run.ts";

interface Common {
  /** How few and how many arguments it takes. */
  readonly min: number;
  readonly max: number;
  /**
   * The type of what it gives, as far as it is known beforehand: `System.Boolean` and the like, that of what it is called on
   * (`input`), of its arguments (`argument`), or of both (`both`).
   */
  readonly gives?: string;
  /** Whether the order of what it is called on matters to it. */
  readonly isOrdered?: true;
}

/** Its arguments are worked out beforehand, on the context that the whole call stands in. */
export interface ValueFunction extends Common {
  readonly is: "value";
  call(run: Run, input: Collection, args: readonly Collection[]): Collection;
}

/** Its arguments are expressions that it works out itself, on the items it is called on. */
export interface LambdaFunction extends Common {
  readonly is: "lambda";
  call(run: Run, input: Collection, args: readonly Evaluate[]): Collection;
}

export type FunctionRule = ValueFunction | LambdaFunction;

export type FunctionTable = Readonly<Record<string, FunctionRule>>;

type Arity = number | readonly [min: number, max: number];

function bounds(arity: Arity): { readonly min: number; readonly max: number } {
  return typeof arity === "number" ? { min: arity, max: arity } : { min: arity[0], max: arity[1] };
}

export function valueFunction(
  arity: Arity,
  call: ValueFunction["call"],
  more: Pick<Common, "gives" | "isOrdered"> = {},
): ValueFunction {
  return { is: "value", ...bounds(arity), ...more, call };
}

export function lambdaFunction(
  arity: Arity,
  call: LambdaFunction["call"],
  more: Pick<Common, "gives" | "isOrdered"> = {},
): LambdaFunction {
  return { is: "lambda", ...bounds(arity), ...more, call };
}

export const givesBoolean = { gives: "System.Boolean" } as const;
export const givesString = { gives: "System.String" } as const;
export const givesInteger = { gives: "System.Integer" } as const;
export const givesInput = { gives: "input" } as const;

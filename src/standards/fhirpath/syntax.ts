import type { SystemValue } from "./system-value.ts";

/** What the parser makes of an expression. `at` is the offset in the text where the thing begins. */
export type Syntax =
  | { readonly is: "literal"; readonly value: SystemValue; readonly at: number }
  | { readonly is: "empty"; readonly at: number }
  | { readonly is: "member"; readonly base: Syntax | undefined; readonly name: string; readonly at: number }
  | CallSyntax
  | { readonly is: "this" | "index" | "total"; readonly at: number }
  | { readonly is: "external"; readonly name: string; readonly at: number }
  | { readonly is: "item"; readonly base: Syntax; readonly index: Syntax; readonly at: number }
  | { readonly is: "sign"; readonly sign: "+" | "-"; readonly operand: Syntax; readonly at: number }
  | {
      readonly is: "type";
      readonly operator: "is" | "as";
      readonly operand: Syntax;
      readonly type: TypeName;
      readonly at: number;
    }
  | BinarySyntax;

export interface CallSyntax {
  readonly is: "call";
  /** Undefined where the function is called on the context itself. */
  readonly base: Syntax | undefined;
  readonly name: string;
  readonly args: readonly Syntax[];
  readonly at: number;
}

export interface BinarySyntax {
  readonly is: "binary";
  readonly operator: Operator;
  readonly left: Syntax;
  readonly right: Syntax;
  readonly at: number;
}

export interface TypeName {
  /** `System` or `FHIR`, where it is written. */
  readonly namespace: string | undefined;
  readonly name: string;
}

/** How tightly each binary operator binds; `is` and `as` stand between `|` and `+`. Source: FHIRPath 2.0 §8. */
export const operators = {
  implies: 1,
  or: 2,
  xor: 2,
  and: 3,
  in: 4,
  contains: 4,
  "=": 5,
  "~": 5,
  "!=": 5,
  "!~": 5,
  "<=": 6,
  "<": 6,
  ">": 6,
  ">=": 6,
  "|": 7,
  "+": 9,
  "-": 9,
  "&": 9,
  "*": 10,
  "/": 10,
  div: 10,
  mod: 10,
} as const;

export const typeOperatorBinding = 8;

export type Operator = keyof typeof operators;

export function isOperator(text: string): text is Operator {
  return Object.hasOwn(operators, text);
}

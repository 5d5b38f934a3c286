import type { Problem } from "#kernel";
import type { Evaluate } from "./run.ts";
import type { Syntax } from "./syntax.ts";
import { syntaxProblem } from "./token.ts";

/** An expression made ready, and what is known of its result beforehand. */
export interface Compiled {
  readonly evaluate: Evaluate;
  readonly types: Types;
  /** From `children()` and the like, whose order means nothing. */
  readonly isUnordered?: boolean;
}

/** The types that items may have; undefined where that is not known. */
export type Types = readonly string[] | undefined;

/** One compilation under way. */
export interface Compiling {
  readonly text: string;
  /** Whether elements that a type does not have are problems; otherwise they are empty. */
  readonly isStrict: boolean;
  problem: Problem | undefined;
  /** Compiles a part, for the types that `$this` may have there. */
  compile(syntax: Syntax, context: Types): Compiled;
}

/** Notes that the expression cannot be compiled, and stands for its result. */
export function refuse(compiling: Compiling, at: number, what: string): Compiled {
  compiling.problem ??= syntaxProblem(compiling.text, at, what);
  return { evaluate: () => [], types: undefined };
}

export const thisOnly: Evaluate = (_, context) => context;

export function joinedTypes(left: Types, right: Types): Types {
  return left === undefined || right === undefined ? undefined : [...new Set([...left, ...right])];
}

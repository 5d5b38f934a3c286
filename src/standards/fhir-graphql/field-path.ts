import type { Json } from "#kernel";
import { type Execution, reportAt, type Spot } from "./execution.ts";
import { textOf } from "./value.ts";

export interface PathAsked {
  /** The shape of the value. */
  readonly objects: string | undefined;
  readonly execution: Execution;
  readonly spot: Spot;
}

/** Whether a FHIRPath expression is true of a value. */
export function isTrueAt(expression: string, value: Json, asked: PathAsked): boolean {
  const [found, second] = valuesAt(expression, value, asked);
  return found === true && second === undefined;
}

/** The one scalar that a FHIRPath expression gives for a value. */
export function textAt(expression: string, value: Json, asked: PathAsked): string | undefined {
  return textOf(valuesAt(expression, value, asked)[0]);
}

function valuesAt(expression: string, value: Json, { objects, execution, spot }: PathAsked): readonly Json[] {
  const found = execution.port.evaluatePath(expression, { value, type: objects });
  if (found.ok) return found.value;
  reportAt(execution, spot, found.problems[0].code, found.problems[0].message);
  return [];
}

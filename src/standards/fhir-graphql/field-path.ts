import { type Json, ok, type Result } from "#kernel";
import { compileFhirPath, type FhirPath } from "#standards/fhirpath";
import { countField, type Execution, reportAt, type Spot } from "./execution.ts";

export interface PathAsked {
  /** Of the value, as R4 names it. */
  readonly type: string;
  readonly execution: Execution;
  readonly spot: Spot;
}

/** Whether a FHIRPath expression is true of a value. */
export function isTrueAt(expression: string, value: Json, asked: PathAsked): boolean {
  return told(asked, (path) => path.test(value), expression) === true;
}

/** The first value that a FHIRPath expression gives for a value, as text. */
export function textAt(expression: string, value: Json, asked: PathAsked): string | undefined {
  return told(asked, (path) => path.evaluateTyped(value), expression)?.[0]?.text;
}

/** What evaluating gives, which counts as a field. An expression that failed is not tried again: the error is told once. */
function told<T>(
  { type, execution, spot }: PathAsked,
  evaluate: (path: FhirPath) => Result<T>,
  expression: string,
): T | undefined {
  const key = `${type} ${expression}`;
  if (execution.failedPaths.has(key) || !countField(execution, spot)) return undefined;
  const known = execution.paths.get(key);
  const compiled = known === undefined ? compile(expression, type) : ok(known);
  if (compiled.ok) execution.paths.set(key, compiled.value);
  const found = compiled.ok ? evaluate(compiled.value) : compiled;
  if (found.ok) return found.value;
  execution.failedPaths.add(key);
  const [{ code, message }] = found.problems;
  reportAt(execution, spot, code, message);
  return undefined;
}

/** A resource says by itself what it is. */
function compile(expression: string, type: string): Result<FhirPath> {
  return compileFhirPath(expression, type === "" || type === "Resource" ? {} : { type });
}

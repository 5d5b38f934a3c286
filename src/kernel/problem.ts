/**
 * What can go wrong, in one shape. Expected failure is a returned value; a throw is a bug.
 * Every door (HTTP, MLLP, DIMSE, command line) turns a category into its own words in one table.
 */
export const problemCategories = [
  "incorrect", // the sender must change the input
  "forbidden", // the actor may not do this
  "not-found", // absent, deleted, or not visible to this actor: the three are not told apart
  "conflict", // the record has moved on, or the input contradicts what is there
  "unsupported", // understood, but Corridor does not do it
  "busy", // a named limit is reached; try again later
  "unavailable", // something Corridor needs does not answer; try again later
  "fault", // a bug in Corridor: the details go to the log, never to the caller
] as const;

export type ProblemCategory = (typeof problemCategories)[number];

export interface Problem {
  readonly category: ProblemCategory;
  /** Stable, kebab-case, for programs: `version-conflict`, `required-element-missing`. */
  readonly code: string;
  /** One plain sentence for people. Holds no personal data, so it may be logged. */
  readonly message: string;
  /** Where, in the field's terms: `OBX[3]-5`, `(0020,000D)`, `Patient.birthDate`. */
  readonly where?: string;
  /** What lies beneath; for the log only, never shown to a caller. */
  readonly cause?: unknown;
}

export type Problems = readonly [Problem, ...Problem[]];

export type Ok<T> = { readonly ok: true; readonly value: T };
export type Failed = { readonly ok: false; readonly problems: Problems };
export type Result<T> = Ok<T> | Failed;

export function ok<T>(value: T): Ok<T> {
  return { ok: true, value };
}

export function failed(...problems: Problems): Failed {
  return { ok: false, problems };
}

/** The value when no problem was found, otherwise all the problems. */
export function okUnless<T>(problems: readonly Problem[], value: T): Result<T> {
  const [first, ...rest] = problems;
  return first === undefined ? ok(value) : failed(first, ...rest);
}

/** The value, or a throw: for places where failure is a bug (tests, start-up of built-in tables). */
export function expectOk<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Error(result.problems.map((problem) => `${problem.code}: ${problem.message}`).join("; "));
}

type Extra = Pick<Problem, "where" | "cause">;

function problemOf(category: ProblemCategory) {
  return (code: string, message: string, extra: Extra = {}): Problem => ({ category, code, message, ...extra });
}

export const incorrect = problemOf("incorrect");
export const forbidden = problemOf("forbidden");
export const notFound = problemOf("not-found");
export const conflict = problemOf("conflict");
export const unsupported = problemOf("unsupported");
export const busy = problemOf("busy");
export const unavailable = problemOf("unavailable");
export const fault = problemOf("fault");

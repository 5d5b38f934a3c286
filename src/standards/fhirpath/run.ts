import { type Instant, incorrect, type JsonObject, limits, type Problem, unsupported } from "#kernel";
import { type Collection, type Node, none } from "./node.ts";

/** What an expression may ask of the world around it. What is not given is not there, and said so where it is needed. */
export interface FhirPathEnvironment {
  /** For `now()`, `today()` and `timeOfDay()`, which are in UTC. */
  readonly now?: Instant;
  /** `%resource`: the resource that holds the input; the input itself where not given. */
  readonly resource?: unknown;
  /** `%rootResource`: the resource that contains `resource`; the same where not given. */
  readonly rootResource?: unknown;
  /** For `resolve()`; contained resources are found without it. Undefined where there is no such resource. */
  readonly resolve?: (reference: string) => JsonObject | undefined;
  /** For `memberOf()`; undefined where it is not known. */
  readonly memberOf?: (valueSet: string, coding: FhirPathCoding) => boolean | undefined;
  /** For `subsumes()` and `subsumedBy()`; undefined where it is not known. Codes that are equal need no asking. */
  readonly subsumes?: (general: FhirPathCoding, special: FhirPathCoding) => boolean | undefined;
  /** For `conformsTo()`; undefined where there is no such profile. */
  readonly conformsTo?: (url: string, resource: JsonObject) => boolean | undefined;
  /** For `htmlChecks()`: whether the `div` of a narrative is made as it must be. */
  readonly htmlChecks?: (xhtml: string) => boolean;
  /** Named values, for `%name`: JSON, or an array of it. */
  readonly variables?: Readonly<Record<string, unknown>>;
  /** Is told what `trace()` sees. */
  readonly trace?: (name: string, values: readonly unknown[]) => void;
}

export interface FhirPathCoding {
  readonly system?: string;
  readonly code?: string;
}

/** One evaluation under way. */
export interface Run {
  readonly environment: FhirPathEnvironment;
  /** `%context`: the input. */
  readonly root: Collection;
  /** `$index` and `$total` of the innermost loop. */
  index: number;
  total: Collection;
  stepsLeft: number;
  /** The first that went wrong; what comes after it does not count. */
  problem: Problem | undefined;
}

/** A compiled expression: the collection it gives for a context (`$this`). */
export type Evaluate = (run: Run, context: Collection) => Collection;

export function newRun(root: Collection, environment: FhirPathEnvironment): Run {
  return { environment, root, index: 0, total: none, stepsLeft: limits.fhirPathStepsMax, problem: undefined };
}

/** Notes that the expression cannot be evaluated, and stands for its value. */
export function fail(run: Run, code: string, message: string): Collection {
  run.problem ??= incorrect(code, message);
  return none;
}

export function failUnsupported(run: Run, code: string, message: string): Collection {
  run.problem ??= unsupported(code, message);
  return none;
}

/** False where the evaluation must end: something went wrong, or it takes too long. */
export function spend(run: Run, steps: number): boolean {
  run.stepsLeft -= steps;
  if (run.stepsLeft < 0) {
    run.problem ??= incorrect(
      "fhirpath-too-many-steps",
      `The expression takes more than ${limits.fhirPathStepsMax} steps.`,
    );
  }
  return run.problem === undefined;
}

/** The only item; undefined for an empty collection, and a problem for several. */
export function single(run: Run, collection: Collection): Node | undefined {
  if (collection.length > 1) {
    fail(run, "fhirpath-single-expected", "One value is expected here, and there are several.");
  }
  return collection[0];
}

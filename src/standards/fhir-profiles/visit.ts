import { type Instant, type JsonObject, limits } from "#kernel";
import type { FhirPathEnvironment } from "#standards/fhirpath";
import type { IssueCode, IssueSeverity, ValidationIssue } from "./issue.ts";
import type { TerminologyCheck } from "./terminology-check.ts";

/** What a validation has at hand, the same for all resources in it. */
export interface Means {
  readonly terminology: TerminologyCheck;
  readonly now: Instant;
  /** Finds what a reference points at beyond the resource and its Bundle. */
  readonly resolve: ((reference: string) => JsonObject | undefined) | undefined;
  readonly unknownExtensions: "information" | "error";
  readonly trustedExtensions: readonly string[];
  readonly exampleUrls: "allowed" | "error";
  readonly profiles: ProfileChecks;
  readonly trials: Trials;
}

/** What a validation has tried so far. */
export interface Trials {
  left: number;
  /** Whether an object meets a profile, by its canonical; `true` also while that is being found out. */
  readonly met: Map<string, WeakMap<JsonObject, boolean>>;
}

/** What base rules need of the profiles. */
export interface ProfileChecks {
  /** Checks an extension by its definition. False where no definition of its url is at hand. */
  checkExtension(extension: JsonObject, usage: Usage, visit: Visit): boolean;
  /** Checks what stands at the visit's path. False where no profile of that canonical is at hand. */
  checkProfile(canonical: string, object: JsonObject, visit: Visit): boolean;
  /** Whether the object conforms; undefined where no profile of that canonical is at hand. */
  conforms(canonical: string, object: JsonObject, visit: Visit): boolean | undefined;
  /** The type that a profile constrains; undefined where it is not at hand. */
  typeOf(canonical: string): string | undefined;
  /** What of a StructureDefinition has no place in what it is derived from, a sentence each. */
  flawsOf(definition: JsonObject): readonly string[];
}

/** Which element of the definitions a value stands for. */
export interface Usage {
  /** `Patient.name`, and the same at the types that Patient is derived from; without `[x]`. */
  readonly paths: readonly string[];
  /** The types it is: `["HumanName", "Element"]`, `["Patient", "DomainResource", "Resource"]`. */
  readonly types: readonly string[];
  /** Of the extension that it is. */
  readonly extensionUrl?: string;
}

/** Where a validation stands, and what it has found so far. */
export interface Visit {
  readonly means: Means;
  /** Element names and array positions from the root. */
  readonly path: (string | number)[];
  readonly issues: ValidationIssue[];
  readonly tally: Tally;
  /** The innermost resource around this place: FHIRPath's `%resource`. */
  readonly resource: JsonObject;
  /** The resource that contains it, or itself: FHIRPath's `%rootResource`. */
  readonly rootResource: JsonObject;
  /** The Bundle's entry around it, for references. */
  readonly entry: BundleEntry | undefined;
  /** Of the object whose members are looked at. */
  usage: Usage;
  environment: FhirPathEnvironment | undefined;
}

/** How many issues there are; warnings and information must not take the place of errors. */
export interface Tally {
  errors: number;
  others: number;
}

/** How references of a resource in a Bundle are resolved. */
export interface BundleEntry {
  find(reference: string): JsonObject | undefined;
  /** The same for another resource of the Bundle; undefined where it is none. */
  around(resource: JsonObject): BundleEntry | undefined;
}

export interface Finding {
  readonly severity: IssueSeverity;
  readonly code: IssueCode;
  readonly rule: string;
  readonly message: string;
}

export function report(visit: Visit, finding: Finding): void {
  const { severity, code, rule, message } = finding;
  const kind = severity === "error" ? "errors" : "others";
  if (visit.tally[kind] >= limits.validationIssuesMax) return;
  visit.tally[kind] += 1;
  visit.issues.push({ severity, code, expression: pathText(visit.path), message, rule });
}

/** As `report`, for an element one or two steps below. */
export function reportUnder(visit: Visit, steps: readonly (string | number)[], finding: Finding): void {
  visit.path.push(...steps);
  report(visit, finding);
  visit.path.length -= steps.length;
}

export function isFull(visit: Visit): boolean {
  return visit.tally.errors >= limits.validationIssuesMax;
}

/** Whether a check would find no error, without telling anybody. */
export function isMet(visit: Visit, check: (trial: Visit) => void): boolean {
  if (visit.means.trials.left <= 0) return true;
  visit.means.trials.left -= 1;
  const trial = { ...visit, path: [...visit.path], issues: [], tally: { errors: 0, others: 0 } };
  check(trial);
  return trial.tally.errors === 0;
}

/** Whether the place is too deep to go on; the structure check says so. */
export function isTooDeep(visit: Visit): boolean {
  return visit.path.length > limits.jsonDepthMax;
}

/** `Patient.contact[0].gender`. */
export function pathText(path: readonly (string | number)[]): string {
  let text = "";
  for (const part of path) {
    if (typeof part === "number") text += `[${part}]`;
    else text = text === "" ? part : `${text}.${part}`;
  }
  return text;
}

export const error = (code: IssueCode, rule: string, message: string): Finding => ({
  severity: "error",
  code,
  rule,
  message,
});

export const warning = (code: IssueCode, rule: string, message: string): Finding => ({
  severity: "warning",
  code,
  rule,
  message,
});

export const information = (code: IssueCode, rule: string, message: string): Finding => ({
  severity: "information",
  code,
  rule,
  message,
});

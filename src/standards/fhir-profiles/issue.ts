import type { Problem } from "#kernel";

/** Source: FHIR R4 value set issue-severity, without `fatal`: the validator always answers. */
export type IssueSeverity = "error" | "warning" | "information";

/** Those codes of FHIR R4's value set issue-type that a validator has a use for. */
export type IssueCode =
  | "structure"
  | "required"
  | "value"
  | "invariant"
  | "code-invalid"
  | "extension"
  | "business-rule"
  | "invalid"
  | "not-found"
  | "too-long"
  | "processing"
  | "informational";

/** One thing that a validator has to say about a resource. */
export interface ValidationIssue {
  readonly severity: IssueSeverity;
  readonly code: IssueCode;
  /** A FHIRPath expression that finds the element: `Patient.contact[0].gender`. */
  readonly expression: string;
  /** One plain sentence. */
  readonly message: string;
  /** Which rule, for programs: the key of an invariant (`dom-6`) or a word of our own (`required-element-missing`). */
  readonly rule: string;
  /** Canonical url of the profile or extension definition that asks for it; absent for what R4 asks of all. */
  readonly profile?: string;
}

const codeOfStructureProblem: Readonly<Record<string, IssueCode>> = {
  "required-element-missing": "required",
  "wrong-format": "value",
  "too-long": "too-long",
  "code-not-in-value-set": "code-invalid",
};

/** What the structure check of `#standards/fhir` found, as an issue. */
export function issueOfStructure(problem: Problem): ValidationIssue {
  return {
    severity: "error",
    code: codeOfStructureProblem[problem.code] ?? "structure",
    expression: problem.where ?? "",
    message: problem.message,
    rule: problem.code,
  };
}

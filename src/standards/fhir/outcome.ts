import type { Problem, ProblemCategory } from "#kernel";
import type { OperationOutcome, OperationOutcomeIssue } from "./generated/types.ts";

type IssueType = OperationOutcomeIssue["code"];

interface Answer {
  readonly status: number;
  readonly issue: IssueType;
}

/** Source: FHIR R4 §3.1.0 (HTTP status codes), value set issue-type. */
const answerOfCategory: Readonly<Record<ProblemCategory, Answer>> = {
  incorrect: { status: 400, issue: "invalid" },
  forbidden: { status: 403, issue: "forbidden" },
  "not-found": { status: 404, issue: "not-found" },
  conflict: { status: 409, issue: "conflict" },
  unsupported: { status: 501, issue: "not-supported" },
  busy: { status: 429, issue: "throttled" },
  unavailable: { status: 503, issue: "transient" },
  fault: { status: 500, issue: "exception" },
};

/**
 * Codes that say more than their category. A body that is no JSON or fails the basic rules of FHIR is 400; one that
 * breaks a rule of the record is 422. Source: FHIR R4 §3.1.0.4 (create, rejection of content), §3.1.0.8.
 */
const answerOfCode: Readonly<Record<string, Partial<Answer>>> = {
  // the structure of a resource
  "unknown-resource-type": { issue: "not-supported" },
  "unknown-element": { issue: "structure" },
  "wrong-json-type": { issue: "structure" },
  "empty-value": { issue: "structure" },
  "choice-given-twice": { issue: "structure" },
  "too-deep": { issue: "too-long" },
  "too-long": { issue: "too-long" },
  "required-element-missing": { issue: "required" },
  "wrong-format": { issue: "value" },
  "code-not-in-value-set": { issue: "code-invalid" },
  // the content of a resource
  "business-rule": { status: 422, issue: "business-rule" },
  "reference-not-found": { status: 422, issue: "not-found" },
  // searches
  "unknown-search-parameter": { issue: "not-supported" },
  "wrong-search-value": { issue: "value" },
  "too-many-search-values": { issue: "too-costly" },
  "unsupported-search": { status: 400 },
  "audit-search": { status: 400 },
  "audit-count": { status: 400 },
  "audit-append-only": { status: 405 },
  "results-incomplete": { issue: "incomplete" },
  // terminology
  "too-costly": { status: 422, issue: "too-costly" },
  "code-unknown": { issue: "code-invalid" },
  "unknown-parameter": { issue: "not-supported" },
  "parameter-missing": { issue: "required" },
  "wrong-parameter": { issue: "value" },
  // versions and conditions
  deleted: { status: 410, issue: "deleted" },
  erased: { status: 410, issue: "deleted" },
  "version-conflict": { status: 412 },
  "precondition-failed": { status: 412 },
  "multiple-matches": { status: 412, issue: "multiple-matches" },
  // requests
  "not-signed-in": { status: 401, issue: "login" },
  "method-not-allowed": { status: 405, issue: "not-supported" },
  "not-acceptable": { status: 406, issue: "not-supported" },
  "range-not-satisfiable": { status: 416, issue: "value" },
  "body-too-large": { status: 413, issue: "too-long" },
  "media-type-not-supported": { status: 415, issue: "not-supported" },
};

/** The HTTP status for a list of problems: the highest of theirs, so a fault outweighs the rest; 500 for an empty list. */
export function httpStatusOf(problems: readonly Problem[]): number {
  return problems.reduce((status, problem) => Math.max(status, answerTo(problem).status), 0) || 500;
}

/**
 * Problems as FHIR tells them. `diagnostics` is the sentence, `details.text` the stable code, `expression` where it is; a
 * fault shows none of its particulars. An empty list is a success, told as one informational issue.
 */
export function operationOutcome(problems: readonly Problem[]): OperationOutcome {
  const [first, ...rest] = problems.map(issueOf);
  const success: OperationOutcomeIssue = { severity: "information", code: "informational", diagnostics: "All well." };
  return { resourceType: "OperationOutcome", issue: first === undefined ? [success] : [first, ...rest] };
}

function issueOf(problem: Problem): OperationOutcomeIssue {
  const isFault = problem.category === "fault";
  return {
    severity: isFault ? "fatal" : "error",
    code: answerTo(problem).issue,
    details: { text: problem.code },
    diagnostics: isFault ? "Something went wrong inside Corridor. The log has the particulars." : problem.message,
    // A parameter without a name has no place that could be written.
    ...(isFault || !problem.where?.trim() ? {} : { expression: [problem.where] }),
  };
}

function answerTo(problem: Problem): Answer {
  return { ...answerOfCategory[problem.category], ...answerOfCode[problem.code] };
}

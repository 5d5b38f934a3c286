import { RequestFailed } from "../../parts/request/request-failed.ts";

/** One issue of an OperationOutcome, for people. Source: FHIR R4 OperationOutcome. */
export interface Issue {
  readonly severity: "fatal" | "error" | "warning" | "information";
  /** A plain sentence. */
  readonly message: string;
  /** `Patient.birthDate`; absent where the server names no place. */
  readonly where?: string;
}

const severities = ["fatal", "error", "warning", "information"] as const;

/** The issues of an OperationOutcome, gravest first; empty for any other value. */
export function issuesIn(value: unknown): readonly Issue[] {
  if (!isRecord(value) || value.resourceType !== "OperationOutcome" || !Array.isArray(value.issue)) return [];
  const issues = value.issue.filter(isRecord).map(issueOf);
  return issues.toSorted((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity));
}

/** What a refused request was told; one sentence at least. */
export function issuesOf(error: unknown): readonly Issue[] {
  if (!(error instanceof RequestFailed))
    return [{ severity: "fatal", message: "This page has met a fault. Load it again, or go back." }];
  const told = issuesIn(error.reply);
  return told.length > 0 ? told : [{ severity: "error", message: error.problem.message }];
}

function issueOf(issue: Record<string, unknown>): Issue {
  const details = isRecord(issue.details) ? issue.details.text : undefined;
  const message = [issue.diagnostics, details, issue.code].find((text) => typeof text === "string" && text !== "");
  const [where] = [issue.expression, issue.location].filter(Array.isArray).flat();
  return {
    severity: severities.find((severity) => severity === issue.severity) ?? "error",
    message: typeof message === "string" ? message : "No reason was given.",
    ...(typeof where === "string" ? { where } : {}),
  };
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

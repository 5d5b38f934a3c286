import type { Problem, ProblemCategory } from "#kernel";

/** MSA-1, HL7 table 0008: A for the application's answer, C for the commit's. */
export type AckCode = "AA" | "AE" | "AR" | "CA" | "CE" | "CR";

export const ackCodes: readonly AckCode[] = ["AA", "AE", "AR", "CA", "CE", "CR"];

export type AckStage = "application" | "commit";

type Outcome = "error" | "reject";

/** HL7 table 0357, message error condition codes. */
const table0357 = {
  "100": "Segment sequence error",
  "101": "Required field missing",
  "102": "Data type error",
  "103": "Table value not found",
  "200": "Unsupported message type",
  "201": "Unsupported event code",
  "202": "Unsupported processing id",
  "203": "Unsupported version id",
  "204": "Unknown key identifier",
  "205": "Duplicate key identifier",
  "206": "Application record locked",
  "207": "Application internal error",
} as const;

export type ConditionCode = keyof typeof table0357;

/**
 * How a problem is told to the sender: *error* when the message itself must be mended, *reject* when this receiver
 * does not or cannot take it, now or ever.
 * Source: HL7 v2.5.1 §2.9.2 (original mode) and §2.9.3 (enhanced mode).
 */
const answers: Readonly<Record<ProblemCategory, { readonly outcome: Outcome; readonly condition: ConditionCode }>> = {
  incorrect: { outcome: "error", condition: "102" },
  forbidden: { outcome: "reject", condition: "207" },
  "not-found": { outcome: "error", condition: "204" },
  conflict: { outcome: "error", condition: "205" },
  unsupported: { outcome: "reject", condition: "200" },
  busy: { outcome: "reject", condition: "206" },
  unavailable: { outcome: "reject", condition: "207" },
  fault: { outcome: "reject", condition: "207" },
};

/** Codes of problems for which table 0357 has something closer than the category. */
const conditionsByCode: Readonly<Record<string, ConditionCode>> = {
  "header-missing": "100",
  "header-not-first": "100",
  "header-repeated": "100",
  "segment-missing": "100",
  "segment-unplaced": "100",
  "segment-name-invalid": "100",
  "segment-break-missing": "100",
  "required-field-missing": "101",
  "code-unknown": "103",
  "trigger-unsupported": "201",
  "processing-id-unsupported": "202",
  "version-unsupported": "203",
  "sequence-gap": "207",
  "sequence-past": "207",
  "sequence-status-with-content": "100",
};

/** Without a header that can be read, no version, type or processing id has been accepted: a rejection. */
function isAboutHeader({ code, where }: Problem): boolean {
  if (code === "header-missing" || code === "delimiters-invalid") return true;
  return code === "required-field-missing" && where?.startsWith("MSH") === true;
}

/** AA or CA without a problem; else the worst of what the problems ask for, a rejection being worse than an error. */
export function ackCode(problems: readonly Problem[], stage: AckStage): AckCode {
  const letter = stage === "application" ? "A" : "C";
  if (problems.length === 0) return `${letter}A`;
  const isRejected = problems.some(
    (problem) => isAboutHeader(problem) || answers[problem.category].outcome === "reject",
  );
  return isRejected ? `${letter}R` : `${letter}E`;
}

/** The code and text of table 0357 for a problem. */
export function conditionOf(problem: Problem): { readonly code: ConditionCode; readonly text: string } {
  const code = conditionsByCode[problem.code] ?? answers[problem.category].condition;
  return { code, text: table0357[code] };
}

/** What table 0357 says of a condition; undefined for the receiver's own codes. */
export function conditionText(code: string): string | undefined {
  return Object.hasOwn(table0357, code) ? table0357[code as ConditionCode] : undefined;
}

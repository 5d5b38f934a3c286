import { limits } from "#kernel";

/** An issue of an OperationOutcome, as far as it says what is wrong without naming anybody. */
interface Issue {
  readonly severity: string;
  readonly code: string;
  /** Displays or codes of `details.coding`. */
  readonly details: string;
  /** The first of `expression`, or else of `location`. */
  readonly where: string;
  /** `details.text` and `diagnostics`, which may name a patient. */
  readonly words: readonly string[];
}

/** The issues of an OperationOutcome, or of each one in a Bundle; none where it is none. Source: FHIR R4 OperationOutcome. */
export function outcomeIssues(resource: unknown): readonly Issue[] {
  const { resourceType, issue, entry } = object(resource);
  if (resourceType === "OperationOutcome") return list(issue).map(issueOf);
  if (resourceType !== "Bundle") return [];
  return list(entry).flatMap((one) => {
    const { resource: inner, response } = object(one);
    return [inner, object(response).outcome].flatMap((outcome) =>
      object(outcome).resourceType === "OperationOutcome" ? outcomeIssues(outcome) : [],
    );
  });
}

/** `error invalid at Patient.birthDate: Unknown code`; of a few issues, the rest counted. Without the receiver's free text. */
export function outcomeSummary(issues: readonly Issue[]): string {
  const known = issues.filter(({ code, severity }) => code !== "" || severity !== "");
  const told = known.slice(0, limits.outcomeIssuesMax).map(({ severity, code, details, where }) => {
    const place = where === "" ? "" : ` at ${where}`;
    return `${severity} ${code}${place}${details === "" ? "" : `: ${details}`}`.trim();
  });
  const further = known.length - told.length;
  return [...told, ...(further > 0 ? [`${further} more`] : [])].join("; ");
}

/** What the receiver wrote, for people who may see it: it may name a patient. Empty where the answer holds nothing such. */
export function outcomeWords(answer: Uint8Array): string {
  return [...new Set(outcomeIssues(parsedJson(answer)).flatMap(({ words }) => words))].join("; ");
}

export function parsedJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString("utf8"));
  } catch {
    return undefined;
  }
}

function issueOf(value: unknown): Issue {
  const { severity, code, details, diagnostics, expression, location } = object(value);
  const { coding, text: detailsText } = object(details);
  return {
    severity: text(severity),
    code: text(code),
    details: list(coding)
      .map((one) => text(object(one).display) || text(object(one).code))
      .filter((word) => word !== "")
      .join(", "),
    where: text(list(expression)[0]) || text(list(location)[0]),
    words: [text(detailsText), text(diagnostics)].filter((word) => word !== ""),
  };
}

export function object(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function text(value: unknown): string {
  return typeof value === "string" ? value.slice(0, 200) : "";
}

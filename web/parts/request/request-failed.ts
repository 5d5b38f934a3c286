import type { ProblemCategory } from "#kernel";

/** What a page needs to know of a problem; `message` is a sentence for people. */
export interface ShownProblem {
  readonly category: ProblemCategory;
  readonly code: string;
  readonly message: string;
}

/** A request that the server refused, or that did not reach it (`unavailable`). */
export class RequestFailed extends Error {
  readonly problem: ShownProblem;
  /** 0 when there was no answer. */
  readonly status: number;
  /** The JSON of the answer, where it has one: an OperationOutcome says more than its first issue. */
  readonly reply: unknown;

  constructor(problem: ShownProblem, status: number, reply?: unknown) {
    super(problem.message);
    this.name = "RequestFailed";
    this.problem = problem;
    this.status = status;
    this.reply = reply;
  }
}

export function isSessionEnded(error: unknown): boolean {
  return error instanceof RequestFailed && error.status === 401;
}

const categories: Readonly<Record<number, ProblemCategory>> = {
  400: "incorrect",
  401: "forbidden",
  403: "forbidden",
  404: "not-found",
  409: "conflict",
  410: "not-found",
  412: "conflict",
  413: "incorrect",
  415: "unsupported",
  422: "incorrect",
  429: "busy",
  501: "unsupported",
  502: "unavailable",
  503: "unavailable",
  504: "unavailable",
};

/** One plain sentence a category, for an answer that brings none of its own. */
const sentences: Readonly<Record<ProblemCategory, string>> = {
  incorrect: "Corridor could not make sense of the request.",
  forbidden: "Your roles do not allow this.",
  "not-found": "This is not in the record, or you may not see it.",
  conflict: "Somebody else has changed this meanwhile. Load it again.",
  unsupported: "Corridor does not do this.",
  busy: "Corridor is busy. Try again in a moment.",
  unavailable: "Corridor does not answer. Check the network, then try again.",
  fault: "Something went wrong inside Corridor. It has been written to the log.",
};

/** Reads `application/problem+json` and FHIR's OperationOutcome; any other body yields the sentence of the status. */
export function problemFromReply(status: number, body: unknown): ShownProblem {
  const category = categories[status] ?? "fault";
  const told = isObject(body) ? (fromOutcome(body) ?? fromProblemJson(body)) : undefined;
  return { category, code: told?.code ?? `http-${status}`, message: told?.message ?? sentences[category] };
}

export function unreachable(): ShownProblem {
  return { category: "unavailable", code: "unreachable", message: sentences.unavailable };
}

type Told = { readonly code?: string; readonly message?: string };

function fromOutcome(body: Record<string, unknown>): Told | undefined {
  if (body.resourceType !== "OperationOutcome" || !Array.isArray(body.issue)) return undefined;
  const [issue] = body.issue;
  if (!isObject(issue)) return undefined;
  const details = isObject(issue.details) ? text(issue.details.text) : undefined;
  return told(text(issue.code), text(issue.diagnostics) ?? details);
}

/** Source: RFC 9457 §3; `code` and `problems` are Corridor's own members. */
function fromProblemJson(body: Record<string, unknown>): Told {
  return told(text(body.code), text(body.detail) ?? text(body.title));
}

function told(code: string | undefined, message: string | undefined): Told {
  return { ...(code === undefined ? {} : { code }), ...(message === undefined ? {} : { message }) };
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

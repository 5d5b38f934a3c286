import { STATUS_CODES } from "node:http";
import type { HttpReply, Problem, Problems } from "#kernel";
import { httpStatusOf, operationOutcome } from "#standards/fhir";
import type { ProblemFormat } from "./exchange.ts";

interface Failure {
  readonly problems: Problems;
  readonly status: number;
  readonly requestId: string;
}

interface Writer {
  readonly contentType: string;
  body(failure: Failure): object;
}

/** How a failure is written, one line a format. */
const writers: Readonly<Record<ProblemFormat, Writer>> = {
  "problem-json": { contentType: "application/problem+json; charset=utf-8", body: problemJson },
  "operation-outcome": { contentType: "application/fhir+json; charset=utf-8", body: fhirOutcome },
  "scim-error": { contentType: "application/scim+json; charset=utf-8", body: scimError },
};

/** Headers a status brings with it. Source: RFC 9110 §11.6.1 (401), §10.2.3 (retry-after). */
const headersOfStatus: Readonly<Record<number, Readonly<Record<string, string>>>> = {
  401: { "www-authenticate": "Bearer" },
  429: { "retry-after": "1" },
  503: { "retry-after": "1" },
};

/** The reply that tells of problems. The status is the same in both formats; a fault shows only the request id. */
export function failureReply(problems: Problems, format: ProblemFormat, requestId: string): HttpReply {
  const status = httpStatusOf(problems);
  const writer = writers[format];
  return {
    status,
    headers: { ...headersOfStatus[status], "content-type": writer.contentType },
    body: JSON.stringify(writer.body({ problems, status, requestId })),
  };
}

function fhirOutcome({ problems, requestId }: Failure): object {
  const outcome = operationOutcome(problems);
  return problems.some(isFault) ? { ...outcome, id: requestId } : outcome;
}

/** A code that begins so is followed by SCIM's own word. */
const scimPrefix = "scim:";

/** Source: RFC 7644 §3.12. */
function scimError({ problems, status, requestId }: Failure): object {
  const [first] = problems;
  const { code, detail } = toldOf(first, requestId);
  return {
    schemas: ["urn:ietf:params:scim:api:messages:2.0:Error"],
    status: String(status),
    ...(code.startsWith(scimPrefix) ? { scimType: code.slice(scimPrefix.length) } : {}),
    detail,
  };
}

/** Source: RFC 9457 §3. `code`, `where`, `requestId` and `problems` are our extension members. */
function problemJson({ problems, status, requestId }: Failure): object {
  const told = problems.map((problem) => toldOf(problem, requestId));
  const decisive = problems.findIndex((problem) => httpStatusOf([problem]) === status);
  return {
    type: "about:blank",
    title: STATUS_CODES[status] ?? "Error",
    status,
    ...(told[decisive] ?? told[0]),
    requestId,
    ...(told.length > 1 ? { problems: told } : {}),
  };
}

interface Told {
  readonly detail: string;
  readonly code: string;
  readonly where?: string;
}

function toldOf(problem: Problem, requestId: string): Told {
  if (isFault(problem)) {
    return { detail: `Something went wrong inside Corridor. The log has it under ${requestId}.`, code: "fault" };
  }
  const { message, code, where } = problem;
  return { detail: message, code, ...(where === undefined ? {} : { where }) };
}

function isFault(problem: Problem): boolean {
  return problem.category === "fault";
}

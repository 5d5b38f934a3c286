import { expectOk, failed, type HttpReply, type HttpRequest, ok, type Problem, type Result, type Route } from "#kernel";
import { isResourceType } from "#standards/fhir";
import { jsonText, parseJson } from "../documents/json-text.ts";
import { replyOf } from "./answer.ts";
import { askedOf } from "./asked.ts";
import type { FhirContext } from "./context.ts";
import { createBinary, readBinary, updateBinary } from "./interactions/binary.ts";
import { bundle } from "./interactions/bundle.ts";
import { metadata, type Software } from "./interactions/metadata.ts";
import { type InteractionRow, interactions } from "./interactions/table.ts";
import { checkAccepted } from "./media-type.ts";

interface DoorRow extends InteractionRow {
  /** The answer may be of any type, so what the caller accepts is looked at by the interaction. */
  readonly isOfAnyType?: boolean;
  readonly policy?: "public";
}

/** In any type of content, besides FHIR's own. */
const binaries: readonly DoorRow[] = [
  { method: "GET", path: "Binary/:id", summary: "Read a Binary or its content", run: readBinary, isOfAnyType: true },
  {
    method: "GET",
    path: "Binary/:id/_history/:version",
    summary: "Read one version of a Binary or its content",
    run: readBinary,
    isOfAnyType: true,
  },
  { method: "POST", path: "Binary", summary: "Store content as a Binary", run: createBinary },
  { method: "PUT", path: "Binary/:id", summary: "Store content as this Binary", run: updateBinary },
];

/**
 * The FHIR R4 door: `/fhir/…`. Every failure is an OperationOutcome with an expression where one can be named. Which kinds
 * a caller may touch is decided by the record it is given.
 */
export function fhirRoutes(software: Software): readonly Route<FhirContext>[] {
  const rows: readonly DoorRow[] = [
    { method: "GET", path: "metadata", summary: "What this server does", run: metadata(software), policy: "public" },
    { method: "POST", path: "", summary: "Do what the entries of a batch or transaction ask for", run: bundle },
    ...binaries,
    ...interactions,
  ];
  return rows.map((row) => ({
    method: row.method,
    path: row.path === "" ? "/fhir" : `/fhir/${row.path}`,
    policy: row.policy ?? "signed-in",
    summary: row.summary,
    problems: "operation-outcome",
    handle: (request, context) => handle(row, request, context),
  }));
}

async function handle(row: DoorRow, request: HttpRequest, context: FhirContext): Promise<Result<HttpReply>> {
  const asked = askedOf(row.path.startsWith("Binary") ? asBinary(request) : request);
  const format = asked.query.get("_format");
  const accept = row.isOfAnyType ? undefined : request.headers.accept;
  const accepted = checkAccepted(format, accept);
  if (!accepted.ok) return accepted;
  const answer = await row.run(asked, context);
  if (!answer.ok) {
    const [first, ...rest] = answer.problems;
    const type = asked.params.type;
    return failed(placed(first, type), ...rest.map((problem) => placed(problem, type)));
  }
  const reply = replyOf(answer.value, asked.base);
  return ok(asked.query.get("_pretty") === "true" ? pretty(reply) : reply);
}

function asBinary(request: HttpRequest): HttpRequest {
  const { method, path, query, headers, body, origin, remoteAddress, closed } = request;
  const params = { ...request.params, type: "Binary" };
  return { method, path, query, headers, body, origin, remoteAddress, closed, params };
}

/** What is wrong with the caller's side is at least of the resource that was asked for. */
function placed(problem: Problem, type: string | undefined): Problem {
  if (problem.where !== undefined || type === undefined || !isResourceType(type)) return problem;
  const isOurs = ["fault", "busy", "unavailable"].includes(problem.category);
  return isOurs ? problem : { ...problem, where: type };
}

function pretty(reply: HttpReply): HttpReply {
  if (typeof reply.body !== "string") return reply;
  return { ...reply, body: jsonText(expectOk(parseJson(reply.body, Number.POSITIVE_INFINITY)), 2) };
}

import {
  type Failed,
  failed,
  fault,
  type HttpReply,
  type HttpRequest,
  ok,
  type Problems,
  type Result,
  type Route,
} from "#kernel";
import type { Exchange } from "./exchange.ts";
import { failureReply } from "./failure.ts";
import { isEventStream, sendReply } from "./reply.ts";
import { readBody } from "./request-body.ts";
import { bodyStream } from "./request-stream.ts";
import { tooManyReply } from "./throttle.ts";

/**
 * What a handler may touch for this request. Not letting the caller in is a failure: `not-signed-in` becomes 401, any other
 * `forbidden` 403. It is asked before the body is read, so `request.body` is empty.
 */
export type ContextFor<Context> = (request: HttpRequest, route: Route<Context>) => Promise<Result<Context>>;

/** Answers one request of a route, whatever happens. */
export async function serve<Context>(
  route: Route<Context>,
  contextFor: ContextFor<Context>,
  exchange: Exchange,
): Promise<void> {
  const { request, door } = exchange;
  const waitSeconds = door.throttle.waitSeconds(request, route);
  if (waitSeconds > 0) return turnAway(exchange, waitSeconds);
  await answer(exchange, decide(route, contextFor, exchange));
}

/** The connection goes with it: a body that nobody reads would have to be. */
async function turnAway(exchange: Exchange, waitSeconds: number): Promise<void> {
  const reply = tooManyReply(exchange, waitSeconds);
  await sendReply(exchange, { ...reply, headers: { ...reply.headers, connection: "close" } });
  observe(exchange, reply.status, "too-many-requests");
}

async function decide<Context>(
  route: Route<Context>,
  contextFor: ContextFor<Context>,
  { request, response, door }: Exchange,
): Promise<Result<HttpReply>> {
  const context = await contextFor(request, route);
  if (!context.ok) {
    door.throttle.note(request, route, context);
    return context;
  }
  if (route.streams) {
    request.stream = bodyStream(response.req, door.limits.httpStreamBytesMax);
  } else if (route.method !== "GET") {
    const body = await readBody(response.req, door.limits.httpBodyBytesMax);
    if (!body.ok) return body;
    request.body = body.value;
  }
  const result = await route.handle(request, context.value);
  door.throttle.note(request, route, result);
  return result;
}

/** Answers with what was decided; a throw becomes a fault, told to the log and not to the caller. */
export async function answer(exchange: Exchange, deciding: Promise<Result<HttpReply>>): Promise<void> {
  const decided = admitted(exchange, await deciding.catch(thrown));
  if (!decided.ok) return answerFailure(exchange, decided.problems);
  try {
    await sendReply(exchange, decided.value);
    observe(exchange, decided.value.status);
  } catch (cause) {
    await giveUp(exchange, cause);
  }
}

function thrown(cause: unknown): Failed {
  return failed(fault("thrown", "A handler threw.", { cause }));
}

export async function answerFailure(exchange: Exchange, problems: Problems): Promise<void> {
  for (const problem of problems) if (problem.category === "fault") logFault(exchange, problem.message, problem.cause);
  const reply = failureReply(problems, exchange.problemFormat, exchange.requestId);
  await sendReply(exchange, reply);
  observe(exchange, reply.status, problems[0].code);
}

function admitted(exchange: Exchange, decided: Result<HttpReply>): Result<HttpReply> {
  if (!decided.ok || !isEventStream(decided.value)) return decided;
  const refusal = exchange.door.liveStreams.refusal();
  return refusal === undefined ? ok(decided.value) : failed(refusal);
}

/** A reply that broke off: with its head still unsent it becomes a fault, afterwards the connection is cut. */
async function giveUp(exchange: Exchange, thrown: unknown): Promise<void> {
  const { response } = exchange;
  if (!response.headersSent) return answerFailure(exchange, [fault("thrown", "A reply threw.", { cause: thrown })]);
  response.destroy();
  const hasClientLeft = codesOfLeaving.has(String((thrown as { readonly code?: unknown } | undefined)?.code));
  if (!hasClientLeft) logFault(exchange, "A reply broke off.", thrown);
  observe(exchange, response.statusCode, hasClientLeft ? "client-left" : "reply-broke-off");
}

/** What writing throws when the client has closed its connection, which is no fault. */
const codesOfLeaving = new Set(["ERR_STREAM_PREMATURE_CLOSE", "ERR_STREAM_DESTROYED", "ECONNRESET", "EPIPE"]);

function logFault({ door, requestId, pattern }: Exchange, message: string, cause: unknown): void {
  const error = cause instanceof Error ? cause : undefined;
  door.log.error("http request failed", { requestId, route: pattern, message, error });
}

export function observe(
  { door, request, pattern, startedMs, requestId }: Exchange,
  status: number,
  problem?: string,
): void {
  const durationMs = performance.now() - startedMs;
  door.observe({ method: request.method, pattern, status, durationMs, requestId, problem });
}

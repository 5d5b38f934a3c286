import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { type HttpReply, notFound, ok, type Route, unsupported } from "#kernel";
import { preflightReply } from "./cors.ts";
import type { Exchange, ProblemFormat } from "./exchange.ts";
import { failureReply } from "./failure.ts";
import { firstSegment, methodIndex } from "./method-index.ts";
import { problemFormats } from "./problem-format.ts";
import { answer, answerFailure } from "./serve.ts";
import { acceptsPage, type WebApp } from "./web-app.ts";

export interface Fallback {
  readonly routes: readonly Route<never>[];
  readonly webApp: WebApp | undefined;
  exchangeOf(request: FastifyRequest, reply: FastifyReply, place: Place): Exchange;
}

interface Place {
  readonly pattern: string;
  readonly problemFormat: ProblemFormat;
}

/** First segments of addresses that are never pages of the web app, whether or not a route is mounted there. */
const programPlaces = ["fhir", "api", "dicomweb", "healthz", "readyz", "metrics"];

/** Answers what no route does: files and pages of the web app, 405 with `allow`, 404. */
export function mountFallback(app: FastifyInstance, { routes, webApp, exchangeOf }: Fallback): void {
  const methodsOf = methodIndex(routes);
  const reserved = new Set([...programPlaces, ...routes.map(({ path }) => firstSegment(path))]);
  const problemFormatOf = problemFormats(routes);

  app.setNotFoundHandler(async (request, reply) => {
    const path = pathOf(request);
    const isRead = request.method === "GET" || request.method === "HEAD";
    const methods = methodsOf(path);
    const isPage = isRead && methods.length === 0 && !reserved.has(firstSegment(path));
    const file = isPage ? await webApp?.fileFor(path, request.headers.accept) : undefined;
    const pattern = file === undefined ? "no route" : "web app";
    const exchange = exchangeOf(request, reply, { pattern, problemFormat: problemFormatOf(path) });
    if (webApp !== undefined && file !== undefined) return webApp.send(reply, file, exchange);
    reply.hijack();
    const isUnbuilt = isPage && acceptsPage(request.headers.accept);
    const reply405 = () => preflightReply(exchange, methods) ?? methodNotAllowed(exchange, methods);
    if (methods.length > 0) await answer(exchange, Promise.resolve(ok(reply405())));
    else if (isUnbuilt) await answer(exchange, Promise.resolve(ok(notBuilt)));
    else await answerFailure(exchange, [notFound("no-such-address", "There is nothing at this address.")]);
    return reply;
  });
}

const notBuilt: HttpReply = {
  status: 503,
  headers: { "content-type": "text/plain; charset=utf-8" },
  body: "The web app is not built. Corridor's other doors (/fhir, /api) are open. To build it: npm run build:web\n",
};

function methodNotAllowed({ problemFormat, requestId, request }: Exchange, methods: readonly string[]): HttpReply {
  const allow = methods.join(", ");
  const problem = unsupported("method-not-allowed", `This address takes ${allow}, not ${request.method}.`);
  const reply = failureReply([problem], problemFormat, requestId);
  return { ...reply, headers: { ...reply.headers, allow } };
}

export function pathOf({ url }: FastifyRequest): string {
  const mark = url.indexOf("?");
  return mark === -1 ? url : url.slice(0, mark);
}

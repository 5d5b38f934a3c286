import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import type { SecureContextOptions } from "node:tls";
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import { type Clock, fault, incorrect, notFound, type Problem, unsupported } from "#kernel";
import type { HttpLimits } from "./exchange.ts";
import { requestIds } from "./request-id.ts";

interface Settings {
  readonly clock: Clock;
  readonly bounds: HttpLimits;
  /** Absent: connections are not encrypted. */
  readonly secure?: SecureContextOptions | undefined;
  /** Answers what Fastify itself refuses, before any route. */
  refuse(refusal: Refusal): void;
}

export interface Refusal {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly problem: Problem;
}

/** A Fastify that finds routes and reads no bodies: `serve` does, once the caller has been let in. */
export function fastifyInstance({ clock, bounds, secure, refuse }: Settings): FastifyInstance {
  const onError = (error: unknown, request: FastifyRequest, reply: FastifyReply) =>
    refuse({ request, reply, problem: problemOf(error) });
  const http = {
    headersTimeout: bounds.httpHeadersTimeoutMs,
    connectionsCheckingInterval: Math.ceil(bounds.httpHeadersTimeoutMs / 4),
    // Programs that offer HTTP/2 in this way are answered as they asked.
    shouldUpgradeCallback: ({ headers }: IncomingMessage) => headers.upgrade?.toLowerCase() === "websocket",
  };
  const https = secure && { https: { ...http, ...secure, handshakeTimeout: bounds.httpHeadersTimeoutMs } };
  const app: FastifyInstance = fastify({
    logger: false,
    exposeHeadRoutes: false,
    return503OnClosing: false,
    genReqId: requestIds(clock),
    ...(https ?? { http }),
    requestTimeout: bounds.httpRequestTimeoutMs,
    keepAliveTimeout: bounds.httpKeepAliveTimeoutMs,
    connectionTimeout: bounds.httpSilenceTimeoutMs,
    clientErrorHandler: refuseUnreadable,
    frameworkErrors: onError,
    routerOptions: {
      ignoreTrailingSlash: true,
      maxParamLength: bounds.httpPathParameterCharactersMax,
      querystringParser: () => ({}),
    },
  });
  app.server.maxConnections = bounds.httpConnectionsMax;
  app.setErrorHandler(onError);
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", (_request, _payload, done) => done(null, undefined));
  return app;
}

function problemOf(error: unknown): Problem {
  const { code, statusCode = 500 } = error as { readonly code?: string; readonly statusCode?: number };
  if (code === "FST_ERR_CTP_INVALID_MEDIA_TYPE") {
    return unsupported("media-type-not-supported", "The content-type header is not a media type.");
  }
  if (code === "FST_ERR_BAD_URL")
    return incorrect("bad-address", "The address holds a percent sign that encodes nothing.");
  if (code === "FST_ERR_MAX_PARAM_LENGTH") return notFound("no-such-address", "There is nothing at this address.");
  if (statusCode >= 400 && statusCode < 500) return incorrect("bad-request", "The request is not correct HTTP.");
  return fault("thrown", "Fastify failed.", { cause: error });
}

/** Source: RFC 9110 §15.5.9 (408), RFC 6585 §5 (431). */
const statusLineOfError: Readonly<Record<string, string>> = {
  ERR_HTTP_REQUEST_TIMEOUT: "408 Request Timeout",
  HPE_HEADER_OVERFLOW: "431 Request Header Fields Too Large",
};

/** Answers bytes that are no HTTP request, and requests that do not arrive in time. */
function refuseUnreadable(error: NodeJS.ErrnoException, socket: Socket): void {
  const isNoHandshake = error.code?.startsWith("ERR_SSL") === true;
  if (error.code === "ECONNRESET" || isNoHandshake || !socket.writable) return void socket.destroy();
  const statusLine = statusLineOfError[error.code ?? ""] ?? "400 Bad Request";
  socket.end(`HTTP/1.1 ${statusLine}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { failed, limits, listenProblem, ok, type Result } from "#kernel";

export interface RedirectOptions {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** Where the encrypted door is: `https://corridor.example`, without a path. */
  readonly origin: string;
}

export interface Redirect {
  readonly port: number;
  stop(): Promise<void>;
}

/**
 * Sends browsers that come without encryption to the encrypted door, and refuses every other request: what a program sent
 * was readable on the way already, and it had better notice. Problems: those of `startHttpServer`.
 */
export async function startRedirect({ host, port, origin }: RedirectOptions): Promise<Result<Redirect>> {
  const server = createServer(
    { headersTimeout: limits.httpHeadersTimeoutMs, requestTimeout: limits.httpHeadersTimeoutMs },
    (request, response) => answer(request, response, origin),
  );
  server.maxConnections = limits.httpConnectionsMax;
  return new Promise((resolve) => {
    const refuse = (error: Error) => resolve(failed(listenProblem(error, { host, port })));
    server.once("error", refuse);
    server.listen({ host, port }, () => {
      server.off("error", refuse);
      const stop = () => new Promise<void>((stopped) => server.close(() => stopped()).closeAllConnections());
      resolve(ok({ port: (server.address() as AddressInfo).port, stop }));
    });
  });
}

/** Source: RFC 9110 §15.4.9 (308), §15.5.4 (403). */
function answer({ method, url = "/", headers }: IncomingMessage, response: ServerResponse, origin: string): void {
  const isRead = method === "GET" || method === "HEAD";
  const isAsked = isRead && url.startsWith("/") && headers.authorization === undefined;
  const text = isAsked ? "" : `This door is not encrypted: use ${origin}.\n`;
  const where = isAsked ? { location: `${origin}${url}` } : {};
  response.writeHead(isAsked ? 308 : 403, {
    ...where,
    "content-type": "text/plain; charset=utf-8",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "cache-control": "no-store",
    connection: "close",
  });
  response.end(text);
}

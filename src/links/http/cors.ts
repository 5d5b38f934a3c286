import type { HttpReply } from "#kernel";
import type { Exchange } from "./exchange.ts";

type Headers = Readonly<Record<string, string>>;

/** What a page may say besides what every page may; `x-corridor` is not among it, nor are cookies. */
const allowedHeaders = [
  "accept",
  "authorization",
  "content-type",
  "if-match",
  "if-modified-since",
  "if-none-exist",
  "if-none-match",
  "if-range",
  "prefer",
  "range",
  "x-request-id",
  "x-security-context",
].join(", ");

/** What a page may read besides what every page may. */
const exposedHeaders = [
  "content-location",
  "content-range",
  "etag",
  "last-modified",
  "location",
  "retry-after",
  "x-progress",
  "x-request-id",
].join(", ");

/** How long a browser need not ask again. */
const preflightAgeSeconds = 600;

/**
 * What a reply says to a browser about pages of other origins. They come with a token, never with a cookie: credentials are
 * not allowed. Undefined where no other origin may call at all. Source: Fetch §3.3 (CORS protocol).
 */
export function corsHeaders({ door, request }: Exchange): Headers | undefined {
  const { origin } = request.headers;
  if (door.corsOrigins.size === 0 && (door.isOriginAllowed === undefined || origin === undefined)) return undefined;
  if (origin === undefined || !isAllowed(door, origin)) return { vary: "origin" };
  return { vary: "origin", "access-control-allow-origin": origin, "access-control-expose-headers": exposedHeaders };
}

function isAllowed({ corsOrigins, isOriginAllowed }: Exchange["door"], origin: string): boolean {
  return corsOrigins.has(origin) || corsOrigins.has("*") || isOriginAllowed?.(origin) === true;
}

/** The answer to a browser that asks beforehand; undefined for any other request. Source: Fetch §3.3.2 (CORS-preflight). */
export function preflightReply({ door, request }: Exchange, methods: readonly string[]): HttpReply | undefined {
  const { method, headers } = request;
  const isPreflight = method === "OPTIONS" && headers["access-control-request-method"] !== undefined;
  if (!isPreflight || headers.origin === undefined || !isAllowed(door, headers.origin)) return undefined;
  return {
    status: 204,
    headers: {
      "access-control-allow-methods": methods.join(", "),
      "access-control-allow-headers": allowedHeaders,
      "access-control-max-age": String(preflightAgeSeconds),
    },
  };
}

import type { Result } from "./problem.ts";

/**
 * An HTTP route as a value. Modules export tables of routes; the composition root hands them to `links/http`,
 * which knows nothing of what they do. `Context` is what a handler may touch (see `#access`).
 */
export interface Route<Context> {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE" | "OPTIONS";
  /** `/fhir/:type/:id`; a segment that starts with a colon is a parameter. */
  readonly path: string;
  /**
   * `public`, or `account` (whoever signed in, for their own account), or `signed-in`, or the permission the actor must hold; `link/:name` is one for each value of that parameter.
   * There is no route without one.
   */
  readonly policy: string;
  /** One line for the OpenAPI document. */
  readonly summary: string;
  /** A refusal here, also one that the handler wrote itself (400, 401, 403), is a wrong guess of a password, code or key: an address that makes too many is answered 429 for a while. */
  readonly guesses?: true;
  /** The handler takes the body as it comes, from `request.stream`, and none of it is held; `request.body` stays empty. */
  readonly streams?: true;
  handle(request: HttpRequest, context: Context): Promise<Result<HttpReply>>;
  /** How a failure of this route is written; the default is `application/problem+json`. */
  readonly problems?: "operation-outcome" | "problem-json" | "scim-error";
}

export interface HttpRequest {
  readonly method: string;
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** Header names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Uint8Array;
  /**
   * The body of a route that `streams`, read once. Ends with the failure where the body is longer than `httpStreamBytesMax`, is
   * cut short, or is not compressed as it says.
   */
  readonly stream?: AsyncIterable<Result<Uint8Array>>;
  /** Address the client used, without a trailing slash: `http://127.0.0.1:8080`. */
  readonly origin: string;
  /** Address of the caller, for the audit. */
  readonly remoteAddress: string;
  /** Aborted when the client goes away. */
  readonly closed: AbortSignal;
}

export interface HttpReply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string | Uint8Array | AsyncIterable<string | Uint8Array>;
  /** In place of a body: bytes that are at hand, and ranges of files, which are read as they are sent. Never compressed. */
  readonly pieces?: AsyncIterable<Uint8Array | StoredRange>;
}

/** Bytes that stand in a file: read piece by piece into memory that is used again, so that none of them is held. */
export interface StoredRange {
  readonly fromByte: number;
  readonly lengthBytes: number;
  /** Answers how many bytes were read; fewer than there is room for at the end of the file alone. */
  readInto(into: Uint8Array, fromByte: number): Promise<number>;
}

export function jsonReply(value: unknown, status = 200): HttpReply {
  return { status, headers: { "content-type": "application/json; charset=utf-8" }, body: JSON.stringify(value) };
}

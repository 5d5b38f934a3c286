import type { IncomingMessage, ServerResponse } from "node:http";
import type { HttpRequest, Result } from "#kernel";
import { callerAddress } from "./caller-address.ts";
import type { Door } from "./exchange.ts";

interface Arrival {
  readonly message: IncomingMessage;
  readonly response: ServerResponse;
  readonly params: Readonly<Record<string, string>>;
  readonly requestId: string;
  readonly door: Pick<Door, "publicOrigin" | "isSecure" | "proxies">;
}

const nothing = new Uint8Array(0);

/** A request as handlers see it. What few handlers ask for (query, origin, `closed`) is made when it is asked for. */
export class IncomingRequest implements HttpRequest {
  readonly method: string;
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Empty until the caller was let in: nobody uploads before they have shown who they are. */
  body: Uint8Array = nothing;
  /** Set in its place for a route that takes the body as it comes. */
  stream?: AsyncIterable<Result<Uint8Array>>;
  readonly #message: IncomingMessage;
  readonly #response: ServerResponse;
  readonly #door: Arrival["door"];
  readonly #queryText: string;
  #query: URLSearchParams | undefined;
  #gone: AbortController | undefined;

  constructor({ message, response, params, requestId, door }: Arrival) {
    const url = message.url ?? "/";
    const mark = url.indexOf("?");
    this.#message = message;
    this.#response = response;
    this.#door = door;
    this.#queryText = mark === -1 ? "" : url.slice(mark + 1);
    this.method = message.method ?? "GET";
    this.path = mark === -1 ? url : url.slice(0, mark);
    this.params = params;
    this.headers = headersOf(message);
    message.headers["x-request-id"] = requestId;
  }

  get query(): URLSearchParams {
    this.#query ??= new URLSearchParams(this.#queryText);
    return this.#query;
  }

  get origin(): string {
    const { publicOrigin, isSecure } = this.#door;
    if (publicOrigin !== undefined) return publicOrigin;
    const { localAddress, localPort } = this.#message.socket;
    return `${isSecure ? "https" : "http"}://${this.#message.headers.host ?? `${localAddress}:${localPort}`}`;
  }

  get remoteAddress(): string {
    const connected = this.#message.socket.remoteAddress ?? "";
    const { proxies } = this.#door;
    if (proxies === undefined) return connected;
    const forwarded = this.#message.headers["x-forwarded-for"];
    return callerAddress(connected, Array.isArray(forwarded) ? forwarded.join(",") : forwarded, proxies);
  }

  get closed(): AbortSignal {
    this.#gone ??= goneWith(this.#response);
    return this.#gone.signal;
  }

  /** Tells the handler to finish, as though the client had gone. */
  abort(): void {
    this.#gone ??= goneWith(this.#response);
    this.#gone.abort();
  }
}

function goneWith(response: ServerResponse): AbortController {
  const gone = new AbortController();
  const onClose = () => {
    if (!response.writableFinished) gone.abort();
  };
  if (response.closed) onClose();
  else response.once("close", onClose);
  return gone;
}

function headersOf(message: IncomingMessage): Readonly<Record<string, string | undefined>> {
  const headers = message.headers;
  // `set-cookie` is the one header that Node gives as a list, and it has no meaning in a request.
  if (headers["set-cookie"] !== undefined) delete headers["set-cookie"];
  return headers as Record<string, string | undefined>;
}

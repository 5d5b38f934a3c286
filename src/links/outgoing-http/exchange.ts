import { type ClientRequest, request as httpRequest, type IncomingMessage, type RequestOptions } from "node:http";
import { request as httpsRequest } from "node:https";
import type { Agents } from "./agents.ts";

/** One request to an address outside, and how much of its answer is wanted. */
export interface OutgoingRequest {
  readonly method: "POST" | "PUT";
  /** http or https. */
  readonly address: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** For the whole exchange. */
  readonly timeoutMs: number;
  readonly answerBytesMax: number;
  readonly agents: Agents;
}

export interface HttpAnswer {
  readonly is: "answered";
  readonly status: number;
  /** In lower case, without parameters; empty where none was given. */
  readonly contentType: string;
  readonly body: Uint8Array;
  /** False when it was longer than was wanted: the rest is cut off. */
  readonly isWhole: boolean;
}

export type Exchanged =
  | HttpAnswer
  /** Nothing of the request went out: no connection, or no agreement on its safety. */
  | { readonly is: "not-sent"; readonly isLate: boolean; readonly cause: unknown }
  /** It may have arrived: no whole answer in time, or the connection broke. */
  | { readonly is: "unanswered"; readonly isLate: boolean; readonly cause: unknown };

/** Sends a request and reads its answer. Never rejects; follows no redirect; ends early when `stop` is aborted. */
export function exchange(sent: OutgoingRequest, stop: AbortSignal): Promise<Exchanged> {
  const { method, address, headers, body, timeoutMs, agents } = sent;
  const isSecure = address.protocol === "https:";
  const patience = AbortSignal.timeout(timeoutMs);
  const options: RequestOptions = {
    method,
    headers: { ...headers, "content-length": String(body.length) },
    signal: AbortSignal.any([patience, stop]),
  };
  return new Promise((resolve) => {
    let isOnItsWay = false;
    const fail = (cause: unknown) => {
      const is = isOnItsWay && !isHandshakeRefused(cause) ? "unanswered" : "not-sent";
      resolve({ is, isLate: patience.aborted, cause });
    };
    const answered = (response: IncomingMessage) => {
      response.once("error", fail);
      gather(response, sent.answerBytesMax, resolve);
    };
    try {
      const request = isSecure
        ? httpsRequest(address, { ...options, agent: agents.secure }, answered)
        : httpRequest(address, { ...options, agent: agents.plain }, answered);
      request.once("error", fail);
      noteSending(request, isSecure, () => {
        isOnItsWay = true;
      });
      request.end(body);
    } catch (cause) {
      // Thrown for headers that cannot be sent, and for keys that are none.
      fail(cause);
    }
  });
}

/** Tells when a connection is there to send on. */
function noteSending(request: ClientRequest, isSecure: boolean, sending: () => void): void {
  request.once("socket", (socket) => {
    if (request.reusedSocket) sending();
    else socket.once(isSecure ? "secureConnect" : "connect", sending);
  });
}

/**
 * With TLS 1.3 a server says what it thinks of our certificate only after we took the handshake for done; it has read
 * nothing of the request then. Source: RFC 8446 §4.4.2.4, §6.2.
 */
function isHandshakeRefused(cause: unknown): boolean {
  return /^ERR_SSL_.*ALERT/.test((cause as NodeJS.ErrnoException | undefined)?.code ?? "");
}

/** A short answer is read to its end, so that its connection can be used again; a long one is cut off. */
function gather(response: IncomingMessage, bytesMax: number, done: (answer: HttpAnswer) => void): void {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  const settle = (isWhole: boolean) =>
    done({
      is: "answered",
      status: response.statusCode ?? 0,
      contentType: (response.headers["content-type"] ?? "").split(";")[0]?.trim().toLowerCase() ?? "",
      body: Buffer.concat(chunks).subarray(0, bytesMax),
      isWhole,
    });
  response.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
    chunks.push(chunk);
    if (bytes <= bytesMax) return;
    settle(false);
    response.destroy();
  });
  response.once("end", () => settle(true));
}

import type { ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { HttpReply } from "#kernel";
import { acceptedEncoding, compressed, compressor, type Encoding, isCompressible } from "./compression.ts";
import { corsHeaders } from "./cors.ts";
import type { Exchange } from "./exchange.ts";
import { isReachedSecurely, securityHeaders, strictTransport } from "./security-headers.ts";
import { sendPieces } from "./send-pieces.ts";

type Headers = Record<string, string | readonly string[]>;
type Chunk = string | Uint8Array;
type Streamed = AsyncIterable<Chunk>;

/** Sends a reply; settles when its last byte has been handed to the socket or, for a stream, when the stream is over. */
export async function sendReply(exchange: Exchange, reply: HttpReply): Promise<void> {
  const headers = headersOf(exchange, reply);
  const { body, pieces } = reply;
  if (pieces !== undefined) return sendPieces(exchange, { status: reply.status, headers, pieces });
  if (body === undefined || typeof body === "string" || body instanceof Uint8Array) {
    return sendWhole(exchange, { status: reply.status, headers, body });
  }
  if (isEventStream(reply)) return sendLive(exchange, { status: reply.status, headers, body });
  return sendStream(exchange, { status: reply.status, headers, body });
}

export function isEventStream({ body, headers }: HttpReply): boolean {
  if (body === undefined || typeof body === "string" || body instanceof Uint8Array) return false;
  return String(headers?.["content-type"]).startsWith("text/event-stream");
}

function headersOf(exchange: Exchange, reply: HttpReply): Headers {
  const { door, requestId } = exchange;
  const contentType = reply.headers?.["content-type"];
  const headers: Headers = {
    ...securityHeaders(typeof contentType === "string" ? contentType : undefined),
    ...corsHeaders(exchange),
    ...reply.headers,
    "x-request-id": requestId,
  };
  if (isReachedSecurely(door)) headers["strict-transport-security"] = strictTransport;
  if (door.isStopping()) headers.connection = "close";
  return headers;
}

interface Outgoing<Body> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

async function sendWhole(exchange: Exchange, outgoing: Outgoing<Chunk | undefined>): Promise<void> {
  const { status, headers } = outgoing;
  const { response, door } = exchange;
  let body = outgoing.body ?? "";
  let length = typeof body === "string" ? Buffer.byteLength(body) : body.length;
  if (length >= door.limits.httpCompressBytesMin) {
    const encoding = encodingFor(exchange, outgoing);
    if (encoding !== undefined) {
      body = await compressed(encoding, typeof body === "string" ? Buffer.from(body) : body);
      length = body.length;
      headers["content-encoding"] = encoding;
    }
  }
  if (status !== 204 && status !== 304) headers["content-length"] = String(length);
  writeHead(response, status, headers);
  response.end(body);
}

async function sendStream(exchange: Exchange, outgoing: Outgoing<Streamed>): Promise<void> {
  const { status, headers, body } = outgoing;
  const { response } = exchange;
  const encoding = encodingFor(exchange, outgoing);
  if (encoding !== undefined) {
    headers["content-encoding"] = encoding;
    delete headers["content-length"];
  }
  if (exchange.request.method === "HEAD") {
    writeHead(response, status, headers);
    response.end();
    return;
  }
  const source = Readable.from(await begun(body));
  writeHead(response, status, headers);
  if (encoding === undefined) await pipeline(source, response);
  else await pipeline(source, compressor(encoding), response);
}

async function sendLive({ request, response, door }: Exchange, outgoing: Outgoing<Streamed>): Promise<void> {
  writeHead(response, outgoing.status, { ...outgoing.headers, "x-accel-buffering": "no" });
  if (request.method === "HEAD") response.end();
  else await door.liveStreams.write(response, request, outgoing.body);
}

/** The encoding that client and content allow. Adds `vary` where another client might be answered otherwise. */
function encodingFor(exchange: Exchange, { status, headers }: Outgoing<unknown>): Encoding | undefined {
  const contentType = headers["content-type"];
  if (typeof contentType !== "string" || !isCompressible(contentType)) return undefined;
  if (headers["content-encoding"] !== undefined || status === 206) return undefined;
  const vary = headers.vary;
  headers.vary = vary === undefined ? "accept-encoding" : `${String(vary)}, accept-encoding`;
  return acceptedEncoding(exchange.request.headers["accept-encoding"]);
}

/** The same stream with its first chunk at hand, so that a source that fails at once is answered with its failure. */
async function begun(source: Streamed): Promise<Streamed> {
  const iterator = source[Symbol.asyncIterator]();
  const first = await iterator.next();
  return (async function* () {
    try {
      for (let next = first; next.done !== true; next = await iterator.next()) yield next.value;
    } finally {
      await iterator.return?.();
    }
  })();
}

function writeHead(response: ServerResponse, status: number, headers: Headers): void {
  response.writeHead(status, headers as Record<string, string | string[]>);
}

import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { setTimeout as wait } from "node:timers/promises";
import type { Me } from "#access/api";
import type { LiveEvent } from "#departments/clinical/api";
import { recordedReply } from "./replies.ts";

/** The web app as it was built, with recorded replies behind it: no database, no links, no departments. */
export interface RecordedApi {
  /** `http://127.0.0.1:40123`. */
  readonly address: string;
  /** Tells every open stream of a path, and from now on answers as if the change were in the record. */
  arrive(path: string, event: LiveEvent): void;
  /** Resolves when a page listens to the stream of a path. */
  listening(path: string): Promise<void>;
  /** Ends every session, as a restart or a long lunch would. */
  endSessions(): void;
  /** Cuts every stream and refuses new ones until `repair`. */
  cutStreams(): void;
  repair(): void;
  /** As it was when it began to listen. */
  forget(): void;
  stop(): Promise<void>;
}

interface State {
  readonly sessions: Map<string, Me>;
  readonly streams: Map<ServerResponse, string>;
  arrived: boolean;
  cut: boolean;
}

/** The same policy as Corridor's own HTTP door, so that what works here works there. */
const policy = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "frame-src 'self' blob:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join("; ");

const decoderPolicy = policy.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'");

const contentTypes: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};

/** Listens on a free port of this machine. `port`: a certain one instead. */
export async function serveRecordedApi({
  webRoot,
  port = 0,
}: {
  webRoot: string;
  port?: number;
}): Promise<RecordedApi> {
  const state: State = { sessions: new Map(), streams: new Map(), arrived: false, cut: false };
  const server = createServer((request, response) => {
    answer({ request, response, state, webRoot }).catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(500);
      response.end(String(error));
    });
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const { port: taken } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${taken}`,
    arrive: (path, event) => {
      state.arrived = true;
      for (const [stream, listening] of state.streams) {
        if (listening === path)
          stream.write(`id: ${event.position}\nevent: change\ndata: ${JSON.stringify(event)}\n\n`);
      }
    },
    listening: async (path) => {
      while (![...state.streams.values()].includes(path)) await wait(20);
    },
    endSessions: () => state.sessions.clear(),
    cutStreams: () => {
      state.cut = true;
      for (const stream of state.streams.keys()) stream.end();
    },
    repair: () => {
      state.cut = false;
    },
    forget: () => {
      state.sessions.clear();
      for (const stream of state.streams.keys()) stream.end();
      Object.assign(state, { arrived: false, cut: false });
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly state: State;
  readonly webRoot: string;
}

async function answer(exchange: Exchange): Promise<void> {
  const { request, response, state } = exchange;
  const url = new URL(request.url ?? "/", "http://recorded");
  if (!/^\/(?:api|fhir|dicomweb)(?:\/|$)/.test(url.pathname)) return sendFile(exchange, url.pathname);
  const session = /corridor=([a-z0-9]+)/.exec(request.headers.cookie ?? "")?.[1] ?? "";
  if (url.pathname.endsWith("/live") && state.sessions.has(session)) return openStream(exchange, url.pathname);
  const reply = await recordedReply({
    method: request.method ?? "GET",
    path: url.pathname,
    query: url.searchParams,
    body: await bodyOf(request),
    me: state.sessions.get(session),
    arrived: state.arrived,
  });
  const headers: Record<string, string> = { "content-type": reply.contentType ?? "application/json" };
  if (reply.signedIn !== undefined) {
    const token = `s${state.sessions.size + 1}${Date.now().toString(36)}`;
    state.sessions.set(token, reply.signedIn);
    headers["set-cookie"] = `corridor=${token}; Path=/; HttpOnly; SameSite=Strict`;
  }
  if (reply.signedOut) state.sessions.delete(session);
  response.writeHead(reply.status, headers).end(reply.body);
}

function openStream({ request, response, state }: Exchange, path: string): void {
  if (state.cut) {
    response.writeHead(503).end();
    return;
  }
  response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
  response.write(`event: open\ndata: ${JSON.stringify({ kinds: [], position: 1000, ids: [] })}\n\n`);
  state.streams.set(response, path);
  request.once("close", () => state.streams.delete(response));
}

async function sendFile({ response, webRoot }: Exchange, path: string): Promise<void> {
  const named = join(webRoot, path);
  const found = await stat(named).catch(() => undefined);
  const file = found?.isFile() === true ? named : join(webRoot, "index.html");
  response.writeHead(200, {
    "content-type": contentTypes[extname(file)] ?? "application/octet-stream",
    // As Corridor's own door has it.
    "cache-control": path.startsWith("/assets/") ? "public, max-age=31536000, immutable" : "no-cache",
    "content-security-policy": /^\/assets\/decodeImageFrameWorker-/.test(path) ? decoderPolicy : policy,
  });
  await pipeline(createReadStream(file), response);
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request) text += String(chunk);
  return text;
}

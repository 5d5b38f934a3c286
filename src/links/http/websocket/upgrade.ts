import type { IncomingMessage, Server } from "node:http";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import type { HttpRequest, Log, Meter, Problem, Route, TextLineRoute } from "#kernel";
import { callerAddress } from "../caller-address.ts";
import type { Door, HttpLimits } from "../exchange.ts";
import { isLoopback, isOwnHost } from "../host-name.ts";
import type { ContextFor } from "../serve.ts";
import { handshakeAnswer, handshakeKey } from "./handshake.ts";
import { OpenLine } from "./open-line.ts";

export interface WebSocketNeeds<Context> {
  readonly host: string;
  readonly routes: readonly Route<Context>[];
  readonly contextFor: ContextFor<Context>;
  readonly door: Pick<Door, "publicOrigin" | "isSecure" | "proxies">;
  readonly corsOrigins: readonly string[];
  readonly limits: HttpLimits;
  readonly log: Log;
  readonly meter: Meter;
}

export interface WebSockets {
  /** Ends every open one in good order. */
  closeAll(): void;
}

/** Opens WebSockets at the routes that converse, for callers that may use them. */
export function mountWebSockets<Context>(server: Server, needs: WebSocketNeeds<Context>): WebSockets {
  const open = new Set<OpenLine>();
  needs.meter.gauge("corridor_http_web_sockets", "WebSockets that are open.", () => open.size);
  server.on("upgrade", (message: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on("error", () => {}); // a client that leaves meanwhile
    void admit(message, needs, open.size).then(
      (admitted) => {
        if (typeof admitted === "string") return refuse(socket, admitted);
        if (!socket.writable) return void socket.destroy();
        (socket as Socket).setTimeout(0);
        socket.write(handshakeAnswer(admitted.key));
        const line = new OpenLine(socket, needs.limits);
        open.add(line);
        socket.once("close", () => open.delete(line));
        line.listen(admitted.route.converse(line, admitted.context), head);
      },
      (error: unknown) => {
        needs.log.error("a websocket could not be opened", { error: error as Error });
        refuse(socket, "500 Internal Server Error");
      },
    );
  });
  return {
    closeAll: () => {
      for (const line of open) line.close("stopping");
    },
  };
}

interface Admitted<Context> {
  readonly key: string;
  readonly route: TextLineRoute<Context>;
  readonly context: Context;
}

/** What opens the line, or the status line of the refusal. */
async function admit<Context>(
  message: IncomingMessage,
  needs: WebSocketNeeds<Context>,
  openCount: number,
): Promise<Admitted<Context> | string> {
  const request = requestOf(message, needs.door);
  const route = needs.routes.find((each) => isConversing(each) && each.path === request.path);
  if (route === undefined || !isConversing(route)) return "404 Not Found";
  const key = handshakeKey(request.headers);
  if (key === undefined) return "400 Bad Request";
  if (!isFromHere(request, needs)) return "403 Forbidden";
  if (openCount >= needs.limits.webSocketsMax) return "503 Service Unavailable";
  const context = await needs.contextFor(request, route);
  if (context.ok) return { key, route, context: context.value };
  return statusLineOf(context.problems[0]);
}

function isConversing<Context>(route: Route<Context>): route is TextLineRoute<Context> {
  return "converse" in route;
}

/** A page of another site must not open a line with the cookie of whoever looks at it. Source: RFC 6455 §10.2. */
function isFromHere<Context>({ headers, origin }: HttpRequest, needs: WebSocketNeeds<Context>): boolean {
  const { host, door, corsOrigins } = needs;
  if (isLoopback(host) && !isOwnHost(headers.host, door.publicOrigin)) return false;
  if (headers.origin === undefined || headers.origin === origin) return true;
  return headers.cookie === undefined && (corsOrigins.includes(headers.origin) || corsOrigins.includes("*"));
}

function requestOf(message: IncomingMessage, door: WebSocketNeeds<never>["door"]): HttpRequest {
  const url = message.url ?? "/";
  const mark = url.indexOf("?");
  const { localAddress, localPort, remoteAddress = "" } = message.socket;
  const { publicOrigin, isSecure, proxies } = door;
  const forwarded = [message.headers["x-forwarded-for"] ?? []].flat().join(",") || undefined;
  return {
    method: "GET",
    path: mark === -1 ? url : url.slice(0, mark),
    params: {},
    query: new URLSearchParams(mark === -1 ? "" : url.slice(mark + 1)),
    headers: message.headers as Readonly<Record<string, string | undefined>>,
    body: new Uint8Array(0),
    origin:
      publicOrigin ?? `${isSecure ? "https" : "http"}://${message.headers.host ?? `${localAddress}:${localPort}`}`,
    remoteAddress: proxies === undefined ? remoteAddress : callerAddress(remoteAddress, forwarded, proxies),
    closed: new AbortController().signal,
  };
}

function statusLineOf({ category, code }: Problem): string {
  if (code === "not-signed-in") return "401 Unauthorized";
  return category === "forbidden" ? "403 Forbidden" : "503 Service Unavailable";
}

function refuse(socket: Duplex, statusLine: string): void {
  if (!socket.writable) return void socket.destroy();
  socket.end(`HTTP/1.1 ${statusLine}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

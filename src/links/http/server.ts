import type { AddressInfo } from "node:net";
import type { Server as TlsServer } from "node:tls";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import {
  type Clock,
  failed,
  forbidden,
  type Log,
  limits,
  listenProblem,
  type Meter,
  ok,
  type Result,
  type Route,
} from "#kernel";
import type { AllowList } from "#links/addresses";
import { readServerTls, type ServerTlsFiles } from "#links/tls";
import { preflightReply } from "./cors.ts";
import type { Door, Exchange, HttpLimits, ProblemFormat } from "./exchange.ts";
import { mountFallback, pathOf } from "./fallback.ts";
import { isLoopback, isOwnHost } from "./host-name.ts";
import { IncomingRequest } from "./incoming-request.ts";
import { fastifyInstance, type Refusal } from "./instance.ts";
import { liveStreams } from "./live-streams.ts";
import { methodIndex } from "./method-index.ts";
import { observer } from "./observation.ts";
import { problemFormats } from "./problem-format.ts";
import { SendMemory } from "./send-memory.ts";
import { answer, answerFailure, type ContextFor, serve } from "./serve.ts";
import { silentConnections } from "./silent-connections.ts";
import { openThrottle } from "./throttle.ts";
import { mountWebApp } from "./web-app.ts";
import { mountWebSockets } from "./websocket/upgrade.ts";

export interface HttpServerOptions<Context> {
  /** Bound to a loopback address, only requests that name this machine or `publicOrigin` are answered. */
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly routes: readonly Route<Context>[];
  readonly contextFor: ContextFor<Context>;
  /** Absolute path of the folder the web app was built into; it may be empty. */
  readonly webRoot?: string | undefined;
  /** `https://corridor.example`, when Corridor is reached under another address than its own. */
  readonly publicOrigin?: string | undefined;
  /** Absent: connections are not encrypted. */
  readonly tls?: ServerTlsFiles | undefined;
  /** Proxies whose `x-forwarded-for` is believed; absent: none. */
  readonly proxies?: AllowList | undefined;
  /** Of one address that is not this machine's; 0 or absent: as many as it likes. */
  readonly requestsPerSecondMax?: number;
  /** Other origins whose pages may call with a token: `https://app.example`, or `*`. */
  readonly corsOrigins?: readonly string[];
  /** Whether pages of another origin may call with a token, asked each time: those of applications come and go. */
  readonly isOriginAllowed?: (origin: string) => boolean;
  readonly log: Log;
  readonly meter: Meter;
  readonly clock: Clock;
  /** Other bounds than the usual ones, for tests. */
  readonly limits?: Partial<HttpLimits>;
}

export interface HttpServer {
  readonly port: number;
  /** `http://127.0.0.1:8080` */
  readonly address: string;
  /**
   * Reads the files of the certificate again, for connections that open from now on; those that are open go on. When it
   * fails the old one stays in use. Problems: `tls-file-unreadable`, `tls-file-invalid`.
   */
  reloadCertificates(): Promise<Result<void>>;
  /** Takes no new connection, ends live streams, answers what is under way; after `drainTimeoutMs` it cuts the rest. */
  stop(): Promise<void>;
}

/**
 * Opens the HTTP door. Settles when it listens. Problems: `port-in-use`, `port-not-allowed`, `no-such-address`,
 * `port-not-opened`, `tls-file-unreadable`, `tls-file-invalid`.
 */
export async function startHttpServer<Context>(options: HttpServerOptions<Context>): Promise<Result<HttpServer>> {
  const bounds: HttpLimits = { ...limits, ...options.limits };
  const secure = options.tls === undefined ? undefined : await readServerTls(options.tls);
  if (secure?.ok === false) return secure;
  let isStopping = false;
  const door = doorOf(options, bounds, () => isStopping);
  const formatOf = problemFormats(options.routes);
  const refuse = (refusal: Refusal) => answerRefusal(door, refusal, formatOf(pathOf(refusal.request)));
  const app = fastifyInstance({ clock: options.clock, bounds, secure: secure?.value, refuse });
  if (isLoopback(options.host)) refuseForeignHosts(app, door, refuse);
  const { webRoot } = options;
  const webApp = webRoot === undefined ? undefined : await mountWebApp(app, webRoot, bounds.httpCompressBytesMin);
  mountRoutes(app, door, options);
  mountFallback(app, { routes: options.routes, webApp, exchangeOf: (...from) => exchangeOf(door, ...from) });
  const silent = silentConnections(app.server);
  const webSockets = mountWebSockets(app.server, {
    ...options,
    door,
    corsOrigins: options.corsOrigins ?? [],
    limits: bounds,
  });
  try {
    await app.listen({ host: options.host, port: options.port });
  } catch (error) {
    await app.close();
    return failed(listenProblem(error as NodeJS.ErrnoException, options));
  }
  const { port } = app.server.address() as AddressInfo;
  const name = options.host.includes(":") ? `[${options.host}]` : options.host;
  return ok({
    port,
    address: `${door.isSecure ? "https" : "http"}://${name}:${port}`,
    reloadCertificates: async () => (options.tls === undefined ? ok(undefined) : reload(app.server, options.tls)),
    async stop() {
      isStopping = true;
      door.liveStreams.endAll();
      webSockets.closeAll();
      silent.close();
      const cut = setTimeout(() => app.server.closeAllConnections(), bounds.drainTimeoutMs);
      await app.close();
      clearTimeout(cut);
    },
  });
}

function doorOf<Context>(options: HttpServerOptions<Context>, bounds: HttpLimits, isStopping: () => boolean): Door {
  const { log, meter, publicOrigin, proxies, requestsPerSecondMax = 0 } = options;
  return {
    log,
    limits: bounds,
    observe: observer(log, meter),
    liveStreams: liveStreams(bounds.liveStreamsMax, meter),
    sendMemory: new SendMemory(),
    publicOrigin,
    isSecure: options.tls !== undefined,
    proxies,
    throttle: openThrottle({ limits: bounds, requestsPerSecondMax, meter }),
    corsOrigins: new Set(options.corsOrigins),
    isOriginAllowed: options.isOriginAllowed,
    isStopping,
  };
}

async function reload(server: FastifyInstance["server"], files: ServerTlsFiles): Promise<Result<void>> {
  const renewed = await readServerTls(files);
  if (!renewed.ok) return renewed;
  (server as unknown as TlsServer).setSecureContext(renewed.value);
  return ok(undefined);
}

function mountRoutes<Context>(app: FastifyInstance, door: Door, options: HttpServerOptions<Context>): void {
  const methodsOf = methodIndex(options.routes);
  for (const route of options.routes) {
    const place = { pattern: route.path, problemFormat: route.problems ?? "problem-json" } as const;
    app.route({
      method: route.method === "GET" ? ["GET", "HEAD"] : route.method,
      url: route.path,
      handler(request, reply) {
        reply.hijack();
        const exchange = exchangeOf(door, request, reply, place);
        const isAsked = route.method === "OPTIONS";
        const preflight = isAsked ? preflightReply(exchange, methodsOf(pathOf(request))) : undefined;
        if (preflight !== undefined) void answer(exchange, Promise.resolve(ok(preflight)));
        else void serve(route, options.contextFor, exchange);
      },
    });
  }
}

function exchangeOf(
  door: Door,
  request: FastifyRequest,
  reply: FastifyReply,
  place: Pick<Exchange, "pattern" | "problemFormat">,
): Exchange {
  const params = request.params as Readonly<Record<string, string>>;
  const arrival = { message: request.raw, response: reply.raw, params, requestId: request.id, door };
  return {
    door,
    request: new IncomingRequest(arrival),
    response: reply.raw,
    requestId: request.id,
    pattern: place.pattern,
    problemFormat: place.problemFormat,
    startedMs: performance.now(),
  };
}

function refuseForeignHosts(app: FastifyInstance, door: Door, refuse: (refusal: Refusal) => void): void {
  let known: string | undefined;
  app.addHook("onRequest", (request, reply, done) => {
    const { host } = request.headers;
    if (host === known) return done();
    if (isOwnHost(host, door.publicOrigin)) {
      known = host;
      return done();
    }
    refuse({ request, reply, problem: forbidden("foreign-host", "This address is not one of Corridor's.") });
  });
}

function answerRefusal(door: Door, { request, reply, problem }: Refusal, problemFormat: ProblemFormat): void {
  reply.hijack();
  const exchange = exchangeOf(door, request, reply, { pattern: "refused", problemFormat });
  void answerFailure(exchange, [problem]);
}

import { type AddressInfo, createServer, type Server } from "node:net";
import { failed, type Log, limits, listenProblem, type Meter, ok, type Result } from "#kernel";
import { Conversation } from "./conversation.ts";
import { linkMeter } from "./link-meter.ts";
import type { LinkSettings, MllpConnection, MllpLimits, Receive, Refuse } from "./settings.ts";

export interface MllpListenerOptions {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** Names the link in logs, metrics and connections: `pathology`. */
  readonly name: string;
  readonly receive: Receive;
  readonly refuse: Refuse;
  readonly log: Log;
  readonly meter: Meter;
  /** Called when a connection has opened or closed: `connections()` says which are open now. */
  readonly connectionsChanged?: () => void;
  /** Other bounds than the usual ones, for tests. */
  readonly limits?: Partial<MllpLimits>;
}

export interface MllpListener {
  readonly port: number;
  /** Those that are open now. */
  connections(): readonly MllpConnection[];
  /** Reads no further, answers what is under way, then closes; after `drainTimeoutMs` it cuts the rest. */
  stop(): Promise<void>;
}

/** A peer that vanished without a word is noticed after about this long and the system's probes. */
const keepAliveAfterMs = 30_000;

/**
 * Opens an MLLP door. Settles when it listens. Problems: `port-in-use`, `port-not-allowed`, `no-such-address`,
 * `port-not-opened`. Source: HL7 Transport Specification MLLP, Release 1.
 */
export async function startMllpListener(options: MllpListenerOptions): Promise<Result<MllpListener>> {
  const bounds: MllpLimits = { ...limits, ...options.limits };
  const link: LinkSettings = { ...options, limits: bounds, meter: linkMeter(options.meter, options.name) };
  const conversations = new Map<Conversation, { cut(): void }>();
  const server = createServer({
    allowHalfOpen: true,
    noDelay: true,
    keepAlive: true,
    keepAliveInitialDelay: keepAliveAfterMs,
  });
  server.maxConnections = bounds.mllpConnectionsMax;
  converse(server, { link, conversations, changed: options.connectionsChanged ?? (() => {}) });
  const listening = await listen(server, options);
  if (!listening.ok) return listening;
  return ok({
    port: (server.address() as AddressInfo).port,
    connections: () => [...conversations.keys()].map(({ connection }) => connection),
    async stop() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const conversation of conversations.keys()) conversation.stop();
      const cut = setTimeout(() => {
        for (const socket of conversations.values()) socket.cut();
      }, bounds.drainTimeoutMs);
      await closed;
      clearTimeout(cut);
    },
  });
}

interface Conversing {
  readonly link: LinkSettings;
  readonly conversations: Map<Conversation, { cut(): void }>;
  changed(): void;
}

function converse(server: Server, { link, conversations, changed }: Conversing): void {
  const { name, meter, log } = link;
  let count = 0;
  server.on("connection", (socket) => {
    count += 1;
    const connection = { id: `${name}-${count}`, link: name, remoteAddress: socket.remoteAddress ?? "" };
    const conversation = new Conversation(socket, connection, link);
    conversations.set(conversation, { cut: () => socket.destroy() });
    changed();
    meter.connection("opened");
    log.info("mllp connection opened", { link: name, connection: connection.id });
    socket.once("close", () => {
      conversations.delete(conversation);
      changed();
      meter.connection("closed");
      log.info("mllp connection closed", { link: name, connection: connection.id });
    });
  });
  server.on("drop", () => {
    meter.connection("turned-away");
    log.warn("mllp connection turned away", { link: name, connectionsMax: link.limits.mllpConnectionsMax });
  });
}

function listen(server: Server, { host, port, name, log }: MllpListenerOptions): Promise<Result<void>> {
  return new Promise((resolve) => {
    const refuse = (error: Error) => resolve(failed(listenProblem(error, { host, port })));
    server.once("error", refuse);
    server.listen({ host, port }, () => {
      server.off("error", refuse);
      server.on("error", (error) => log.error("mllp listener", { link: name, error }));
      resolve(ok(undefined));
    });
  });
}

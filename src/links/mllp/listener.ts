import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { failed, type Log, limits, listenProblem, type Meter, ok, type Result } from "#kernel";
import { type AllowList, allowList } from "#links/addresses";
import { openSecureDoor, type ServerTlsFiles } from "#links/tls";
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
  /** Absent: connections are not encrypted. */
  readonly tls?: ServerTlsFiles;
  /** Addresses and networks that may connect: `10.1.0.0/16`, `fd00:1::/32`. Empty or absent: all. */
  readonly allow?: readonly string[];
  /** A further one is closed at once. Default `mllpConnectionsMax`. */
  readonly connectionsMax?: number;
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
  /**
   * Reads the files of certificates again, for connections that open from now on; those that are open go on. When it
   * fails the old ones stay in use. Problems: `tls-file-unreadable`, `tls-file-invalid`.
   */
  reloadCertificates(): Promise<Result<void>>;
  /** Reads no further, answers what is under way, then closes; after `drainTimeoutMs` it cuts the rest. */
  stop(): Promise<void>;
}

/** A peer that vanished without a word is noticed after about this long and the system's probes. */
const keepAliveAfterMs = 30_000;

/**
 * Opens an MLLP door. Settles when it listens. Problems: `port-in-use`, `port-not-allowed`, `no-such-address`,
 * `port-not-opened`, `allow-invalid`, `tls-file-unreadable`, `tls-file-invalid`.
 * Source: HL7 Transport Specification MLLP, Release 1.
 */
export async function startMllpListener(options: MllpListenerOptions): Promise<Result<MllpListener>> {
  const bounds: MllpLimits = { ...limits, ...options.limits };
  const link: LinkSettings = { ...options, limits: bounds, meter: linkMeter(options.meter, options.name) };
  const allowed = allowList(options.allow ?? []);
  if (!allowed.ok) return allowed;
  const conversations = converse({ link, changed: options.connectionsChanged ?? (() => {}) });
  const { begin } = conversations;
  const secure = options.tls && (await secureDoor(options.tls, link, begin));
  if (secure?.ok === false) return secure;
  const server = createServer({
    allowHalfOpen: true,
    noDelay: true,
    keepAlive: true,
    keepAliveInitialDelay: keepAliveAfterMs,
  });
  server.maxConnections = options.connectionsMax ?? bounds.mllpConnectionsMax;
  const sockets = new Set<Socket>();
  admit(server, { link, sockets, allowed: allowed.value, begin: secure?.value.shakeHands ?? begin });
  const listening = await listen(server, options);
  if (!listening.ok) return listening;
  return ok({
    port: (server.address() as AddressInfo).port,
    connections: conversations.connections,
    reloadCertificates: async () => secure?.value.reload() ?? ok(undefined),
    async stop() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      const ended = conversations.stop();
      const cut = setTimeout(() => {
        for (const socket of sockets) socket.destroy();
      }, bounds.drainTimeoutMs);
      await Promise.all([closed, ended]);
      clearTimeout(cut);
    },
  });
}

function secureDoor(files: ServerTlsFiles, { name, log, meter, limits }: LinkSettings, begin: Conversations["begin"]) {
  return openSecureDoor({
    files,
    handshakeTimeoutMs: limits.mllpHandshakeTimeoutMs,
    begin(socket, certificate) {
      // As without encryption: who has sent its last message still waits for the answer.
      socket.allowHalfOpen = true;
      begin(socket, certificate && { certificate });
    },
    failed({ code }, { remoteAddress }) {
      meter.connection("handshake-failed");
      log.warn("mllp handshake failed", { link: name, code, remoteAddress });
    },
  });
}

type Conversations = ReturnType<typeof converse>;

interface Conversing {
  readonly link: LinkSettings;
  changed(): void;
}

function converse({ link, changed }: Conversing) {
  const { name, meter, log } = link;
  const open = new Map<Conversation, Promise<void>>();
  let count = 0;
  return {
    connections: () => [...open.keys()].map(({ connection }) => connection),
    /** Settles when all have ended: an encrypted one does so after its socket. */
    async stop() {
      for (const conversation of open.keys()) conversation.stop();
      await Promise.all(open.values());
    },
    begin(socket: Socket, known: Pick<MllpConnection, "certificate"> = {}) {
      count += 1;
      const connection = { id: `${name}-${count}`, link: name, remoteAddress: socket.remoteAddress ?? "", ...known };
      const conversation = new Conversation(socket, connection, link);
      open.set(conversation, new Promise((resolve) => socket.once("close", () => resolve())));
      changed();
      meter.connection("opened");
      log.info("mllp connection opened", { link: name, connection: connection.id });
      socket.once("close", () => {
        open.delete(conversation);
        changed();
        meter.connection("closed");
        log.info("mllp connection closed", { link: name, connection: connection.id });
      });
    },
  };
}

interface Admitting {
  readonly link: LinkSettings;
  readonly sockets: Set<Socket>;
  readonly allowed: AllowList;
  begin(socket: Socket): void;
}

/** Nothing is read from an address that is not allowed, and no handshake begun with it. */
function admit(server: Server, { link, sockets, allowed, begin }: Admitting): void {
  const { name, meter, log } = link;
  server.on("connection", (socket) => {
    if (!allowed.allows(socket.remoteAddress ?? "")) {
      meter.connection("not-allowed");
      log.warn("mllp connection not allowed", { link: name, remoteAddress: socket.remoteAddress });
      socket.destroy();
      return;
    }
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
    begin(socket);
  });
  server.on("drop", () => {
    meter.connection("turned-away");
    log.warn("mllp connection turned away", { link: name, connectionsMax: server.maxConnections });
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

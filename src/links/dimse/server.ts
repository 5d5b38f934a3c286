import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { failed, type Log, limits, listenProblem, ok, type Result } from "#kernel";
import { type AllowList, allowList } from "#links/addresses";
import { openSecureDoor, type SecureDoor, type ServerTlsFiles } from "#links/tls";
import type { PeerCertificate } from "#standards/dimse";
import { Acceptance, type DoorSettings } from "./acceptance.ts";
import { type DimseMeter, dimseMeter } from "./dimse-meter.ts";
import type { DimseLimits, DimseServer, DimseServerOptions } from "./settings.ts";

/** A peer that vanished without a word is noticed after about this long and the system's probes. */
const keepAliveAfterMs = 30_000;

/**
 * Opens a door to other DICOM nodes. Settles when it listens. Problems: `port-in-use`, `port-not-allowed`, `no-such-address`,
 * `port-not-opened`, `allow-invalid`, `tls-file-unreadable`, `tls-file-invalid`. Source: PS3.8 §9.
 */
export async function openDimseServer<Caller>(options: DimseServerOptions<Caller>): Promise<Result<DimseServer>> {
  const bounds: DimseLimits = { ...limits, ...options.limits };
  const meter = dimseMeter(options.meter, options.name);
  const allowed = allowList(options.allow ?? []);
  if (!allowed.ok) return allowed;
  const { name, log } = options;
  const door = { ...options, meter, limits: bounds };
  const hall = associationsOf(door);
  const { begin } = hall;
  const secure = options.tls && (await secureDoor(options.tls, door, begin));
  if (secure?.ok === false) return secure;
  const server = createServer({ noDelay: true, keepAlive: true, keepAliveInitialDelay: keepAliveAfterMs });
  server.maxConnections = bounds.dimseConnectionsMax;
  const sockets = new Set<Socket>();
  letIn(server, {
    name,
    log,
    meter,
    sockets,
    allowed: allowed.value,
    begin: secure ? shakingHands(secure.value) : begin,
  });
  const listening = await listen(server, options);
  if (!listening.ok) return listening;
  return ok({
    port: (server.address() as AddressInfo).port,
    associations: hall.associations,
    reloadCertificates: async () => secure?.value.reload() ?? ok(undefined),
    async stop() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      const cut = setTimeout(() => {
        for (const socket of sockets) socket.destroy();
      }, bounds.drainTimeoutMs);
      await Promise.all([hall.stop(), closed]);
      clearTimeout(cut);
    },
  });
}

type Hall<Caller> = Omit<DimseServerOptions<Caller>, "meter" | "limits"> & {
  readonly meter: DimseMeter;
  readonly limits: DimseLimits;
};

function associationsOf<Caller>(options: Hall<Caller>) {
  const { name, limits: bounds } = options;
  const open = new Set<Acceptance<Caller>>();
  let count = 0;
  const door: DoorSettings<Caller> = {
    ...options,
    pduBytes: options.pduBytes ?? bounds.dimsePduBytes,
    changed: options.associationsChanged ?? (() => {}),
    hasRoom(remoteAddress) {
      const accepted = [...open].filter((acceptance) => acceptance.facts() !== undefined);
      const ofAddress = accepted.filter((acceptance) => acceptance.remoteAddress === remoteAddress);
      return accepted.length < bounds.dimseAssociationsMax && ofAddress.length < bounds.dimseAssociationsOfAddressMax;
    },
  };
  return {
    associations: () => [...open].flatMap((acceptance) => acceptance.facts() ?? []),
    async stop() {
      await Promise.all([...open].map((acceptance) => acceptance.stop()));
    },
    begin(socket: Socket, certificate?: PeerCertificate) {
      count += 1;
      const acceptance = new Acceptance<Caller>(socket, { id: `${name}-${count}`, certificate }, door);
      open.add(acceptance);
      acceptance.socket.once("close", () => open.delete(acceptance));
      return acceptance.socket;
    },
  };
}

type Begin = ReturnType<typeof associationsOf>["begin"];

function secureDoor<Caller>(files: ServerTlsFiles, { name, log, meter, limits: bounds }: Hall<Caller>, begin: Begin) {
  return openSecureDoor({
    files,
    handshakeTimeoutMs: bounds.dimseHandshakeTimeoutMs,
    begin,
    failed({ code }, { remoteAddress }) {
      meter.association("handshake-failed");
      log.warn("dimse handshake failed", { door: name, code, remoteAddress });
    },
  });
}

interface LettingIn {
  readonly name: string;
  readonly log: Log;
  readonly meter: DimseMeter;
  readonly sockets: Set<Socket>;
  readonly allowed: AllowList;
  /** The socket that is used from then on, where it is another. */
  begin(socket: Socket): Socket | undefined;
}

function shakingHands({ shakeHands }: SecureDoor): LettingIn["begin"] {
  return (socket) => {
    shakeHands(socket);
    return undefined;
  };
}

/** Nothing is read from an address that is not allowed, and no handshake begun with it. */
function letIn(server: Server, { name, log, meter, sockets, allowed, begin }: LettingIn): void {
  server.on("connection", (socket) => {
    if (!allowed.allows(socket.remoteAddress ?? "")) {
      meter.association("not-allowed");
      log.warn("dimse connection not allowed", { door: name, remoteAddress: socket.remoteAddress });
      socket.destroy();
      return;
    }
    const used = begin(socket) ?? socket;
    sockets.add(used);
    used.once("close", () => sockets.delete(used));
  });
  server.on("drop", () => {
    meter.association("turned-away");
    log.warn("dimse connection turned away", { door: name, connectionsMax: server.maxConnections });
  });
}

function listen<Caller>(server: Server, { host, port, name, log }: DimseServerOptions<Caller>): Promise<Result<void>> {
  return new Promise((resolve) => {
    const refuse = (error: Error) => resolve(failed(listenProblem(error, { host, port })));
    server.once("error", refuse);
    server.listen({ host, port }, () => {
      server.off("error", refuse);
      server.on("error", (error) => log.error("dimse listener", { door: name, error }));
      resolve(ok(undefined));
    });
  });
}

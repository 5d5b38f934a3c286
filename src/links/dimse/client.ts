import { connect, type Socket } from "node:net";
import { connect as connectSecurely, TLSSocket } from "node:tls";
import { failed, type Log, type Meter, ok, type Result, unavailable, limits as usualLimits } from "#kernel";
import { isLinkLocal, lookUpOutside } from "#links/addresses";
import { readClientTls } from "#links/tls";
import { ownImplementation } from "#standards/dicom";
import { type Association, type AssociationWish, type DimseClient, proposal } from "#standards/dimse";
import { dimseMeter } from "./dimse-meter.ts";
import { Request } from "./request.ts";
import type { DimseLimits } from "./settings.ts";

export interface DimseClientOptions {
  readonly log: Log;
  readonly meter: Meter;
  /** Other bounds than the usual ones, for tests. */
  readonly limits?: Partial<DimseLimits>;
}

const keepAliveInitialDelay = 30_000;

/** Opens associations with other nodes. */
export function dimseClient({ log, meter, limits: own }: DimseClientOptions): DimseClient {
  const limits: DimseLimits = { ...usualLimits, ...own };
  const shared = { log, limits, meter: dimseMeter(meter, "outgoing") };
  let count = 0;
  return {
    async open(wish: AssociationWish): Promise<Result<Association>> {
      const request = proposal(wish, { pduBytes: limits.dimsePduBytes, implementation: ownImplementation });
      if (!request.ok) return request;
      const socket = await connected(wish, limits);
      if (!socket.ok) return socket;
      count += 1;
      return Request.send({ ...shared, id: `outgoing-${count}`, wish, request: request.value, socket: socket.value });
    },
  };
}

/** A socket that both sides have agreed on, encrypted if it is to be. */
async function connected(wish: AssociationWish, limits: DimseLimits): Promise<Result<Socket>> {
  const { host, port, tls } = wish;
  if (isLinkLocal(host)) return failed(unavailable("not-connected", `Nothing is sent to ${host}: it is link-local.`));
  const options = { host, port, noDelay: true, keepAlive: true, keepAliveInitialDelay, lookup: lookUpOutside };
  if (tls === undefined) return settled(connect(options), wish, limits);
  const context = await readClientTls(tls);
  if (!context.ok) return context;
  const { serverName } = tls;
  return settled(
    connectSecurely({ ...options, ...context.value, ...(serverName && { servername: serverName }) }),
    wish,
    limits,
  );
}

function settled(socket: Socket, wish: AssociationWish, limits: DimseLimits): Promise<Result<Socket>> {
  const { calledAe, host, port } = wish;
  const patienceMs = limits.dimseConnectTimeoutMs;
  return new Promise((resolve) => {
    const giveUp = (cause?: NodeJS.ErrnoException) => {
      socket.destroy();
      const reason = cause === undefined ? ` within ${patienceMs} ms` : cause.code && ` (${cause.code})`;
      const message = `There is no connection to the node ${calledAe} at ${host}:${port}${reason}.`;
      resolve(failed(unavailable("not-connected", message, { cause })));
    };
    const patience = setTimeout(giveUp, patienceMs);
    socket.on("error", giveUp);
    socket.once("close", () => clearTimeout(patience));
    socket.once(socket instanceof TLSSocket ? "secureConnect" : "connect", () => {
      clearTimeout(patience);
      socket.off("error", giveUp);
      resolve(ok(socket));
    });
  });
}

import type { Socket } from "node:net";
import { createServer, type TLSSocket } from "node:tls";
import { type Log, ok, type Result } from "#kernel";
import { readServerTls, type ServerTlsFiles } from "#links/tls";
import type { PeerCertificate } from "#standards/dimse";
import type { DimseMeter } from "./dimse-meter.ts";
import type { DimseLimits } from "./settings.ts";

/** Turns connections that were let in into encrypted ones. It listens on nothing itself. */
export interface SecureDoor {
  /** Begins an association when both sides trust each other; else the connection is closed. */
  shakeHands(socket: Socket): void;
  /** Problems: those of `readServerTls`; the old certificates then stay in use. */
  reload(): Promise<Result<void>>;
}

export interface SecureDoorOptions {
  readonly files: ServerTlsFiles;
  readonly name: string;
  readonly log: Log;
  readonly meter: DimseMeter;
  readonly limits: DimseLimits;
  begin(socket: Socket, certificate: PeerCertificate | undefined): void;
}

/** Problems: those of `readServerTls`. */
export async function openSecureDoor(options: SecureDoorOptions): Promise<Result<SecureDoor>> {
  const { files, name, log, meter, limits, begin } = options;
  const context = await readServerTls(files);
  if (!context.ok) return context;
  const server = createServer({
    ...context.value,
    requestCert: files.clientAuthority !== undefined,
    rejectUnauthorized: true,
    handshakeTimeout: limits.dimseHandshakeTimeoutMs,
  });
  server.on("secureConnection", (socket) => begin(socket, certificateOf(socket)));
  server.on("tlsClientError", (error: NodeJS.ErrnoException, socket) => {
    meter.association("handshake-failed");
    log.warn("dimse handshake failed", { door: name, code: error.code, remoteAddress: socket.remoteAddress });
    socket.destroy();
  });
  return ok({
    shakeHands(socket) {
      socket.on("error", () => {}); // the encrypted connection tells of it
      server.emit("connection", socket);
    },
    async reload() {
      const renewed = await readServerTls(files);
      if (!renewed.ok) return renewed;
      server.setSecureContext(renewed.value);
      return ok(undefined);
    },
  });
}

/** Undefined when none was asked for. */
export function certificateOf(socket: TLSSocket): PeerCertificate | undefined {
  const { subject, fingerprint256 } = socket.getPeerCertificate();
  if (subject === undefined) return undefined;
  const name = [subject.CN, subject.O].flat().filter((part) => part !== undefined);
  return { subject: name.join(", "), fingerprint: fingerprint256 };
}

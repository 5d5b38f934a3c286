import type { Socket } from "node:net";
import { createServer, type TLSSocket } from "node:tls";
import { ok, type Result } from "#kernel";
import { readServerTls, type ServerTlsFiles } from "#links/tls";
import type { LinkSettings, MllpConnection } from "./settings.ts";

/** Turns connections that were let in into encrypted ones. It listens on nothing itself. */
export interface SecureDoor {
  /** Begins a conversation when both sides trust each other; else the connection is closed. */
  shakeHands(socket: Socket): void;
  /** Problems: those of `readServerTls`; the old certificates then stay in use. */
  reload(): Promise<Result<void>>;
}

export interface SecureDoorOptions {
  readonly files: ServerTlsFiles;
  readonly link: LinkSettings;
  begin(socket: Socket, known: Pick<MllpConnection, "certificate">): void;
}

/** Problems: those of `readServerTls`. */
export async function openSecureDoor({ files, link, begin }: SecureDoorOptions): Promise<Result<SecureDoor>> {
  const { name, log, meter } = link;
  const context = await readServerTls(files);
  if (!context.ok) return context;
  const server = createServer({
    ...context.value,
    requestCert: files.clientAuthority !== undefined,
    rejectUnauthorized: true,
    handshakeTimeout: link.limits.mllpHandshakeTimeoutMs,
  });
  server.on("secureConnection", (socket) => {
    socket.allowHalfOpen = true;
    begin(socket, certificateOf(socket));
  });
  server.on("tlsClientError", (error: NodeJS.ErrnoException, socket) => {
    meter.connection("handshake-failed");
    log.warn("mllp handshake failed", { link: name, code: error.code, remoteAddress: socket.remoteAddress });
    socket.destroy();
  });
  return ok({
    shakeHands(socket) {
      socket.on("error", () => {}); // the encrypted connection tells of it
      // A client that hangs up in the middle of the handshake would otherwise be waited for until it times out.
      socket.allowHalfOpen = false;
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

/** Nothing when none was asked for. */
function certificateOf(socket: TLSSocket): Pick<MllpConnection, "certificate"> {
  const { subject, fingerprint256 } = socket.getPeerCertificate();
  if (subject === undefined) return {};
  const name = [subject.CN, subject.O].flat().filter((part) => part !== undefined);
  return { certificate: { subject: name.join(", "), fingerprint: fingerprint256 } };
}

import type { Socket } from "node:net";
import { createServer, type TLSSocket } from "node:tls";
import { ok, type Result } from "#kernel";
import { readServerTls, type ServerTlsFiles } from "./files.ts";

/** Who is at the other end, as their certificate says. */
export interface PeerCertificate {
  /** Common name and organisation. */
  readonly subject: string;
  /** Of the whole certificate, SHA-256 in hexadecimal. */
  readonly fingerprint: string;
}

/** Turns connections that were let in into encrypted ones. It listens on nothing itself. */
export interface SecureDoor {
  /** Begins to talk when both sides trust each other; else the connection is closed. */
  shakeHands(socket: Socket): void;
  /** Problems: those of `readServerTls`; the old certificates then stay in use. */
  reload(): Promise<Result<void>>;
}

export interface SecureDoorOptions {
  readonly files: ServerTlsFiles;
  readonly handshakeTimeoutMs: number;
  /** Without a certificate where none was asked for. */
  begin(socket: TLSSocket, certificate: PeerCertificate | undefined): void;
  /** The two do not trust each other, or the other hung up; the connection is closed behind it. */
  failed(error: NodeJS.ErrnoException, socket: TLSSocket): void;
}

/** Problems: those of `readServerTls`. */
export async function openSecureDoor(options: SecureDoorOptions): Promise<Result<SecureDoor>> {
  const { files, handshakeTimeoutMs, begin, failed } = options;
  const context = await readServerTls(files);
  if (!context.ok) return context;
  const server = createServer({
    ...context.value,
    requestCert: files.clientAuthority !== undefined,
    rejectUnauthorized: true,
    handshakeTimeout: handshakeTimeoutMs,
  });
  server.on("secureConnection", (socket) => begin(socket, certificateOf(socket)));
  server.on("tlsClientError", (error, socket) => {
    failed(error, socket);
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

/** Undefined when there is none. */
function certificateOf(socket: TLSSocket): PeerCertificate | undefined {
  const { subject, fingerprint256 } = socket.getPeerCertificate();
  if (subject === undefined) return undefined;
  const name = [subject.CN, subject.O].flat().filter((part) => part !== undefined);
  return { subject: name.join(", "), fingerprint: fingerprint256 };
}

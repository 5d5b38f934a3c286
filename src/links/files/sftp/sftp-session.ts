import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { Socket } from "node:net";
import type { Client, ConnectConfig, SFTPWrapper } from "ssh2";
import { failed, forbidden, limits, ok, type Problem, type Result, unavailable } from "#kernel";
import { isLinkLocal, lookUpOutside } from "#links/addresses";

/** Where to, as whom, and by which key the server is known. */
export interface SftpServer {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** File with the private key; or `passwordFile`, a file whose first line is the password. Read at each connection. */
  readonly key?: string;
  readonly passwordFile?: string;
  /** `SHA256:…`, as `ssh-keygen -lf` prints it. A server with another key is refused before anything is said to it. */
  readonly hostKey: string;
}

/** A server that let us in. */
export interface SftpSession {
  readonly sftp: SFTPWrapper;
  /** Settles when the connection is over, whoever ended it. */
  readonly ended: Promise<void>;
  end(): void;
}

/**
 * Connects and signs in. Problems: `sftp-credentials-unreadable`, `sftp-host-key-other` with the key that was shown,
 * `sftp-not-signed-in`, `sftp-not-connected`.
 */
export async function openSession(server: SftpServer): Promise<Result<SftpSession>> {
  const { host, port } = server;
  if (isLinkLocal(host)) return failed(unavailable("sftp-not-connected", `${host} is link-local: nobody is there.`));
  const credentials = await readCredentials(server);
  if (!credentials.ok) return credentials;
  // 700 kB of source that no hospital without SFTP needs.
  const { Client } = await import("ssh2");
  const client = new Client();
  // Ours, because the library's own way to cut a connection does nothing once one side of it has ended.
  const socket = new Socket();
  const shown: { hostKey?: string } = {};
  const { promise, resolve } = Promise.withResolvers<Result<SftpSession>>();
  const ended = new Promise<void>((settle) => client.once("close", () => settle()));
  const giveUp = (cause: unknown) => {
    socket.destroy();
    resolve(failed(connectProblem(server, shown.hostKey, cause)));
  };
  client.on("error", giveUp);
  client.once("close", () => giveUp(undefined));
  client.once("ready", () => {
    client.sftp((error, sftp) => {
      if (error !== undefined) return giveUp(error);
      sftp.on("error", () => socket.destroy());
      sftp.once("close", () => {
        client.end();
        socket.destroySoon();
      });
      resolve(ok({ sftp, ended, end: () => void socket.destroy() }));
    });
  });
  answerPrompts(client, credentials.value.password);
  try {
    const sock = socket.connect({ host, port, lookup: lookUpOutside });
    client.connect({ ...configOf(server, credentials.value, shown), sock });
  } catch (cause) {
    // The library throws where the private key is none, or needs a passphrase.
    socket.destroy();
    resolve(failed(unreadable(cause)));
  }
  return promise;
}

type Credentials = Pick<ConnectConfig, "privateKey" | "password">;

async function readCredentials({ key, passwordFile }: SftpServer): Promise<Result<Credentials>> {
  try {
    if (key !== undefined) return ok({ privateKey: await readFile(key) });
    if (passwordFile === undefined) return failed(unreadable(undefined));
    const [password = ""] = (await readFile(passwordFile, "utf8")).split(/\r?\n/);
    return ok({ password });
  } catch (cause) {
    return failed(unreadable(cause));
  }
}

function configOf({ user, hostKey }: SftpServer, credentials: Credentials, shown: { hostKey?: string }): ConnectConfig {
  return {
    username: user,
    ...credentials,
    tryKeyboard: credentials.password !== undefined,
    hostVerifier: (key: Buffer) => {
      shown.hostKey = fingerprintOf(key);
      return shown.hostKey === hostKey;
    },
    readyTimeout: limits.sftpConnectTimeoutMs,
    keepaliveInterval: limits.sftpKeepAliveMs,
    keepaliveCountMax: 3,
  };
}

/** As OpenSSH writes it: base64 without padding. */
function fingerprintOf(key: Buffer): string {
  return `SHA256:${createHash("sha256").update(key).digest("base64").replace(/=+$/, "")}`;
}

/** Some servers ask for the password as if a person sat at the keyboard. Source: RFC 4256. */
function answerPrompts(client: Client, password: string | undefined): void {
  client.on("keyboard-interactive", (_name, _instructions, _language, prompts, finish) => {
    finish(prompts.map(() => password ?? ""));
  });
}

function connectProblem({ host, port, user, hostKey }: SftpServer, shown: string | undefined, cause: unknown): Problem {
  if (shown !== undefined && shown !== hostKey) {
    const text = `${host}:${port} showed the key ${shown}, not the one it is known by; ask its owner which is right.`;
    return forbidden("sftp-host-key-other", text);
  }
  if ((cause as { readonly level?: string } | undefined)?.level === "client-authentication") {
    return forbidden("sftp-not-signed-in", `${host}:${port} does not let ${user} in with this key or password.`, {
      cause,
    });
  }
  return unavailable("sftp-not-connected", `There is no SFTP connection to ${host}:${port}.`, { cause });
}

function unreadable(cause: unknown): Problem {
  const text = "The file of the private key or password cannot be read, or holds none that works without a passphrase.";
  return unavailable("sftp-credentials-unreadable", text, { cause });
}

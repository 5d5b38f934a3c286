import { setTimeout as passed } from "node:timers/promises";
import type { SFTPWrapper } from "ssh2";
import { failed, type Log, limits, ok, type Result, unavailable } from "#kernel";
import { openSession, type SftpServer, type SftpSession } from "./sftp-session.ts";

/** What the library calls back with. */
export type Done<T> = (error: Error | undefined | null, value: T) => void;

/** One step: a request to the server. */
export type Step = <T>(request: (sftp: SFTPWrapper, done: Done<T>) => void) => Promise<T>;

/**
 * A connection that is made when it is needed, kept, and made anew after it broke, with growing pauses between tries that
 * fail. Requests that were under way when it broke fail.
 */
export class SftpConnection {
  readonly #server: SftpServer;
  readonly #log: Log;
  readonly #closing = new AbortController();
  #session: Promise<Result<SftpSession>> | undefined;
  #failures = 0;

  constructor(server: SftpServer, log: Log) {
    this.#server = server;
    this.#log = log;
  }

  /** A way to ask the server, or why there is none. Problems: those of `openSession`, and `connection-closed`. */
  async steps(): Promise<Result<Step>> {
    if (this.#closing.signal.aborted) return failed(closed);
    this.#session ??= this.#connect();
    const session = await this.#session;
    return session.ok ? ok((request) => this.#step(session.value, request)) : session;
  }

  async close(): Promise<void> {
    this.#closing.abort();
    const patience = new AbortController();
    // A server may be slow to let somebody in, and whoever stops must not wait for that.
    const tooLong = passed(limits.sftpCloseMs, undefined, { signal: patience.signal }).catch(() => {});
    await Promise.race([this.#end(), tooLong]);
    patience.abort();
  }

  async #end(): Promise<void> {
    const session = await this.#session;
    if (session?.ok !== true) return;
    session.value.end();
    await session.value.ended;
  }

  async #connect(): Promise<Result<SftpSession>> {
    if (this.#failures > 0) await this.#pause();
    const opened = this.#closing.signal.aborted ? failed(closed) : await openSession(this.#server);
    if (!opened.ok) {
      this.#failures += 1;
      this.#session = undefined;
      return opened;
    }
    this.#failures = 0;
    this.#log.info("sftp connection opened", { host: this.#server.host, port: this.#server.port });
    void opened.value.ended.then(() => {
      this.#session = undefined;
      this.#log.info("sftp connection closed", { host: this.#server.host, port: this.#server.port });
    });
    return opened;
  }

  #pause(): Promise<unknown> {
    const pauseMs = Math.min(limits.sftpPauseFirstMs * 2 ** (this.#failures - 1), limits.sftpPauseMaxMs);
    return passed(pauseMs, undefined, { signal: this.#closing.signal }).catch(() => {});
  }

  async #step<T>(session: SftpSession, request: (sftp: SFTPWrapper, done: Done<T>) => void): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const patience = setTimeout(() => {
      reject(silent);
      session.end();
    }, limits.sftpStepTimeoutMs);
    void session.ended.then(() => reject(lost));
    try {
      request(session.sftp, (error, value) => (error ? reject(isAnswer(error) ? error : lost) : resolve(value)));
      return await promise;
    } finally {
      clearTimeout(patience);
    }
  }
}

/** What the server says has a number; without one, the library tells of a request that will never be answered. */
function isAnswer(error: Error): boolean {
  return typeof (error as { readonly code?: unknown }).code === "number";
}

const closed = unavailable("connection-closed", "The connection was closed.");
const lost = unavailable("connection-lost", "The SFTP connection broke off.");
const silent = unavailable("connection-silent", "The SFTP server did not answer in time; the connection was closed.");

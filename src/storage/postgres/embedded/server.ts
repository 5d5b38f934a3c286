import { type ChildProcess, spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import { failed, type Log, limits, ok, type Problem, type Result, unavailable } from "#kernel";
import { type ClusterOptions, serverEnvironment } from "./cluster.ts";
import { openFolder } from "./folder-handle.ts";
import { serverArguments } from "./settings.ts";
import { watchdogScript } from "./watchdog.ts";

export interface Server {
  /** Resolves when the server ends without having been asked to. */
  readonly failure: Promise<Problem>;
  /** Ends open transactions, writes everything out and stops; resolves when the process is gone. */
  stop(): Promise<void>;
}

export interface ServerOptions extends ClusterOptions {
  readonly socketFolder: string;
  readonly log: Log;
}

interface Running {
  readonly child: ChildProcess;
  /** What the server said last, for the message when it does not start. */
  readonly lastFatal: () => string | undefined;
  readonly exited: Promise<void>;
}

/** Starts the server of a cluster and waits until it takes connections. Problem: `database-not-started`. */
export async function startServer(options: ServerOptions): Promise<Result<Server>> {
  const running = await launch(options);
  if (await becomesReady(running, options.folder)) return ok(serverOf(running));
  await stopProcess(running);
  return failed(notStarted(running.lastFatal()));
}

async function launch(options: ServerOptions): Promise<Running> {
  const folder = await openFolder(options.folder, options.account);
  // Inside its own folder the server names the socket relative to it: no limit on length, no character to escape.
  const socketFolder = options.socketFolder === options.folder ? "." : options.socketFolder;
  const command = [join(options.binaries, "bin/postgres"), "-D", folder.path];
  const settings = serverArguments({ durable: options.durable, socketFolder });
  const child = spawn("/bin/sh", ["-c", watchdogScript, "sh", ...command, ...settings], {
    ...options.account,
    env: serverEnvironment,
    cwd: "/",
    // A session of its own: Ctrl-C in the terminal is for Corridor, which then stops its server in good order.
    detached: true,
    stdio: ["pipe", "ignore", "pipe", ...folder.descriptors],
  });
  const exited = new Promise<void>((resolve) => {
    child.once("error", () => resolve());
    child.once("exit", () => resolve());
  }).then(() => {
    child.stdin?.end("ended\n");
    return folder.close();
  });
  // The watcher may be gone before the line is written; then nobody needs it.
  child.stdin?.on("error", () => {});
  letGo(child);
  return { child, lastFatal: follow(child, options.log), exited };
}

/** The server alone does not keep Corridor running. */
function letGo(child: ChildProcess): void {
  child.unref();
  for (const stream of [child.stdin, child.stderr]) (stream as { unref?(): void } | null)?.unref?.();
}

/** Takes what the server says into the log, and remembers its last complaint. */
function follow(child: ChildProcess, log: Log): () => string | undefined {
  let lastFatal: string | undefined;
  if (child.stderr === null) return () => lastFatal;
  createInterface({ input: child.stderr }).on("line", (line) => {
    const grave = /^(FATAL|PANIC): +/.exec(line);
    if (grave !== null) lastFatal = line.slice(grave[0].length);
    if (grave?.[1] === "PANIC") log.error("postgres", { line });
    else log.debug("postgres", { line });
  });
  return () => lastFatal;
}

/** Source: PostgreSQL writes its state as line 8 of postmaster.pid (miscadmin.h, LOCK_FILE_LINE_PM_STATUS). */
async function becomesReady({ child, exited }: Running, folder: string): Promise<boolean> {
  let ended = child.pid === undefined;
  void exited.then(() => {
    ended = true;
  });
  const pauseMs = 10;
  for (let waitedMs = 0; !ended && waitedMs < limits.databaseStartTimeoutMs; waitedMs += pauseMs) {
    const lines = (await readFile(join(folder, "postmaster.pid"), "utf8").catch(() => "")).split("\n");
    if (Number(lines[0]) === child.pid && lines[7]?.trim() === "ready") return true;
    await pause(pauseMs);
  }
  return false;
}

function serverOf(running: Running): Server {
  let stopping = false;
  return {
    failure: new Promise((resolve) => {
      void running.exited.then(() => {
        if (!stopping) resolve(endedByItself(running.lastFatal()));
      });
    }),
    stop: () => {
      stopping = true;
      return stopProcess(running);
    },
  };
}

async function stopProcess({ child, exited }: Running): Promise<void> {
  child.ref();
  child.kill("SIGINT");
  const patience = new AbortController();
  const slow = pause(limits.databaseStopTimeoutMs, undefined, { signal: patience.signal }).then(
    () => child.kill("SIGQUIT"),
    () => {},
  );
  await exited;
  patience.abort();
  await slow;
}

function notStarted(lastFatal: string | undefined) {
  const reason = lastFatal ?? `not ready within ${limits.databaseStartTimeoutMs / 1000} s`;
  return unavailable("database-not-started", `The embedded PostgreSQL did not start: ${reason}`);
}

function endedByItself(lastFatal: string | undefined) {
  const reason = lastFatal ?? "it was ended from outside";
  return unavailable(
    "database-ended",
    `The embedded PostgreSQL has stopped by itself: ${reason}. Start Corridor again.`,
  );
}

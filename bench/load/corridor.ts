import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { stopped } from "./process.ts";

const commandLine = join(import.meta.dirname, "../../src/app/cli/main.ts");
const runFile = promisify(execFile);

/** A real Corridor, started by its own command in a folder of its own. */
export interface BenchCorridor {
  /** `http://127.0.0.1:40123` */
  readonly http: string;
  readonly mllpPort: number;
  readonly dimsePort: number;
  readonly pid: number;
  /** Its data folder. */
  readonly folder: string;
  /** Of the commands that run beside it. */
  readonly environment: NodeJS.ProcessEnv;
  /** From its command to its first answer. */
  readonly startMs: number;
  /** Runs another command on its folder. */
  command(...words: readonly string[]): Promise<string>;
  /** A bearer token that may read and write everything, as `corridor token` prints it. */
  token(): Promise<string>;
  /** Stops it and leaves its folder, to be started on it again. */
  halt(): Promise<void>;
  /** Stops it and removes its folder. */
  stop(): Promise<void>;
}

/** In a new folder, or in one that was left. */
export async function startBenchCorridor(left?: string): Promise<BenchCorridor> {
  const folder = left ?? (await mkdtemp(join(tmpdir(), "corridor-bench-")));
  const own = {
    CORRIDOR_DATA: folder,
    CORRIDOR_HTTP_PORT: "0",
    CORRIDOR_MLLP_PORT: "0",
    CORRIDOR_DIMSE_PORT: "0",
    CORRIDOR_HOST: "127.0.0.1",
  };
  const env: NodeJS.ProcessEnv = { ...process.env, ...own };
  delete env.DATABASE_URL;
  const startedMs = performance.now();
  const child = spawn(process.execPath, [commandLine, "serve", "--json"], {
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  child.stderr.on("data", (bytes) => {
    said = `${said}${bytes}`.slice(-10_000);
  });
  const ended = once(child, "exit").then(() => {
    throw new Error(`Corridor ended instead of starting:\n${said}`);
  });
  const [line] = (await Promise.race([once(createInterface(child.stdout), "line"), ended])) as [string];
  ended.catch(() => {}); // its end is what `stop` waits for
  const addresses = JSON.parse(line) as { readonly http: string; readonly mllp?: string; readonly dimse?: string };
  const ready = await fetch(`${addresses.http}/readyz`);
  if (!ready.ok) throw new Error(`Corridor is not ready: ${await ready.text()}`);
  return {
    startMs: performance.now() - startedMs,
    http: addresses.http,
    pid: child.pid ?? 0,
    folder,
    environment: env,
    dimsePort: Number(/\d+$/.exec(addresses.dimse ?? "")?.[0] ?? 0),
    async command(...words) {
      const { stdout } = await runFile(process.execPath, [commandLine, ...words], { env });
      return stdout.trim();
    },
    mllpPort: Number(/\d+$/.exec(addresses.mllp ?? "")?.[0] ?? 0),
    async token() {
      const words = [commandLine, "token", "--scope", "system/*.cruds", "--ttl", "1h"];
      const { stdout } = await runFile(process.execPath, words, { env });
      return stdout.trim();
    },
    halt: () => stopped(child),
    async stop() {
      await stopped(child);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

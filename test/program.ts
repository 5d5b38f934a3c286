/** The program as a process of its own, for tests that start, stop and kill it. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

export interface RunningProgram {
  readonly pid: number;
  /** Resolves with the exit code, or null when a signal ended it. */
  readonly exit: Promise<number | null>;
  /** Everything written to standard output so far. */
  outText(): string;
  /** Everything written to standard error so far. */
  errorText(): string;
  /** The first line on standard output; rejects with standard error when the program ends before. */
  firstLine(): Promise<string>;
  /** Sends a signal and waits for the end. */
  stop(signal: NodeJS.Signals): Promise<number | null>;
  kill(signal: NodeJS.Signals): void;
}

const root = join(import.meta.dirname, "..");

/** Runs `corridor` with these words; every port is a free one unless the environment says otherwise. */
export function startProgram(
  words: readonly string[],
  environment: Record<string, string> = {},
  command = join(root, "bin/corridor"),
): RunningProgram {
  const child = spawn(command, words, {
    cwd: root,
    env: { ...process.env, CORRIDOR_HTTP_PORT: "0", CORRIDOR_MLLP_PORT: "0", CORRIDOR_DIMSE_PORT: "0", ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let out = "";
  let err = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    out += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    err += text;
  });
  const exit = once(child, "close").then(([code]) => code as number | null);
  return {
    pid: child.pid ?? 0,
    exit,
    outText: () => out,
    errorText: () => err,
    firstLine: async () => {
      const ended = exit.then(() => "ended" as const);
      while (!out.includes("\n")) {
        const next = await Promise.race([once(child.stdout, "data"), ended]);
        if (next === "ended" && !out.includes("\n")) throw new Error(`corridor ${words.join(" ")} ended: ${err}`);
      }
      return out.slice(0, out.indexOf("\n"));
    },
    stop: (signal) => {
      child.kill(signal);
      return exit;
    },
    kill: (signal) => void child.kill(signal),
  };
}

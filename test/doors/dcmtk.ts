/** DCMTK's programs, as other nodes. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { requireTool } from "../tools.ts";

export const dcmtk = requireTool("storescu");

/** Otherwise each image would cost 40 ms: the programs leave Nagle's algorithm on. */
const environment = { ...process.env, TCP_NODELAY: "1", TCP_BUFFER_LENGTH: "1048576" };

export interface Ended {
  readonly code: number | null;
  /** What it printed, errors among it. */
  readonly said: string;
}

/** A program that comes to an end by itself; after 20 seconds it is ended. */
export async function run(program: string, args: readonly string[], cwd = tmpdir()): Promise<Ended> {
  const child = spawn(program, args, { cwd, env: environment, timeout: 20_000 });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (bytes) => (said += bytes));
  const [code] = await once(child, "close");
  return { code, said };
}

/** A program that listens until the test is over. */
export async function listening(
  t: Pick<TestContext, "after">,
  program: string,
  args: readonly string[],
): Promise<ChildProcess> {
  const child = spawn(program, args, { env: environment, stdio: "ignore" });
  t.after(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill("SIGKILL");
    await once(child, "exit");
  });
  return child;
}

export async function aFolder(t: Pick<TestContext, "after">): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "corridor-dimse-"));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  return typeof address === "object" && address !== null ? address.port : 0;
}

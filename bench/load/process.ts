import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";

/** Runs a load client of this folder with its orders, and gives what it saw. */
export async function runClient<Seen>(script: string, orders: object): Promise<Seen> {
  const child = spawn(process.execPath, [join(import.meta.dirname, script)], { stdio: ["pipe", "pipe", "inherit"] });
  child.stdin.end(JSON.stringify(orders));
  return JSON.parse(await text(child.stdout)) as Seen;
}

export interface StartedServer {
  readonly port: number;
  stop(): Promise<void>;
}

/** Starts a server of this folder, which prints its port first. */
export async function startFloor(script: string, orders: object = {}): Promise<StartedServer> {
  const child = spawn(process.execPath, [join(import.meta.dirname, script)], { stdio: ["pipe", "pipe", "inherit"] });
  child.stdin.end(JSON.stringify(orders));
  const [port] = (await once(createInterface(child.stdout), "line")) as [string];
  return { port: Number(port), stop: () => stopped(child) };
}

export async function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGTERM");
  await once(child, "exit");
}

/** A real SFTP server, OpenSSH's, on a free port of loopback, for tests; it ends with the test. */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { requireTool } from "../tools.ts";

export const sshd = requireTool("sshd");
export const sshKeygen = requireTool("ssh-keygen");

export interface OpenSftp {
  readonly port: number;
  readonly user: string;
  /** Files of private keys: one that is let in, and one that is not. */
  readonly key: string;
  readonly strangersKey: string;
  /** As `ssh-keygen -lf` prints it. */
  readonly hostKey: string;
  /** An empty folder that the user may write to. */
  readonly folder: string;
  /** Ends the server and every connection to it. */
  stop(): Promise<void>;
  /** Starts it again, on the same port. */
  start(): Promise<void>;
}

export async function anSftpServer(t: TestContext): Promise<OpenSftp> {
  const home = await mkdtemp(join(tmpdir(), "corridor-sftp-"));
  const [hostKeyFile, key, strangersKey] = ["host", "user", "stranger"].map((name) => makeKey(join(home, name)));
  const folder = join(home, "files");
  await mkdir(folder);
  // Run by root, sshd wants the folder that its service would have made.
  if (process.getuid?.() === 0) await mkdir("/run/sshd", { recursive: true });
  const port = await freePort();
  const config = join(home, "sshd_config");
  await writeFile(config, configText(home, port));
  let server: ChildProcess | undefined;
  const start = async () => {
    server = await listening(spawn(sshd.path, ["-D", "-e", "-f", config], { stdio: ["ignore", "ignore", "pipe"] }));
  };
  const stop = async () => {
    if (server === undefined || server.exitCode !== null || server.signalCode !== null) return;
    const ended = new Promise((resolve) => server?.once("exit", resolve));
    for (const child of childrenOf(server.pid as number)) process.kill(child, "SIGKILL");
    server.kill("SIGTERM");
    await ended;
  };
  t.after(async () => {
    await stop();
    await rm(home, { recursive: true, force: true });
  });
  await start();
  const hostKey = fingerprint(hostKeyFile as string);
  const { username: user } = userInfo();
  return { port, user, key: key as string, strangersKey: strangersKey as string, hostKey, folder, stop, start };
}

function makeKey(file: string): string {
  execFileSync(sshKeygen.path, ["-q", "-t", "ed25519", "-N", "", "-C", "test", "-f", file]);
  return file;
}

function fingerprint(file: string): string {
  const [, shown = ""] = execFileSync(sshKeygen.path, ["-lf", `${file}.pub`], { encoding: "utf8" }).split(" ");
  return shown;
}

function configText(home: string, port: number): string {
  return [
    `Port ${port}`,
    "ListenAddress 127.0.0.1",
    `HostKey ${join(home, "host")}`,
    `AuthorizedKeysFile ${join(home, "user.pub")}`,
    "PidFile none",
    "StrictModes no",
    "UsePAM no",
    "PasswordAuthentication no",
    "PermitRootLogin prohibit-password",
    "Subsystem sftp internal-sftp",
    "",
  ].join("\n");
}

function listening(server: ChildProcess): Promise<ChildProcess> {
  let said = "";
  return new Promise((resolve, reject) => {
    server.stderr?.on("data", (text: Buffer) => {
      said += text.toString();
      if (said.includes("Server listening")) resolve(server);
    });
    server.once("exit", () => reject(new Error(`sshd did not start: ${said}`)));
  });
}

/** The processes of open connections: they outlive the server that made them. */
function childrenOf(pid: number): readonly number[] {
  const table = execFileSync("ps", ["-e", "-o", "pid=,ppid="], { encoding: "utf8" });
  const rows = table.split("\n").map((line) => line.trim().split(/\s+/).map(Number));
  const own = rows.flatMap(([child, parent]) => (parent === pid && child !== undefined ? [child] : []));
  return own.flatMap((child) => [child, ...childrenOf(child)]);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

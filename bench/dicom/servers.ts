import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as passed } from "node:timers/promises";
import { type BenchCorridor, startBenchCorridor } from "../load/corridor.ts";
import { stopped } from "../load/process.ts";

/**
 * Every DCMTK program waits 40 ms an image for an acknowledgement of TCP unless it is told not to: it is told on both sides, so
 * that servers are compared and not that.
 */
export const fairSettings = { TCP_NODELAY: "1", TCP_BUFFER_LENGTH: "1048576" } as const;

/** Something that takes images in. */
export interface ImageServer {
  readonly aeTitle: string;
  readonly dimsePort: number;
  /** Of DICOMweb; undefined for one that has none. */
  readonly web?: { readonly root: string; readonly headers: Readonly<Record<string, string>> };
  readonly pid: number;
  stop(): Promise<void>;
}

export async function startOurs(): Promise<ImageServer & { readonly corridor: BenchCorridor }> {
  const corridor = await startBenchCorridor();
  const rights = ["--address", "127.0.0.0/8", "--may", "store,find,retrieve"];
  await corridor.command("node", "add", "bench", "--ae-title", "BENCH", ...rights);
  // What is known of nodes is held for two seconds.
  await passed(2_500);
  const token = await corridor.command("token", "--scope", "system/*.cruds corridor/images.keep", "--ttl", "1h");
  const headers = { authorization: `Bearer ${token}` };
  const { dimsePort, pid } = corridor;
  const web = { root: `${corridor.http}/dicomweb`, headers };
  return { corridor, aeTitle: "CORRIDOR", dimsePort, pid, web, stop: () => corridor.stop() };
}

const plugin = "/usr/share/orthanc/plugins/libOrthancDicomWeb.so";

/** Orthanc as Debian has it, with its DICOMweb; undefined where it is not installed. */
export async function startOrthanc(): Promise<ImageServer | undefined> {
  if (!isInstalled("Orthanc") || !existsSync(plugin)) return undefined;
  const folder = await mkdtemp(join(tmpdir(), "corridor-bench-orthanc-"));
  const [http, dimse] = [await freePort(), await freePort()];
  const settings = {
    StorageDirectory: join(folder, "storage"),
    IndexDirectory: join(folder, "index"),
    HttpPort: http,
    DicomPort: dimse,
    DicomAlwaysAllowFind: true,
    AuthenticationEnabled: false,
    RemoteAccessAllowed: false,
    Plugins: [plugin],
    // With its cache of metadata on SQLite it becomes ten times as slow after a minute.
    DicomWeb: { Enable: true, EnableMetadataCache: false },
  };
  await writeFile(join(folder, "orthanc.json"), JSON.stringify(settings));
  const child = spawn("Orthanc", [join(folder, "orthanc.json")], {
    env: { ...process.env, ...fairSettings },
    stdio: "ignore",
  });
  const root = `http://127.0.0.1:${http}/dicom-web`;
  await answering(`${root}/studies?limit=1`);
  return { aeTitle: "ORTHANC", dimsePort: dimse, web: { root, headers: {} }, ...ended(child, folder) };
}

/** DCMTK's receiver, which writes what comes and neither syncs nor indexes it; undefined where it is not installed. */
export async function startReceiver(): Promise<ImageServer | undefined> {
  if (!isInstalled("storescp")) return undefined;
  const folder = await mkdtemp(join(tmpdir(), "corridor-bench-storescp-"));
  await mkdir(join(folder, "files"));
  const dimsePort = await freePort();
  const words = ["-q", "+B", "--fork", "-dhl", "-pdu", "131072", "-od", join(folder, "files"), String(dimsePort)];
  const child = spawn("storescp", words, { env: { ...process.env, ...fairSettings }, stdio: "ignore" });
  await passed(500);
  return { aeTitle: "STORESCP", dimsePort, ...ended(child, folder) };
}

function ended(child: ChildProcess, folder: string) {
  return {
    pid: child.pid ?? 0,
    async stop() {
      await stopped(child);
      await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    },
  };
}

export function isInstalled(program: string): boolean {
  try {
    execFileSync("sh", ["-c", 'command -v "$0"', program], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const address = server.address();
  await new Promise<void>((closed) => server.close(() => closed()));
  return typeof address === "object" && address !== null ? address.port : 0;
}

async function answering(url: string): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok === true) return;
    await passed(200);
  }
  throw new Error(`${url} does not answer`);
}

/** A Corridor with the links that are measured, deployed by its own command. */
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { type BenchCorridor, startBenchCorridor } from "../load/corridor.ts";
import type { MllpLoad } from "../load/mllp-client.ts";
import { runClient, type StartedServer, startFloor } from "../load/process.ts";
import type { LoadSeen } from "../load/seen.ts";
import { aCountingPartner, type CountingPartner } from "./partner.ts";

const runFile = promisify(execFile);
const commandLine = join(import.meta.dirname, "../../src/app/cli/main.ts");

/** `lab` is mapped; `ordered` is, and goes out in one lane; `passing` goes out in one lane unmapped; `fan` to ten. */
const linkNames = ["lab", "ordered", "passing", "fan"] as const;
type LinkName = (typeof linkNames)[number];

export const fanOut = 10;

export interface BenchHospital {
  readonly corridor: BenchCorridor;
  readonly ordered: CountingPartner;
  readonly passing: CountingPartner;
  readonly fan: readonly CountingPartner[];
  /** The floor: frames and acknowledges. */
  readonly bare: StartedServer;
  portOf(link: LinkName): number;
  /** Runs a load client; no two runs send the same message. */
  send(port: number, load: Load): Promise<LoadSeen>;
  stop(): Promise<void>;
}

export type Load = Partial<MllpLoad> & Pick<MllpLoad, "connections" | "durationMs">;

/** No run sends more. */
const numbersOfRun = 2_000_000;

export async function startHospital(): Promise<BenchHospital> {
  const corridor = await startBenchCorridor();
  const [ordered, passing, ...fan] = await Promise.all(Array.from({ length: 2 + fanOut }, aCountingPartner));
  const ports = new Map<LinkName, number>();
  for (const name of linkNames) ports.set(name, await freePort());
  if (ordered === undefined || passing === undefined) throw new Error("there are partners");
  const partners = { ordered, passing, fan };
  await deploy(corridor, filesOf(partners, ports));
  const bare = await startFloor("bare-mllp.ts");
  let firstNumber = 0;
  return {
    corridor,
    ...partners,
    bare,
    portOf: (link) => ports.get(link) ?? 0,
    send(port, load) {
      firstNumber += numbersOfRun;
      return runClient<LoadSeen>("mllp-client.ts", { host: "127.0.0.1", port, firstNumber, warmUpMs: 500, ...load });
    },
    async stop() {
      await Promise.all([bare.stop(), corridor.stop()]);
      for (const partner of [ordered, passing, ...fan]) partner.close();
    },
  };
}

type Files = Readonly<Record<string, object>>;
type Partners = Pick<BenchHospital, "ordered" | "passing" | "fan">;

function filesOf({ ordered, passing, fan }: Partners, ports: ReadonlyMap<LinkName, number>): Files {
  const link = (name: LinkName, to: readonly string[], isRecorded = true) => ({
    title: name,
    intake: { by: "mllp", port: ports.get(name) },
    ...(isRecorded ? {} : { record: false }),
    ...(to.length === 0 ? {} : { routes: [{ name: "all", to }] }),
  });
  const oneLane = (port: number) => ({ ...destination(port, 1), lane: "destination" });
  const names = fan.map((_, at) => `fan-${at}`);
  return {
    "links/lab.json": link("lab", []),
    "links/ordered.json": link("ordered", ["ordered"]),
    "links/passing.json": link("passing", ["passing"], false),
    "links/fan.json": link("fan", names, false),
    "destinations/ordered.json": oneLane(ordered.port),
    "destinations/passing.json": oneLane(passing.port),
    ...Object.fromEntries(fan.map(({ port }, at) => [`destinations/fan-${at}.json`, destination(port, 8)])),
  };
}

export function destination(port: number, connections: number): object {
  const outlet = { by: "mllp", host: "127.0.0.1", port, connections };
  return { title: "Destination", outlet, lanesMax: connections };
}

/** Deploys these files, and waits until the links listen. */
export async function deploy(corridor: BenchCorridor, files: Files): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "corridor-bench-links-"));
  try {
    for (const [path, content] of Object.entries(files)) {
      await mkdir(join(folder, path, ".."), { recursive: true });
      await writeFile(join(folder, path), JSON.stringify(content));
    }
    await run(corridor, "links", "deploy", folder, "--why", "a benchmark");
    const token = await tokenFor(corridor, "corridor/links.see");
    await allListen(corridor.http, token, Object.keys(files).filter((path) => path.startsWith("links/")).length);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function run({ environment }: BenchCorridor, ...words: readonly string[]): Promise<string> {
  const { stdout } = await runFile(process.execPath, [commandLine, ...words], { env: environment });
  return stdout.trim();
}

export function tokenFor(corridor: BenchCorridor, scope: string): Promise<string> {
  return run(corridor, "token", "--scope", scope);
}

async function allListen(http: string, token: string, count: number): Promise<void> {
  for (const endMs = performance.now() + 60_000; performance.now() < endMs; ) {
    const answer = await fetch(`${http}/api/clinical/links`, { headers: { authorization: `Bearer ${token}` } });
    const { links } = (await answer.json()) as { readonly links: readonly { readonly state: string }[] };
    if (links.filter(({ state }) => state === "listening").length === count) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("The links that were deployed do not listen.");
}

export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

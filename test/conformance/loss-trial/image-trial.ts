import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { seal } from "#audit";
import { expectOk, silentLog } from "#kernel";
import { openPostgres, startEmbeddedPostgres } from "#storage/postgres";
import { startProgram } from "../../program.ts";
import { anImageSender, type ImageSender, objectBytes, uidOf } from "./image-sender.ts";

export interface ImageTrial {
  readonly rounds: number;
  readonly senders: readonly ImageSender[];
  readonly faults: readonly string[];
}

const connections = 4;
const numbersOfEach = 1_000_000;
/** From the first association; long enough to be anywhere in an object, a sync or a commit. */
const killedAfterMsMax = 900;

/** Kills a Corridor that takes in images `rounds` times at random moments, starts it again each time, then looks at what it kept. */
export async function tryImageLoss(rounds: number): Promise<ImageTrial> {
  const senders = Array.from({ length: connections }, (_, at) => anImageSender(at * numbersOfEach));
  const dataFolder = await mkdtemp(join(tmpdir(), "corridor-image-loss-"));
  const environment = { CORRIDOR_DATA: dataFolder };
  try {
    await addNode(environment);
    for (let round = 0; round < rounds; round += 1) {
      const { program, port } = await startIn(environment);
      const sending = Promise.all(senders.map((sender) => sender.sendUntilBroken(port)));
      await sleep(Math.random() * killedAfterMsMax);
      await program.stop("SIGKILL");
      await sending;
    }
    // What a kill left aside is looked up and settled at a start.
    const { program } = await startIn(environment);
    await program.stop("SIGTERM");
    return { rounds, senders, faults: await faultsIn(dataFolder, senders) };
  } finally {
    await rm(dataFolder, { recursive: true, force: true });
  }
}

async function addNode(environment: Record<string, string>): Promise<void> {
  const { program } = await startIn(environment);
  const words = ["node", "add", "ward3", "--ae-title", "WARD3", "--address", "127.0.0.0/8", "--may", "store"];
  const adding = startProgram(words, environment);
  const code = await adding.exit;
  await program.stop("SIGTERM");
  if (code !== 0) throw new Error(adding.errorText());
}

async function startIn(environment: Record<string, string>) {
  const program = startProgram(["serve", "--json"], environment);
  const { dimse = "" } = JSON.parse(await program.firstLine()) as { readonly dimse?: string };
  return { program, port: Number(/\d+$/.exec(dimse)?.[0]) };
}

interface IndexRow {
  readonly uid: string;
  readonly blob: string;
  readonly data_set_at: number;
  /** Of a small one, which has no file. */
  readonly bytes: Uint8Array | null;
}

/** Of a program that has ended: index and what it names say the same, and each acknowledged object is there as it was sent. */
async function faultsIn(dataFolder: string, senders: readonly ImageSender[]): Promise<readonly string[]> {
  const rows = await indexedIn(dataFolder);
  const files = await filesIn(join(dataFolder, "images"));
  const indexed = new Map(rows.map((row) => [row.uid, row]));
  const named = new Set(rows.map(({ blob }) => blob));
  const faults = [
    ...senders.flatMap(({ oddities }) => oddities),
    ...[...files.keys()].filter((name) => !named.has(name)).map((name) => `nothing names the file ${name}`),
    ...rows
      .filter(({ blob, bytes }) => bytes === null && !files.has(blob))
      .map(({ uid }) => `${uid} is indexed, and its file is not there`),
  ];
  for (const number of senders.flatMap(({ acknowledged }) => acknowledged)) {
    const row = indexed.get(uidOf(number));
    const path = row && files.get(row.blob);
    const bytes = row?.bytes ?? (path === undefined ? undefined : await readFile(path));
    if (row === undefined) faults.push(`${uidOf(number)} was acknowledged and is not indexed`);
    else if (bytes !== undefined && !holds(Buffer.from(bytes), row, number))
      faults.push(`${uidOf(number)} is not what was sent`);
  }
  return faults;
}

function holds(bytes: Buffer, { blob, data_set_at }: IndexRow, number: number): boolean {
  const isWhole = createHash("sha256").update(bytes).digest("hex") === blob;
  return isWhole && bytes.subarray(data_set_at).equals(objectBytes(number));
}

async function indexedIn(dataFolder: string): Promise<readonly IndexRow[]> {
  const server = expectOk(await startEmbeddedPostgres({ dataFolder, log: silentLog }));
  try {
    const store = expectOk(await openPostgres({ target: server.connection, kinds: [], seal }));
    const rows = await store.database<IndexRow[]>`
      select i.uid, encode(i.blob, 'hex') as blob, i.data_set_at, b.bytes
      from image_instance i left join image_bytes b on b.blob = i.blob`;
    await store.close();
    return rows;
  } finally {
    await server.stop();
  }
}

/** Every file below, by its name. */
async function filesIn(folder: string): Promise<ReadonlyMap<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return new Map(
    entries.filter((entry) => entry.isFile()).map(({ name, parentPath }) => [name, join(parentPath, name)]),
  );
}

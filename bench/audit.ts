/** The audit log: how fast entries are appended in batches, and verified against a signed checkpoint. */
import { hash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { noteSigner, readWitness, verifyLog, writeCheckpoint } from "#audit";
import { expectOk, silentLog } from "#kernel";
import { openCheckpointFolder } from "#storage/files";
import { type PostgresStore, startEmbeddedPostgres } from "#storage/postgres";
import { systemClock } from "../src/app/clock.ts";
import { appendMade, madeEntry, openStore } from "./audit/made-log.ts";
import type { Figure } from "./figure.ts";

/** `CORRIDOR_BENCH_AUDIT_ENTRIES`: how many; a million takes two minutes. */
const entryCount = Number(process.env.CORRIDOR_BENCH_AUDIT_ENTRIES ?? 100_000);
const perCommit = 500;

export async function run(): Promise<readonly Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), "corridor-bench-"));
  const server = expectOk(await startEmbeddedPostgres({ dataFolder: folder, log: silentLog }));
  const store = await openStore(server.connection);
  try {
    const appended = await rate(() => appendMade(store, { from: 0, count: entryCount, perCommit }));
    const plain = await rate(() => insertPlainly(store));
    const { verify, tree } = await verified(store, join(folder, "checkpoints"));
    const hashed = await rate(async () => hashAll());
    return [
      {
        name: "audit entries appended",
        value: appended,
        unit: "entries/s",
        floor: plain,
        floorName: "the same bodies by plain unnest inserts",
        wanted: { must: 10_000 },
      },
      {
        name: "audit entries verified",
        value: verify,
        unit: "entries/s",
        floor: hashed,
        floorName: "SHA-256 over the same bodies in memory",
        wanted: { must: 100_000 },
      },
      {
        name: "audit entries taken into the tree and signed",
        value: tree,
        unit: "entries/s",
        floor: hashed,
        floorName: "SHA-256 over the same bodies in memory",
      },
    ];
  } finally {
    await store.close();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function verified(store: PostgresStore, place: string) {
  const kept = await openCheckpointFolder(place);
  const signer = noteSigner("corridor/audit", new Uint8Array(32).fill(7));
  const tree = await rate(async () => {
    expectOk(await writeCheckpoint({ tree: store.auditTree, kept, signer, clock: systemClock }));
  });
  const { witness } = await readWitness(kept, signer);
  const verify = await rate(async () => {
    const { problems } = await verifyLog(store.audit, { witnesses: [witness] });
    if (problems.length > 0) throw new Error("the log is not whole");
  });
  return { tree, verify };
}

/** Entries a second. */
async function rate(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return (entryCount / (performance.now() - started)) * 1000;
}

async function insertPlainly({ database: sql }: PostgresStore): Promise<void> {
  await sql`create table plain (position bigint primary key, body text not null)`;
  for (let at = 0; at < entryCount; at += perCommit) {
    const bodies = Array.from(
      { length: Math.min(perCommit, entryCount - at) },
      (_, index) => madeEntry(at + index).body,
    );
    await sql`insert into plain
      select ${at}::bigint + place, body from unnest(${bodies}::text[]) with ordinality as row (body, place)`;
  }
}

function hashAll(): void {
  for (let index = 0; index < entryCount; index += 1) hash("sha256", madeEntry(index).body, "buffer");
}

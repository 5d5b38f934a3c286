/** A destination that is away, and what waits for it: how long a start takes then, and how much memory. */
import { join } from "node:path";
import { seal } from "#audit";
import { type Delivery, deliveryDefinition } from "#departments/clinical";
import { expectOk, silentLog } from "#kernel";
import { blobOf, type Create, type HealthRecord, openRecord } from "#record";
import { openBlobFolder } from "#storage/files";
import { openPostgres, startEmbeddedPostgres } from "#storage/postgres";
import { systemClock } from "../../src/app/clock.ts";
import { timeOrderedIds } from "../../src/app/ids.ts";
import { tell } from "../fhir/served.ts";
import type { Figure } from "../figure.ts";
import { startBenchCorridor } from "../load/corridor.ts";
import { anOruMessage } from "../load/oru-message.ts";
import type { Amounts } from "./amounts.ts";
import { deploy, destination, freePort } from "./hospital.ts";
import { peakMegabytes } from "./memory.ts";

const perTransaction = 500;
const inFlight = 8;
const lanes = 10_000;
const settleMs = 10_000;

export async function queuedFigures({ queued }: Amounts): Promise<readonly Figure[]> {
  tell(`queueing ${queued}`);
  const first = await startBenchCorridor();
  await deploy(first, {
    "links/lab.json": {
      title: "Laboratory",
      intake: { by: "mllp", port: 0 },
      routes: [{ name: "all", to: ["away"] }],
    },
    "destinations/away.json": destination(await freePort(), 8),
  });
  const { folder } = first;
  await first.halt();
  const empty = await startedOn(folder);
  await queueIn(folder, queued);
  tell("starting with them");
  const full = await startedOn(folder, true);
  const common = { floorName: "the same with nothing queued" };
  return [
    {
      ...common,
      name: `start with ${queued} queued`,
      value: full.startMs,
      unit: "ms",
      floor: empty.startMs,
      wanted: { must: 5_000, isMost: true },
    },
    {
      ...common,
      name: `memory with ${queued} queued, the most in ${settleMs / 1_000} s`,
      value: full.megabytes,
      unit: "MB",
      floor: empty.megabytes,
      wanted: { must: 600, isMost: true },
    },
  ];
}

async function startedOn(folder: string, isLast = false) {
  const corridor = await startBenchCorridor(folder);
  await new Promise((resolve) => setTimeout(resolve, settleMs));
  const seen = { startMs: corridor.startMs, megabytes: peakMegabytes(corridor.pid) };
  await (isLast ? corridor.stop() : corridor.halt());
  return seen;
}

async function queueIn(folder: string, count: number): Promise<void> {
  const server = expectOk(await startEmbeddedPostgres({ dataFolder: folder, log: silentLog }));
  const kinds = [deliveryDefinition];
  const store = expectOk(await openPostgres({ target: server.connection, kinds: kinds.map(({ kind }) => kind), seal }));
  const blobs = await openBlobFolder(join(folder, "blobs"));
  const given = { clock: systemClock, ids: timeOrderedIds, log: silentLog };
  const record = openRecord({ documents: store.documents, inlineBlobs: store.blobs, blobs, kinds, ...given });
  await queue(record, count);
  record.close();
  await store.close();
  await server.stop();
}

/** As the link would have queued them, without what it would have recorded besides. */
async function queue(record: HealthRecord, count: number): Promise<void> {
  let next = 0;
  const blob = blobOf(Buffer.from(anOruMessage(0).frame, "latin1"));
  const writer = async () => {
    while (next < count) {
      const first = next;
      next += perTransaction;
      const operations = Array.from({ length: Math.min(perTransaction, count - first) }, (_, at) =>
        queuedDelivery(first + at, blob),
      );
      expectOk(await record.transact({ operations, blobs: [blob] }));
    }
  };
  await Promise.all(Array.from({ length: inFlight }, writer));
}

function queuedDelivery(number: number, { hash, bytes }: ReturnType<typeof blobOf>): Create {
  const body: Delivery = {
    message: `m-${number}`,
    link: "lab",
    day: "2026-11-23",
    destination: "away",
    route: "all",
    lane: `patient-${number % lanes}`,
    of: 1,
    queuedAt: "2026-11-23T09:00:00.000Z",
    state: "queued",
    controlId: `B${number}`,
    contentType: "x-application/hl7-v2+er7",
    body: hash,
    sizeBytes: bytes.length,
    attempts: 0,
  };
  return { action: "create", kind: "Delivery", body };
}

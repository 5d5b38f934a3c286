/** How fast resources enter the record: checked, indexed by every R4 parameter, versioned, durable. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { seal } from "#audit";
import { expectOk, type JsonObject, silentLog } from "#kernel";
import { fhirKinds, type HealthRecord, openRecord } from "#record";
import { openBlobFolder } from "#storage/files";
import { openPostgres, startEmbeddedPostgres } from "#storage/postgres";
import { systemClock } from "../src/app/clock.ts";
import { timeOrderedIds } from "../src/app/ids.ts";
import type { Figure } from "./figure.ts";

const resourceCount = 20_000;
const perTransaction = 10;
const inFlight = 32;

export async function run(): Promise<readonly Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), "corridor-bench-"));
  const server = expectOk(await startEmbeddedPostgres({ dataFolder: folder, log: silentLog }));
  try {
    const kinds = fhirKinds.map((definition) => definition.kind);
    const store = expectOk(await openPostgres({ target: server.connection, kinds, seal }));
    const record = openRecord({
      documents: store.documents,
      inlineBlobs: store.blobs,
      blobs: await openBlobFolder(join(folder, "blobs")),
      kinds: fhirKinds,
      clock: systemClock,
      ids: timeOrderedIds,
      log: silentLog,
    });
    await createAll(record, 2_000);
    const rate = await createAll(record, resourceCount);
    record.close();
    await store.close();
    const floor = await insertPlainly(server.connection, resourceCount);
    return [
      {
        name: "batched create",
        value: rate,
        unit: "resources/s",
        floor,
        floorName: "the same bytes by plain unnest inserts",
      },
    ];
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Resources a second, from the first request to the last answer. */
async function createAll(record: HealthRecord, count: number): Promise<number> {
  let next = 0;
  const started = performance.now();
  const writer = async () => {
    while (next < count) {
      const first = next;
      next += perTransaction;
      const bodies = Array.from({ length: perTransaction }, (_, index) => observation(first + index));
      expectOk(
        await record.transact({ operations: bodies.map((body) => ({ action: "create", kind: "Observation", body })) }),
      );
    }
  };
  await Promise.all(Array.from({ length: inFlight }, writer));
  return (count / (performance.now() - started)) * 1000;
}

async function insertPlainly(connection: { host: string; database: string; username: string }, count: number) {
  const sql = postgres({ ...connection, max: 1, onnotice: () => {} });
  await sql`create table plain (position bigint primary key, body text not null)`;
  const batch = perTransaction * inFlight;
  const bodies = Array.from({ length: count }, (_, index) => JSON.stringify(observation(index)));
  const started = performance.now();
  for (let first = 0; first < count; first += batch) {
    const rows = bodies.slice(first, first + batch);
    await sql`insert into plain select * from unnest(${rows.map((_, index) => first + index)}::bigint[], ${rows}::text[])`;
  }
  const rate = (count / (performance.now() - started)) * 1000;
  await sql.end();
  return rate;
}

/** A potassium as laboratories send it, 1.2 kB. */
function observation(index: number): JsonObject {
  const patient = `Patient/p-${index % 500}`;
  const taken = new Date(Date.UTC(2025, 0, 1) + index * 60_000).toISOString();
  return {
    resourceType: "Observation",
    identifier: [{ system: "urn:corridor:authority:LAB", value: `2025-${index}-K` }],
    basedOn: [{ reference: `ServiceRequest/order-${index >> 3}` }],
    status: "final",
    category: [
      {
        coding: [
          {
            system: "http://terminology.hl7.org/CodeSystem/observation-category",
            code: "laboratory",
            display: "Laboratory",
          },
        ],
      },
    ],
    code: {
      coding: [
        { system: "http://loinc.org", code: "2823-3", display: "Potassium [Moles/volume] in Serum or Plasma" },
        { system: "urn:corridor:authority:LAB", code: "K", display: "Potassium" },
      ],
      text: "Potassium",
    },
    subject: { reference: patient },
    encounter: { reference: `Encounter/e-${index % 500}` },
    effectiveDateTime: taken,
    issued: taken,
    performer: [{ reference: "Organization/laboratory", display: "Department of Clinical Biochemistry" }],
    valueQuantity: {
      value: 3.5 + (index % 20) / 10,
      unit: "mmol/L",
      system: "http://unitsofmeasure.org",
      code: "mmol/L",
    },
    interpretation: [
      {
        coding: [
          {
            system: "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation",
            code: "N",
            display: "Normal",
          },
        ],
      },
    ],
    referenceRange: [{ low: { value: 3.5, unit: "mmol/L" }, high: { value: 5.3, unit: "mmol/L" }, text: "3.5 - 5.3" }],
    specimen: { reference: `Specimen/s-${index >> 3}` },
  };
}

/** The made-up modality, over real DIMSE. Source: IHE RAD TF-1 §3 (SWF.b). */
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { decidingForLink, nodeActor, workerActor } from "#access";
import { performedStepDefinition, usualWorklistRules, worklistRound, worklistServices } from "#departments/clinical";
import { expectOk, silentLog, silentMeter } from "#kernel";
import { dimseClient, openDimseServer } from "#links/dimse";
import { fhirKinds, parseBody } from "#record";
import { type DimseService, sopClasses, success } from "#standards/dimse";
import type { ServiceRequest } from "#standards/fhir";
import { contextOf } from "../../../../test/handler-context.ts";
import { freshRecord } from "../../../../test/record.ts";
import { wardTime } from "../../../../test/ward/index.ts";
import { modalityRound } from "./modality.ts";
import { startPainter } from "./phantom-objects.ts";

const kept = await freshRecord({ kinds: [...fhirKinds, performedStepDefinition] });
const worker = contextOf(kept, decidingForLink(workerActor("worklist")));
const node = contextOf(kept, nodeActor("XR1", { mayStore: true, mayFind: false, mayWorklist: true }));
const { cursors } = kept.store;
const round = () =>
  worklistRound({ look: kept.record, context: worker, rules: usualWorklistRules, cursors, log: silentLog });

async function keep(kind: string, id: string, body: object): Promise<void> {
  const operations = [{ action: "update", kind, id, body: { resourceType: kind, ...body } } as const];
  expectOk(await kept.record.transact({ operations }));
}

const stored: string[] = [];
const archive: readonly DimseService<undefined>[] = [
  {
    sopClasses: "storage",
    store: async ({ dataSet, sopInstance }) => {
      while ((await dataSet.next()).is === "bytes");
      stored.push(sopInstance);
      return success;
    },
  },
  {
    sopClasses: [sopClasses.storageCommitmentPush],
    normalized: async ({ association, sopClass }) => {
      const event = {
        operation: "N-EVENT-REPORT",
        sopClass,
        sopInstance: "1.2.840.10008.1.20.1.1",
        eventType: 1,
      } as const;
      setImmediate(() => void association.normalized(event));
      return { status: success };
    },
  },
];

const server = expectOk(
  await openDimseServer({
    host: "127.0.0.1",
    port: 0,
    name: "dimse",
    admit: async () => ({ is: "accepted", caller: undefined }),
    services: [...worklistServices<undefined>(() => node), ...archive],
    log: silentLog,
    meter: silentMeter,
  }),
);
const painter = startPainter();
after(async () => {
  await painter.stop();
  await server.stop();
});

test("a modality takes what is ordered from its list, does it, and the order is done", async () => {
  await keep("Patient", "osei", {
    identifier: [{ type: { coding: [{ code: "MR" }] }, system: "urn:corridor:authority:CGH", value: "H1042301" }],
    name: [{ family: "Osei", given: ["Ama"] }],
    gender: "female",
    birthDate: "1952-03-14",
  });
  await keep("ServiceRequest", "chest", {
    status: "active",
    intent: "order",
    category: [{ coding: [{ system: "http://terminology.hl7.org/CodeSystem/v2-0074", code: "RX" }] }],
    code: { coding: [{ code: "XCHES", display: "Chest radiograph" }] },
    subject: { reference: "Patient/osei" },
    occurrenceDateTime: "2026-03-02T10:30:00Z",
  });
  expectOk(await round());
  const client = dimseClient({ log: silentLog, meter: silentMeter });
  const archiveNode = { host: "127.0.0.1", port: server.port, calledAe: "CORRIDOR" };
  const needs = { client, painter, node: archiveNode, hospitalTime: wardTime };
  const asked = { stationAe: "XR1", clock: kept.clock, signal: new AbortController().signal };
  const done = await modalityRound(needs, asked);
  assert.deepEqual(done.is === "done" && [done.objects, done.isCommitted, done.entry.patient.id], [
    1,
    true,
    "H1042301",
  ]);
  assert.equal(stored.length, 1);
  const order = parseBody<ServiceRequest>(expectOk(await kept.record.read("ServiceRequest", "chest")));
  assert.equal(order.status, "completed");
  assert.deepEqual(await modalityRound(needs, asked), { is: "nothing-to-do" });
});

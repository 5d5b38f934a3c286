/** Orders and reports that people write go out as messages of a link, each once, whatever happens. */
import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { setTimeout as passed } from "node:timers/promises";
import { linkActor, writerOf } from "#access";
import {
  type Delivery,
  deliveryDefinition,
  destinationSwitchDefinition,
  type LinkMessage,
  linkBookDefinition,
  linkMessageDefinition,
  patientMergeDefinition,
  readConfigurationWhole,
} from "#departments/clinical";
import { countingIds, expectOk, type JsonObject, silentLog, silentMeter } from "#kernel";
import { freshAccess } from "../../../test/access.ts";
import { wardTime } from "../../../test/ward/index.ts";
import { openCommitted } from "./committed.ts";
import { openDeliveries } from "./deliveries.ts";
import { openIntake } from "./open-intake.ts";

const kinds = [
  linkMessageDefinition,
  deliveryDefinition,
  linkBookDefinition,
  destinationSwitchDefinition,
  patientMergeDefinition,
];

const patient = { resourceType: "Patient", id: "osei", name: [{ family: "Osei" }], identifier: [{ value: "H1" }] };
const order = {
  resourceType: "ServiceRequest",
  status: "active",
  intent: "order",
  code: { text: "Full blood count" },
  subject: { reference: "Patient/osei" },
};

const { code: _code, ...rest } = order;
const withoutCode = { ...rest, id: "o4" };

async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (const from = performance.now(); !(await isSo()); await passed(20)) {
    assert.ok(performance.now() - from < 10_000, "it did not come about in time");
  }
}

async function aWard(t: TestContext) {
  const { record, access, clock, store } = await freshAccess({ kinds });
  const folder = await mkdtemp(join(tmpdir(), "corridor-orders-"));
  const given = { record, access, clock, hospitalTime: wardTime, cursors: store.cursors, log: silentLog };
  const deliveries = openDeliveries(given);
  const configuration = expectOk(
    readConfigurationWhole([
      {
        path: "links/orders.json",
        json: {
          title: "Orders",
          intake: { by: "record", writes: "orm-o01", recipients: ["Organization/lab"] },
          record: false,
          routes: [{ name: "all", to: ["lab"] }],
        },
      },
      { path: "destinations/lab.json", json: { title: "Laboratory", outlet: { by: "folder", path: folder } } },
    ]),
  );
  await deliveries.apply(configuration);
  const [settings] = configuration.links;
  assert.ok(settings !== undefined);
  const hooks = { safeguardsOf: () => ({}), statusChanged: () => {} };
  const feed = {
    record,
    writerOf: (version: Parameters<typeof writerOf>[2]) => writerOf(store.audit, version.id, version),
  };
  const shared = { ...given, ...hooks, feed, deliveries, ids: countingIds("A"), meter: silentMeter, host: "127.0.0.1" };
  const committed = openCommitted({ ...shared, settingsOf: () => settings });
  const open = async () => expectOk(await openIntake(() => settings, { ...shared, committed }));
  t.after(async () => {
    await committed.close();
    await deliveries.close();
    await rm(folder, { recursive: true, force: true });
  });
  const write = async (reference: string, ...bodies: readonly JsonObject[]) => {
    const actor = { ...linkActor("test"), reference, display: reference };
    const written = bodies.map(
      (body) => ({ action: "update", kind: String(body.resourceType), id: String(body.id), body }) as const,
    );
    expectOk(await access.contextOf(actor).record.transact({ operations: written }));
  };
  const all = async <T>(kind: string) => {
    const sort = { by: "updated", descending: false } as const;
    const page = expectOk(await record.search({ kind, all: [], sort, limit: 100 }));
    return page.versions.map(({ body }) => JSON.parse(body) as T);
  };
  const sent = async () => {
    const names = await readdir(folder);
    const texts = names.filter((name) => !name.startsWith(".")).map((name) => readFile(join(folder, name), "utf8"));
    return (await Promise.all(texts))
      .map((text) => /^ORC\|[^|]*\|[^|^]*/m.exec(text.replaceAll("\r", "\n"))?.[0])
      .sort();
  };
  return { record, open, write, all, sent, cursors: store.cursors };
}

const restricted = [{ system: "http://terminology.hl7.org/CodeSystem/v3-ActCode", code: "HIV" }];

const recipientRole = {
  role: { coding: [{ system: "http://terminology.hl7.org/CodeSystem/v3-ParticipationType", code: "IRCP" }] },
};

/** Somebody with an order, and what they have said. */
function ofPerson(id: string, said: JsonObject) {
  const reference = `Patient/${id}`;
  return {
    patient: { ...patient, id, identifier: [{ value: id }] },
    said: { ...said, patient: { reference } },
    order: { ...order, id: `o-${id}`, subject: { reference } },
  };
}

test("what may not be disclosed to whom the link tells does not leave, and is listed with the reason", async (t) => {
  const { record, open, write, all, sent } = await aWard(t);
  const first = await open();
  t.after(() => first.close());
  const other = { ...patient, id: "lund", identifier: [{ value: "H2" }] };
  const said = {
    ...{ resourceType: "Consent", id: "c1", status: "active", patient: { reference: "Patient/lund" } },
    scope: { coding: [{ system: "http://terminology.hl7.org/CodeSystem/consentscope", code: "patient-privacy" }] },
    category: [{ coding: [{ system: "http://terminology.hl7.org/CodeSystem/v3-ActCode", code: "INFA" }] }],
    policyRule: { coding: [{ system: "http://terminology.hl7.org/CodeSystem/v3-ActCode", code: "OPTIN" }] },
    provision: {
      type: "deny",
      action: [{ coding: [{ system: "http://terminology.hl7.org/CodeSystem/consentaction", code: "disclose" }] }],
    },
  };
  await write("User/ama", patient, other);
  const labelled = { ...order, id: "labelled", meta: { security: restricted } };
  const denied = { ...order, id: "denied", subject: { reference: "Patient/lund" } };
  const [toOthers, toUs, notByLink] = [
    { reference: { reference: "Organization/other" } },
    { reference: { reference: "Organization/lab" } },
    { reference: { identifier: { system: "urn:corridor:reference", value: "Link/orders" } } },
  ].map((actor, at) =>
    ofPerson(`p${at}`, {
      ...said,
      id: `c-p${at}`,
      provision: { type: "deny", actor: [{ ...recipientRole, ...actor }] },
    }),
  );
  await write("User/ama", ...[toOthers, toUs, notByLink].map((each) => each?.patient ?? {}));
  const named = [toOthers, toUs, notByLink].flatMap((each) => (each === undefined ? [] : [each.said, each.order]));
  for (const body of [said, labelled, denied, ...named] as readonly JsonObject[])
    expectOk(
      await record.transact({
        operations: [{ action: "update", kind: String(body.resourceType), id: String(body.id), body }],
      }),
    );
  await write("User/ama", { ...order, id: "open" });
  await until(async () => (await sent()).length === 2);
  assert.deepEqual(await sent(), ["ORC|NW|o-p0", "ORC|NW|open"]);
  const messages = await all<LinkMessage>("LinkMessage");
  assert.deepEqual(
    messages.map(({ state, reasons: [reason] }) => [state, reason?.code, reason?.where]),
    [
      ["rejected", "not-to-be-disclosed", "ServiceRequest"],
      ["rejected", "not-to-be-disclosed", "Patient, ServiceRequest"],
      ["routed", undefined, undefined],
      ["rejected", "not-to-be-disclosed", "Patient, ServiceRequest"],
      ["rejected", "not-to-be-disclosed", "Patient, ServiceRequest"],
      ["routed", undefined, undefined],
    ],
  );
});

test("what people order goes out once, across a crash, and what links bring, drafts and orders without a test do not", async (t) => {
  const { open, write, all, sent, cursors } = await aWard(t);
  const first = await open();
  t.after(() => first.close());
  await write("User/ama", patient, { ...order, id: "o1" });
  await until(async () => (await sent()).length === 1);
  await first.close();
  // As a crash leaves it: the message is durable, and the place is not.
  const place = await cursors.get("record-intake/orders");
  await cursors.set("record-intake/orders", place - 1);
  await write("User/ama", { ...order, id: "o1", status: "revoked" });
  await write("Link/lab", { ...order, id: "o2" });
  await write(
    "User/ama",
    { ...order, id: "o3", status: "draft" },
    { ...order, id: "o5", status: "revoked" },
    withoutCode,
  );
  const second = await open();
  t.after(() => second.close());
  await until(async () => (await all<LinkMessage>("LinkMessage")).length === 3 && (await sent()).length === 2);
  assert.deepEqual(await sent(), ["ORC|CA|o1", "ORC|NW|o1"]);
  const messages = await all<LinkMessage>("LinkMessage");
  assert.deepEqual(
    messages.map(({ state, reasons }) => [state, reasons[0]?.code]),
    [
      ["routed", undefined],
      ["routed", undefined],
      ["rejected", "code-missing"],
    ],
  );
  await until(async () => (await all<Delivery>("Delivery")).every(({ state }) => state === "delivered"));
  const requisition = { system: "urn:ward", value: "R-1" };
  await write("User/ama", ...["o6", "o7"].map((id) => ({ ...order, id, requisition })), {
    ...withoutCode,
    id: "o8",
    requisition,
  });
  await until(async () => (await sent()).length === 3);
  const together = (await all<LinkMessage>("LinkMessage")).slice(messages.length);
  assert.deepEqual(
    together.map(({ state, orders }) => [state, orders.map(({ placer }) => placer)]),
    [
      ["rejected", []],
      ["routed", ["o6", "o7"]],
    ],
    "orders of one requisition are one message, and one that cannot be written does not keep the others back",
  );
});

/** Every message is in one column of the books, and what people decide is in them too. */
import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { deliveryRoutes, deploy } from "#departments/clinical";
import type { BooksPage, DeliveriesPage, DestinationsPage } from "#departments/clinical/api";
import { expectOk, type Json } from "#kernel";
import { aRequest } from "../../../test/access.ts";
import { anOruR01 } from "../../../test/builders/index.ts";
import { aHospital } from "../../../test/deliveries/hospital.ts";
import { anActor, contextOf } from "../../../test/handler-context.ts";
import { mrONeill, mrsOsei } from "../../../test/ward/index.ts";
import { openDeliveries } from "./deliveries.ts";

const routes = [
  { name: "both", when: { fields: { "OBR-3": ["TWO"] } }, to: ["gp", "registry"] },
  { name: "one", when: { fields: { "OBR-3": ["ONE"] } }, to: ["gp"] },
];

async function aManager(t: TestContext, link: Readonly<Record<string, Json>>) {
  const hospital = await aHospital(t, { link, surgeries: ["gp", "registry"], openDeliveries });
  const context = contextOf(hospital, anActor("pathology-links-manager"));
  const table = deliveryRoutes(hospital.deliveries.engine);
  const ask = async <T>(path: string, body?: unknown): Promise<T> => {
    const [bare = "", query = ""] = path.split("?");
    const method = body === undefined ? "GET" : "POST";
    const parts = bare.split("/");
    const route = table.find((each) => {
      const names = each.path.replace("/api/clinical/", "").split("/");
      return (
        each.method === method &&
        names.length === parts.length &&
        names.every((name, at) => name.startsWith(":") || name === parts[at])
      );
    });
    assert.ok(route !== undefined, `there is a route ${method} ${bare}`);
    const params = { id: parts[1] ?? "", name: parts[1] ?? "" };
    const request = aRequest(method, path, { params, query: new URLSearchParams(query), json: body });
    return JSON.parse(String(expectOk(await route.handle(request, context)).body)) as T;
  };
  /** The one book, once it says so. */
  const book = async (isSo: (columns: Readonly<Record<string, unknown>>) => boolean) => {
    let found: BooksPage["books"][number] | undefined;
    await hospital.until(async () => {
      [found] = (await ask<BooksPage>("books?recount=true")).books;
      return found !== undefined && isSo(found as never);
    });
    assert.ok(found !== undefined);
    const { position: _position, ...columns } = found;
    return columns;
  };
  return { ...hospital, ask, book };
}

const nothing = {
  received: 0,
  delivered: 0,
  partly: 0,
  recorded: 0,
  filtered: 0,
  filteredBy: {},
  held: 0,
  rejected: 0,
  parked: 0,
  underWay: 0,
  skipped: 0,
};

test("the books balance, whatever became of the messages, and follow what people decide", async (t) => {
  const { send, door, ask, book, until } = await aManager(t, { routes });
  await send(anOruR01({ controlId: "M-1", filler: "NONE" }));
  await send(anOruR01({ controlId: "M-2", filler: "ONE" }));
  await send(anOruR01({ controlId: "M-3", filler: "HELD", pid: { 3: "" } }));
  await send(anOruR01({ controlId: "M-4", filler: "X" }).replace("ORU^R01", "QBP^Q11"));
  await until(() => door("gp").received.length === 1);
  door("registry").answering.code = "AR";
  await send(anOruR01({ controlId: "M-5", filler: "TWO", patient: mrONeill }));
  await until(() => door("registry").received.length === 1);
  const before = await book(({ parked }) => parked === 1);
  const counts = { ...nothing, received: 5, recorded: 1, delivered: 1, held: 1, rejected: 1, parked: 1 };
  assert.deepEqual(before, { link: "lab", day: before.day, ...counts, balances: true, counted: 5 });
  const parked = await ask<DeliveriesPage>("deliveries?destination=registry&state=parked");
  assert.deepEqual(
    parked.deliveries.map(({ controlId, stateText }) => [controlId, stateText]),
    [["M-5", "Parked: a person must look at it"]],
  );
  const [{ id } = { id: "" }] = parked.deliveries;
  door("registry").answering.code = "AA";
  await ask(`deliveries/${id}/retry`, { comment: "The registry has added the patient." });
  await until(() => door("registry").received.length === 2);
  const after = await book(({ delivered }) => delivered === 2);
  assert.deepEqual([after.parked, after.received, after.balances], [0, 5, true]);
});

test("a message that a person skips at its only destination is skipped, and its lane goes on", async (t) => {
  const { send, door, ask, book, until } = await aManager(t, { routes });
  door("gp").answering.code = "AR";
  await send(anOruR01({ controlId: "M-1", filler: "ONE", patient: mrsOsei }));
  await until(async () => (await ask<DeliveriesPage>("deliveries?state=parked")).deliveries.length === 1);
  door("gp").answering.code = "AA";
  await send(anOruR01({ controlId: "M-2", filler: "ONE", patient: mrsOsei }));
  const [destination] = (await ask<DestinationsPage>("destinations")).destinations;
  assert.deepEqual([destination?.parked, destination?.queued], [1, 1]);
  const [parked] = (await ask<DeliveriesPage>("deliveries?state=parked")).deliveries;
  await ask(`deliveries/${parked?.id}/skip`, { comment: "Sent on paper." });
  await until(() => door("gp").received.at(-1) === "M-2");
  const skipped = await book(({ delivered, skipped }) => delivered === 1 && skipped === 1);
  assert.equal(skipped.balances, true);
});

test("nothing goes to a destination that is paused until it is resumed", async (t) => {
  const { send, door, ask, until } = await aManager(t, { routes });
  await ask("destinations/gp/pause", { comment: "They are moving house." });
  await until(async () => (await ask<DestinationsPage>("destinations")).destinations[0]?.isPaused === true);
  await send(anOruR01({ controlId: "M-1", filler: "TWO" }));
  await until(() => door("registry").received.length === 1);
  assert.deepEqual(door("gp").received, []);
  await ask("destinations/gp/resume", { comment: "They have moved." });
  await until(() => door("gp").received.length === 1);
});

test("on a link that records nothing, what is passed on and what is filtered is in the books", async (t) => {
  const { send, book } = await aManager(t, { record: false, routes });
  await send(anOruR01({ controlId: "M-1", filler: "ONE" }));
  await send(anOruR01({ controlId: "M-2", filler: "NONE" }));
  const found = await book(({ delivered }) => delivered === 1);
  assert.deepEqual([found.received, found.delivered, found.filtered, found.balances], [2, 1, 1, true]);
  assert.deepEqual(found.filteredBy, { "no route fits": 1 });
});

test("a message that some destinations have, and that a person has skipped at the others, is partly delivered", async (t) => {
  const { send, door, ask, book, until } = await aManager(t, { routes });
  door("registry").answering.code = "AR";
  await send(anOruR01({ controlId: "M-1", filler: "TWO" }));
  await until(async () => (await ask<DeliveriesPage>("deliveries?state=parked")).deliveries.length === 1);
  const [parked] = (await ask<DeliveriesPage>("deliveries?state=parked")).deliveries;
  await ask(`deliveries/${parked?.id}/skip`, { comment: "They have it on paper." });
  const found = await book(({ partly }) => partly === 1);
  assert.deepEqual([found.received, found.delivered, found.skipped, found.balances], [1, 0, 0, true]);
});

test("deliveries are found by link, day, destination and state together", async (t) => {
  const { send, door, ask, until } = await aManager(t, { routes });
  await send(anOruR01({ controlId: "M-1", filler: "TWO" }));
  await until(() => door("gp").received.length === 1 && door("registry").received.length === 1);
  const count = async (query: string) => (await ask<DeliveriesPage>(`deliveries?${query}`)).deliveries.length;
  const day = "2026-12-27";
  await until(async () => (await count(`link=lab&day=${day}&state=delivered`)) === 2);
  assert.equal(await count(`link=lab&day=${day}&destination=gp&state=delivered`), 1);
  assert.equal(await count("link=other"), 0);
  assert.equal(await count("link=lab&day=2026-12-26"), 0);
});

test("what waits for a destination that was taken out is shown, and goes to another in order, or nowhere", async (t) => {
  const manager = await aManager(t, { routes });
  const { send, door, ask, until, record, deliveries, configuration, book } = manager;
  await ask("destinations/registry/pause", { comment: "They are moving house." });
  await until(async () => (await ask<DestinationsPage>("destinations")).destinations[1]?.isPaused === true);
  const toRegistry = [{ name: "one", when: {}, to: ["registry"] }];
  const [lab] = configuration.links;
  assert.ok(lab !== undefined);
  await deliveries.apply({ ...configuration, links: [{ ...lab, routes: toRegistry }] });
  for (const controlId of ["M-1", "M-2", "M-3"]) await send(anOruR01({ controlId, filler: controlId }));
  const files = configuration.destinations.map(({ name }) => ({ path: `destinations/${name}.json`, json: {} }));
  const by = { reference: "User/baker", display: "Tom Baker" };
  expectOk(await deploy(record, { files, why: "a test", by, deployedAt: "2026-12-27T09:00:00.000Z" }));
  const left = configuration.destinations.filter(({ name }) => name === "gp");
  await deliveries.apply({ ...configuration, destinations: left });
  const { stranded } = await ask<DestinationsPage>("destinations");
  assert.deepEqual(stranded, [{ name: "registry", queued: 3, parked: 0 }]);
  assert.equal((await book(({ underWay }) => underWay === 3)).balances, true);
  const resolved = await ask("destinations/registry/send-to", { to: "gp", comment: "The surgery passes them on." });
  assert.deepEqual(resolved, { sent: 3, cancelled: 0 });
  await until(() => door("gp").received.length === 3);
  assert.deepEqual(door("gp").received, ["M-1", "M-2", "M-3"]);
  assert.deepEqual((await ask<DestinationsPage>("destinations")).stranded, []);
  const after = await book(({ delivered }) => delivered === 3);
  assert.equal(after.balances, true);
});

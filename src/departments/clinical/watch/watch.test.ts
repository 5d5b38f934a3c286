/** Noticing what did not arrive, in simulated weeks of a link: one alert when it begins, one end when it is over. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { workerActor } from "#access";
import { expectOk } from "#kernel";
import { blobOf, parseBody } from "#record";
import { aLinkMessage } from "../../../../test/builders/link-message.ts";
import { aRequest } from "../../../../test/builders/request.ts";
import { anActor, contextOf } from "../../../../test/handler-context.ts";
import { freshRecord } from "../../../../test/record.ts";
import type { AlertsPage, AlertView, WatchPage } from "../api/alerts.ts";
import type { WatchSettings } from "../configuration/link-settings.ts";
import type { Delivery } from "../deliveries/delivery.ts";
import { deliveryDefinition } from "../deliveries/delivery-kind.ts";
import type { LinkMessage } from "../messages/link-message.ts";
import { linkMessageDefinition } from "../messages/link-message-kind.ts";
import { watchKinds } from "./kinds.ts";
import { type LinkAlert, linkAlertKind } from "./link-alert.ts";
import { watchRoutes } from "./routes.ts";
import type { WatchNeeds } from "./watch-needs.ts";
import { watchDeliveries, watchRound } from "./watch-round.ts";

const silenceOnly: WatchSettings = { silence: true, resultWithinHours: {}, sequence: false, unordered: false };
const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

async function aWatchedRecord(watch: WatchSettings = silenceOnly) {
  const parts = await freshRecord({ kinds: [linkMessageDefinition, deliveryDefinition, ...watchKinds] });
  const { record, clock } = parts;
  const context = contextOf(parts, workerActor("watch"));
  const routes = [{ name: "all", when: {}, to: ["gp"] }];
  const needs: WatchNeeds = { look: record, context, links: () => [{ name: "lab", watch, routes }] };
  let sent = 0;
  const send = async (times: readonly string[], fields: Partial<LinkMessage> = {}) => {
    for (let at = 0; at < times.length; at += 500) {
      const messages = times.slice(at, at + 500).map((arrivedAt) => {
        sent += 1;
        return aLinkMessage({ id: `m-${sent}`, text: "MSH|^~\\&|", fields: { ...fields, arrivedAt } });
      });
      const [first] = messages;
      const operations = messages.map(({ operation }) => operation);
      expectOk(await record.transact({ operations, ...(first === undefined ? {} : { blobs: [first.blob] }) }));
    }
  };
  const alerts = async () => {
    const sort = { by: "updated", descending: false } as const;
    const { versions } = expectOk(await record.search({ kind: linkAlertKind, all: [], sort, limit: 100 }));
    return versions.map((version) => ({ id: version.id, version: version.version, ...parseBody<LinkAlert>(version) }));
  };
  const at = (time: string) => clock.advance(Date.parse(time) - clock.now());
  const look = async () => expectOk(await watchRound(needs));
  /** Looks every `everyMinutes` from where the clock is until then. */
  const watchUntil = async (end: string, everyMinutes: number) => {
    for (; clock.now() <= Date.parse(end); clock.advance(everyMinutes * minuteMs)) await look();
  };
  const ask = async (method: string, path: string, asked: { query?: string; id?: string; body?: object } = {}) => {
    const route = watchRoutes(needs).find((each) => each.method === method && each.path === `/api/clinical${path}`);
    assert.ok(route, path);
    const { query = "", id = "", body = {} } = asked;
    const request = aRequest({ params: { id }, query, body: Buffer.from(JSON.stringify(body)) });
    const reply = await route.handle(request, contextOf(parts, anActor("pathology-links-manager")));
    return reply.ok ? (JSON.parse(String(reply.value.body)) as unknown) : reply.problems[0].code;
  };
  return { ...parts, needs, send, alerts, at, look, watchUntil, ask };
}

/** Every five minutes from eight to six on the days of the week that are named, by UTC; none at night. */
function officeHours(from: string, to: string, weekdays: readonly number[] = [1, 2, 3, 4, 5]): readonly string[] {
  const times: string[] = [];
  for (let ms = Date.parse(from); ms < Date.parse(to); ms += 5 * minuteMs) {
    const time = new Date(ms);
    const hour = time.getUTCHours();
    if (weekdays.includes(time.getUTCDay()) && hour >= 8 && hour < 18) times.push(time.toISOString());
  }
  return times;
}

test("a busy link that falls silent on Monday at ten is alerted on once within the hour, and its end once", async () => {
  const { send, alerts, at, watchUntil, look } = await aWatchedRecord();
  await send(officeHours("2026-01-26T00:00:00Z", "2026-02-23T10:00:00Z"));
  at("2026-02-23T10:00:00Z");
  await watchUntil("2026-02-23T12:00:00Z", 5);
  const [alert, ...others] = await alerts();
  assert.ok(alert);
  assert.deepEqual(
    [others.length, alert.link, alert.rule, alert.since, alert.closedAt, alert.version],
    [0, "lab", "silence", "2026-02-23T09:55:00.000Z", undefined, 1],
  );
  assert.ok(alert.openedAt <= "2026-02-23T10:55:00.000Z", alert.openedAt);
  assert.match(alert.text, /^Nothing has come since 2026-02-23 09:55, when at least \d+ messages are usual\.$/);

  await send(["2026-02-23T12:07:00.000Z", "2026-02-23T12:08:00.000Z"]);
  at("2026-02-23T12:09:00Z");
  await look();
  await look();
  const [ended, ...more] = await alerts();
  assert.deepEqual(
    [more.length, ended?.version, ended?.until, ended?.closedAt],
    [0, 2, "2026-02-23T12:07:00.000Z", "2026-02-23T12:09:00.000Z"],
  );
});

test("nights and weekends of a link that is quiet then are no silence", async () => {
  const { send, alerts, at, watchUntil, ask } = await aWatchedRecord();
  await send(officeHours("2026-01-26T00:00:00Z", "2026-02-21T00:00:00Z"));
  at("2026-02-20T18:10:00Z");
  await watchUntil("2026-02-23T08:15:00Z", 45);
  assert.deepEqual(await alerts(), []);
  at("2026-02-22T03:00:00Z");
  const { links } = (await ask("GET", "/watch")) as WatchPage;
  assert.equal(links[0]?.state, "too-little");
});

test("a bank holiday is like a Sunday, and the first working day after it is not", async () => {
  const { send, alerts, at, watchUntil } = await aWatchedRecord();
  await send(officeHours("2026-04-07T00:00:00Z", "2026-05-02T00:00:00Z"));
  at("2026-05-01T18:10:00Z");
  await watchUntil("2026-05-05T07:55:00Z", 60);
  assert.deepEqual(await alerts(), [], "Monday 4 May 2026 is the early May bank holiday");
  at("2026-05-05T09:00:00Z");
  await watchUntil("2026-05-05T09:30:00Z", 10);
  assert.deepEqual(
    (await alerts()).map(({ rule, since }) => [rule, since]),
    [["silence", "2026-05-01T17:55:00.000Z"]],
  );
});

test("bank holidays do not teach that Mondays are silent", async () => {
  const { send, alerts, at, watchUntil } = await aWatchedRecord();
  const monday = officeHours("2026-04-13T00:00:00Z", "2026-06-01T00:00:00Z", [1]).filter(
    (time) => !time.startsWith("2026-05-04") && !time.startsWith("2026-05-25"),
  );
  await send(monday);
  at("2026-06-01T09:10:00Z");
  await watchUntil("2026-06-01T09:30:00Z", 10);
  assert.deepEqual(
    (await alerts()).map(({ rule }) => rule),
    ["silence"],
  );
});

test("a link is learning until three weeks of the hour are known, and says so", async () => {
  const { send, alerts, at, watchUntil, ask } = await aWatchedRecord();
  await send(officeHours("2026-02-09T00:00:00Z", "2026-02-23T10:00:00Z"));
  at("2026-02-23T10:00:00Z");
  await watchUntil("2026-02-23T15:00:00Z", 30);
  assert.deepEqual(await alerts(), []);
  const { links } = (await ask("GET", "/watch")) as WatchPage;
  assert.deepEqual([links[0]?.state, links[0]?.lastMessageAt], ["learning", "2026-02-23T09:55:00.000Z"]);
});

test("a long outage does not become normal: what a silence lasts is not learnt", async () => {
  const { send, alerts, at, watchUntil, look } = await aWatchedRecord();
  await send(officeHours("2026-01-26T00:00:00Z", "2026-02-23T10:00:00Z"));
  at("2026-02-23T10:00:00Z");
  await watchUntil("2026-02-24T00:00:00Z", 60);
  at(new Date(Date.parse("2026-02-24T00:00:00Z") + 28 * dayMs).toISOString());
  await look();
  const [alert, ...others] = await alerts();
  assert.deepEqual([others.length, alert?.closedAt, alert?.version], [0, undefined, 1]);
});

/** A second process that wants to write its alerts when the first has just taken the same look. */
function afterAnother(needs: WatchNeeds): WatchNeeds {
  const { record } = needs.context;
  const transact: typeof record.transact = async (transaction) => {
    if (transaction.operations.some(({ kind }) => kind === linkAlertKind)) await watchRound(needs);
    return record.transact(transaction);
  };
  return { ...needs, context: { ...needs.context, record: { ...record, transact } } };
}

test("a worker that was killed, or runs twice at once, opens no second alert and ends none twice", async () => {
  const { send, alerts, at, needs, look } = await aWatchedRecord();
  await send(officeHours("2026-01-26T00:00:00Z", "2026-02-23T10:00:00Z"));
  at("2026-02-23T10:00:00Z");
  await look();
  at("2026-02-23T11:00:00Z");
  const overtaken = await watchRound(afterAnother(needs));
  assert.equal(!overtaken.ok && overtaken.problems[0].category, "conflict");
  await look();
  assert.deepEqual(
    (await alerts()).map(({ version }) => version),
    [1],
  );
  await send(["2026-02-23T11:05:00.000Z"]);
  at("2026-02-23T11:06:00Z");
  await watchRound(afterAnother(needs));
  await look();
  assert.deepEqual(
    (await alerts()).map(({ version, until }) => [version, until]),
    [[2, "2026-02-23T11:05:00.000Z"]],
  );
});

test("a parked delivery is told at once, also of a link that is not watched, and ends no other alert", async () => {
  const { send, alerts, at, look, needs, record } = await aWatchedRecord();
  await send(officeHours("2026-01-26T00:00:00Z", "2026-02-23T10:00:00Z"));
  at("2026-02-23T11:00:00Z");
  await look();
  const body = aParkedDelivery("archive");
  const blobs = [blobOf(Buffer.from("MSH|"))];
  expectOk(await record.transact({ operations: [{ action: "update", kind: "Delivery", id: "d-1", body }], blobs }));
  const routes = [{ name: "all", when: {}, to: ["archive"] }];
  const links = () => [...needs.links(), { name: "ward", routes }];
  expectOk(await watchDeliveries({ ...needs, links }));
  assert.deepEqual(
    (await alerts()).map(({ rule, subject, closedAt }) => [rule, subject, closedAt]),
    [
      ["silence", undefined, undefined],
      ["delivery-parked", "archive", undefined],
    ],
  );
});

function aParkedDelivery(destination: string): Delivery {
  return {
    message: "m-1",
    link: "ward",
    day: "2026-02-23",
    destination,
    route: "all",
    lane: "patient",
    of: 1,
    queuedAt: "2026-02-23T10:00:00.000Z",
    settledAt: "2026-02-23T11:00:00.000Z",
    state: "parked",
    from: "queued",
    controlId: "M-1",
    contentType: "x-application/hl7-v2+er7",
    body: blobOf(Buffer.from("MSH|")).hash,
    sizeBytes: 4,
    attempts: 7,
  };
}

test("a gap in MSH-13 is alerted on after a minute, and ends when what was missing has come", async () => {
  const { send, alerts, at, look } = await aWatchedRecord({ ...silenceOnly, silence: false, sequence: true });
  await look();
  at("2026-03-02T10:00:00Z");
  for (const sequence of [5, 6, 9]) await send(["2026-03-02T10:00:00.000Z"], { sequence });
  await look();
  assert.deepEqual(await alerts(), [], "the messages may be on their way on another connection");
  at("2026-03-02T10:02:00Z");
  await look();
  await look();
  const [alert, ...others] = await alerts();
  assert.deepEqual(
    [others.length, alert?.rule, alert?.subject, alert?.count, alert?.text],
    [0, "sequence-gap", "PATHLAB|MEADOWLAB", 2, "Messages with the sequence numbers (MSH-13) 7 to 8 have not come."],
  );
  await send(["2026-03-02T10:03:00.000Z"], { sequence: 8 });
  await look();
  assert.equal((await alerts())[0]?.closedAt, undefined);
  await send(["2026-03-02T10:04:00.000Z"], { sequence: 7 });
  at("2026-03-02T10:05:00Z");
  await look();
  assert.deepEqual(
    (await alerts()).map(({ version, until }) => [version, until]),
    [[2, "2026-03-02T10:05:00.000Z"]],
  );
});

test("alerts are listed by state, link and rule, and a person says once that they know of one", async () => {
  const { send, at, look, ask, alerts } = await aWatchedRecord({ ...silenceOnly, silence: false, sequence: true });
  await look();
  for (const sequence of [1, 3]) await send(["2026-03-02T09:00:00.000Z"], { sequence });
  at("2026-03-02T09:10:00Z");
  await look();
  const page = (await ask("GET", "/alerts", { query: "link=lab&rule=sequence-gap" })) as AlertsPage;
  assert.deepEqual([page.open, page.alerts.length], [1, 1]);
  const id = page.alerts[0]?.id ?? "";
  assert.equal(await ask("POST", "/alerts/:id/acknowledge", { id, body: { comment: " " } }), "body-incorrect");
  const body = { comment: "Asked the laboratory to send it again." };
  const known = (await ask("POST", "/alerts/:id/acknowledge", { id, body })) as AlertView;
  assert.equal(known.acknowledged?.by, "User/pathology-links-manager");
  assert.equal(await ask("POST", "/alerts/:id/acknowledge", { id, body }), "already-acknowledged");
  await send(["2026-03-02T09:20:00.000Z"], { sequence: 2 });
  at("2026-03-02T09:21:00Z");
  await look();
  assert.equal((await alerts())[0]?.acknowledged?.comment, body.comment);
  assert.equal(((await ask("GET", "/alerts")) as AlertsPage).alerts.length, 0);
  assert.equal(((await ask("GET", "/alerts", { query: "state=past" })) as AlertsPage).alerts[0]?.id, id);
});

/** The links page and the home page, over a real record: every figure can be counted again. */
import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import type { Actor } from "#access";
import { expectOk, instant } from "#kernel";
import { fhirKinds, type Query } from "#record";
import { anEncounter, anObservation, aReport } from "../../../../test/builders/chart.ts";
import { aLinkMessage } from "../../../../test/builders/link-message.ts";
import { aPatient } from "../../../../test/builders/patient.ts";
import { aRequest } from "../../../../test/builders/request.ts";
import { anActor, contextOf } from "../../../../test/handler-context.ts";
import { freshRecord, type TestRecord } from "../../../../test/record.ts";
import { aucklandTime, wardTime } from "../../../../test/ward/index.ts";
import type { LinksPage, Overview } from "../api.ts";
import { deliveryDefinition } from "../deliveries/delivery-kind.ts";
import type { LinkMessage } from "../messages/link-message.ts";
import { linkMessageDefinition } from "../messages/link-message-kind.ts";
import { linkAlertDefinition, linkAlertKind } from "../watch/link-alert.ts";
import { LinkFigures } from "./link-figures.ts";
import type { LinkStatus } from "./link-status.ts";
import { overviewRoutes } from "./routes.ts";

const laboratory: LinkStatus = {
  name: "lab",
  title: "Pathology laboratory",
  state: "listening",
  stateText: "listening on 127.0.0.1:2575",
  connections: 2,
  connectionsMax: 256,
};

describe("figures of the links", () => {
  let opened: TestRecord;
  let counted: Query[] = [];
  let figures: LinkFigures;

  async function arrive(id: string, fields: Partial<LinkMessage>) {
    const { operation, blob } = aLinkMessage({ id, text: id, fields });
    return expectOk(await opened.record.transact({ operations: [operation], blobs: [blob] }));
  }

  async function ask<T>(path: string, role: Parameters<typeof anActor>[0]): Promise<T> {
    const route = overviewRoutes(figures).find((each) => each.path.endsWith(path));
    assert.ok(route);
    const reply = await route.handle(aRequest(), contextOf(opened, anActor(role)));
    return JSON.parse(String(expectOk(reply).body));
  }

  before(async () => {
    opened = await freshRecord({
      kinds: [...fhirKinds, linkMessageDefinition, deliveryDefinition, linkAlertDefinition],
    });
    const record = {
      ...opened.record,
      count: (query: Query) => {
        counted.push(query);
        return opened.record.count(query);
      },
    };
    figures = new LinkFigures({ record, clock: opened.clock, hospitalTime: wardTime, statuses: () => [laboratory] });
    // the test's clock stands at 2026-03-02T09:00:00Z
    await arrive("yesterday", { arrivedAt: "2026-03-01T23:59:00.000Z", state: "held" });
    await arrive("night", { arrivedAt: "2026-03-02T00:10:00.000Z" });
    await arrive("m1", { arrivedAt: "2026-03-02T08:58:10.000Z" });
    await arrive("m2", { arrivedAt: "2026-03-02T08:58:40.000Z", state: "stale" });
    await arrive("m3", {
      arrivedAt: "2026-03-02T08:59:59.000Z",
      type: "ADT^A08",
      state: "rejected",
      reasons: [{ category: "unsupported", code: "type-not-supported", message: "This type is not taken." }],
    });
    await arrive("m4", { arrivedAt: "2026-03-02T08:30:00.000Z", link: "old-lab", state: "mapped" });
  });

  it("counts today's messages of each link by what became of them, and by type", async () => {
    const page = await ask<LinksPage>("/links", "pathology-links-manager");
    const [lab, unknown] = page.links;
    assert.deepEqual(lab?.today, {
      total: 4,
      received: 0,
      mapped: 2,
      stale: 1,
      held: 0,
      rejected: 1,
      routed: 0,
      filtered: 0,
    });
    assert.deepEqual(
      lab?.types.map(({ type, today }) => [type, today.total, today.mapped, today.rejected]),
      [
        ["ADT^A08", 1, 0, 1],
        ["ORU^R01", 3, 2, 0],
      ],
    );
    assert.deepEqual([unknown?.name, unknown?.state, unknown?.today.total], ["old-lab", "unknown", 1]);
    assert.deepEqual([page.today.total, page.day], [5, "2026-03-02"]);
    assert.equal(page.position, await opened.record.position());
  });

  it("counts the day that it is in the hospital", async () => {
    const given = { record: opened.record, clock: opened.clock, statuses: () => [laboratory] };
    const page = expectOk(await new LinkFigures({ ...given, hospitalTime: aucklandTime }).page());
    // the day began in Auckland at 2026-03-01T11:00:00Z
    assert.deepEqual([page.day, page.links[0]?.today.total], ["2026-03-02", 5]);
  });

  it("says what waits for a person, of any day", async () => {
    const page = await ask<LinksPage>("/links", "pathology-links-manager");
    assert.deepEqual(page.links[0]?.waiting, { held: 1, rejected: 1, received: 0 });
  });

  it("draws the last two hours by the minute", async () => {
    const [lab] = (await ask<LinksPage>("/links", "pathology-links-manager")).links;
    assert.equal(lab?.perMinute.length, 120);
    assert.equal(lab?.perMinuteFrom, "2026-03-02T07:01:00.000Z");
    assert.deepEqual(lab?.perMinute.slice(-4), [0, 2, 1, 0]);
  });

  it("tells state, connections, the last message and the last error", async () => {
    const [lab] = (await ask<LinksPage>("/links", "pathology-links-manager")).links;
    assert.deepEqual(
      [lab?.title, lab?.state, lab?.stateText, lab?.connections],
      ["Pathology laboratory", "listening", "listening on 127.0.0.1:2575", 2],
    );
    assert.deepEqual(lab?.lastMessage, {
      id: "m3",
      at: "2026-03-02T08:59:59.000Z",
      type: "ADT^A08",
      state: "rejected",
    });
    assert.deepEqual(lab?.lastError, {
      at: "2026-03-02T08:59:59.000Z",
      text: "This type is not taken.",
      messageId: "m3",
    });
  });

  it("tells a connection as soon as it opens, though its counts are of a moment ago", async () => {
    let connections = 2;
    const statuses = () => [{ ...laboratory, connections }];
    const figures = new LinkFigures({ record: opened.record, clock: opened.clock, hospitalTime: wardTime, statuses });
    const before = expectOk(await figures.page());
    connections = 3;
    const after = expectOk(await figures.page());
    assert.deepEqual([before.links[0]?.connections, after.links[0]?.connections], [2, 3]);
    assert.equal(after.at, before.at);
  });

  it("is worked out once for all who ask within a second, and what is closed is not counted again", async () => {
    opened.clock.advance(3 * 60_000);
    await figures.page();
    const first = counted.length;
    await Promise.all([figures.page(), figures.page()]);
    assert.equal(counted.length, first);
    counted = [];
    opened.clock.advance(1_500);
    await figures.page();
    assert.ok(counted.length < 60, `${counted.length} counts for two links`);
  });

  it("follows a message that is released: it is no longer held, and still counted once", async () => {
    await arrive("yesterday", { arrivedAt: "2026-03-01T23:59:00.000Z", state: "mapped" });
    opened.clock.advance(1_500);
    const page = await ask<LinksPage>("/links", "pathology-links-manager");
    assert.deepEqual(page.links[0]?.waiting, { held: 0, rejected: 1, received: 0 });
  });
});

describe("the home page", () => {
  let opened: TestRecord;

  function overview(role: Parameters<typeof anActor>[0], query = ""): Promise<Overview> {
    return overviewOf(anActor(role), query);
  }

  async function overviewOf(actor: Actor, query: string): Promise<Overview> {
    const figures = new LinkFigures({
      record: opened.record,
      clock: opened.clock,
      hospitalTime: wardTime,
      statuses: () => [laboratory],
    });
    const [route] = overviewRoutes(figures);
    assert.ok(route);
    const reply = await route.handle(aRequest({ query }), contextOf(opened, actor));
    return JSON.parse(String(expectOk(reply).body));
  }

  before(async () => {
    opened = await freshRecord({
      kinds: [...fhirKinds, linkMessageDefinition, deliveryDefinition, linkAlertDefinition],
    });
    const high = anObservation({
      valueQuantity: { value: 6.6, unit: "mmol/L" },
      interpretation: [{ coding: [{ code: "HH" }] }],
    });
    const held = aLinkMessage({ id: "held", text: "x", fields: { state: "held" } });
    const put = (kind: string, id: string, body: object) => ({
      action: "update" as const,
      kind,
      id,
      body: body as never,
    });
    const issued = "2026-03-02T08:45:00Z";
    expectOk(
      await opened.record.transact({
        operations: [
          put("Patient", "osei", aPatient()),
          put("Encounter", "stay", anEncounter()),
          put("Observation", "potassium", high),
          put("DiagnosticReport", "older", aReport({ issued: "2026-02-01T08:45:00Z" })),
          put("DiagnosticReport", "ue", aReport({ issued })),
          held.operation,
        ],
        blobs: [held.blob],
      }),
    );
  });

  it("shows a doctor the results that arrived, whose they are, and how bad", async () => {
    const { results, links } = await overview("doctor");
    assert.equal(links, undefined);
    assert.deepEqual([results?.reports, results?.inpatients], [1, 1]);
    const [first] = results?.arrived ?? [];
    assert.deepEqual(
      [first?.report.name.text, first?.patient.name, first?.patient.ward, first?.abnormal, first?.worst?.code],
      ["Urea and electrolytes", "OSEI, Adaeze Grace (Mrs)", "Ward 7, bay 2, bed 3", 1, "HH"],
    );
  });

  it("pages through what arrived", async () => {
    const first = await overview("doctor", "count=1");
    assert.deepEqual(
      first.results?.arrived.map((each) => each.report.id),
      ["ue"],
    );
    const second = await overview("doctor", `count=1&cursor=${first.results?.next}`);
    assert.deepEqual(
      second.results?.arrived.map((each) => each.report.id),
      ["older"],
    );
    assert.equal(second.results?.next, undefined);
  });

  it("gives the next page of results without the rest of the home page", async () => {
    const [doctor, manager] = [anActor("doctor"), anActor("pathology-links-manager")];
    const both = { ...doctor, permissions: new Set([...doctor.permissions, ...manager.permissions]) };
    const first = await overviewOf(both, "count=1");
    assert.equal(first.links?.held, 1);
    const second = await overviewOf(both, `count=1&cursor=${first.results?.next}`);
    assert.deepEqual([second.links, second.results?.arrived.length], [undefined, 1]);
  });

  it("leaves out what arrived more than a day ago", async () => {
    const clock = { now: () => instant(opened.clock.now() + 2 * 24 * 3_600_000) };
    const figures = new LinkFigures({ record: opened.record, clock, hospitalTime: wardTime, statuses: () => [] });
    const [route] = overviewRoutes(figures);
    const context = { ...contextOf(opened, anActor("doctor")), clock };
    const reply = await route?.handle(aRequest(), context);
    const { results } = JSON.parse(String(reply?.ok && reply.value.body)) as Overview;
    assert.deepEqual([results?.arrived, results?.reports], [[], 0]);
  });

  it("shows the Pathology Links Manager what needs a person now", async () => {
    const at = "2026-03-02T09:00:00.000Z";
    const body = { link: "lab", rule: "silence", since: at, openedAt: at, text: "Nothing has come.", count: 9 };
    expectOk(await opened.record.transact({ operations: [{ action: "create", kind: linkAlertKind, body }] }));
    const { links } = await overview("pathology-links-manager");
    assert.deepEqual([links?.held, links?.rejected, links?.newest.map((message) => message.id)], [1, 0, ["held"]]);
    assert.deepEqual([links?.alerts, links?.unacknowledged], [1, 1]);
  });

  it("leaves out a part whose documents its reader may not see", async () => {
    const figures = new LinkFigures({
      record: opened.record,
      clock: opened.clock,
      hospitalTime: wardTime,
      statuses: () => [],
    });
    const [route] = overviewRoutes(figures);
    const token = { ...anActor("librarian"), permissions: new Set(["messages.read", "chart.open"]) };
    const reply = await route?.handle(aRequest(), contextOf(opened, token));
    assert.equal(reply?.ok, true);
  });

  it("is empty for one who may see neither", async () => {
    const page = await overview("librarian");
    assert.deepEqual([page.links, page.results], [undefined, undefined]);
  });
});

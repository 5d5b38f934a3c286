/** One reader of the feed serves every open screen, and none of them misses a change. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { expectOk, ok, silentLog } from "#kernel";
import { fhirKinds } from "#record";
import { anObservation } from "../../../../test/builders/chart.ts";
import { aPatient } from "../../../../test/builders/patient.ts";
import { freshRecord, type TestRecord } from "../../../../test/record.ts";
import type { LiveEvent } from "../api.ts";
import { LiveHub } from "./live-hub.ts";
import type { LivePace, Sees } from "./live-stream.ts";
import type { Topic } from "./topic.ts";

const pace: LivePace = { heartbeatMs: 40, eventIntervalMs: 5, lifeMs: 60_000, idsMax: 3 };

const seesAll: Sees = async (keys) => ok(keys);

interface Told extends LiveEvent {
  readonly name: string;
}

/** Reads the events of a stream, heartbeats left out. */
class Listening {
  readonly #stop = new AbortController();
  readonly #text: AsyncIterator<string>;

  constructor(hub: LiveHub, topic: Topic, position?: number, sees: Sees = seesAll) {
    const opened = expectOk(hub.open(topic, { after: position, signal: this.#stop.signal, sees }));
    this.#text = opened[Symbol.asyncIterator]();
  }

  async next(): Promise<Told | undefined> {
    for (;;) {
      const { value, done } = await this.#text.next();
      if (done === true) return undefined;
      const [, name = ""] = /^event: (.*)$/m.exec(value) ?? [];
      const [, data] = /^data: (.*)$/m.exec(value) ?? [];
      if (data !== undefined) return { name, ...JSON.parse(data) };
    }
  }

  raw(): Promise<IteratorResult<string>> {
    return this.#text.next();
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    while (!(await this.#text.next()).done);
  }
}

describe("live streams", () => {
  let opened: TestRecord;
  const hubs: LiveHub[] = [];

  function aHub(options: { streamsMax?: number; pace?: LivePace } = {}): LiveHub {
    const hub = new LiveHub({ feed: opened.record, log: silentLog, pace, ...options });
    hubs.push(hub);
    return hub;
  }

  async function write(id: string, patient: string) {
    const body = anObservation({ id, subject: { reference: `Patient/${patient}` } });
    return expectOk(
      await opened.record.transact({ operations: [{ action: "update", kind: "Observation", id, body }] }),
    );
  }

  before(async () => {
    opened = await freshRecord({ kinds: fhirKinds });
    const operations = ["osei", "oneill"].map((id) => ({
      action: "create" as const,
      kind: "Patient",
      id,
      body: aPatient(),
    }));
    expectOk(await opened.record.transact({ operations }));
  });

  after(() => {
    for (const hub of hubs) hub.close();
  });

  it("opens with the position from which it watches, then tells what changed and for whom", async () => {
    const listening = new Listening(aHub(), "Patient/osei");
    const open = await listening.next();
    assert.deepEqual([open?.name, open?.kinds, open?.position], ["open", [], await opened.record.position()]);
    await write("other", "oneill");
    const [written] = await write("k1", "osei");
    const change = await listening.next();
    assert.deepEqual([change?.name, change?.kinds, change?.ids], ["change", ["Observation"], ["k1"]]);
    assert.equal(change?.position, written?.version.position);
    await listening.stop();
  });

  it("tells each stream of its own patient only, all from one reading of the feed", async () => {
    const hub = aHub();
    const one = new Listening(hub, "Patient/osei");
    const two = new Listening(hub, "Patient/oneill");
    await Promise.all([one.next(), two.next()]);
    assert.equal(hub.openStreams, 2);
    await write("k2", "oneill");
    await write("k3", "osei");
    assert.deepEqual((await two.next())?.ids, ["k2"]);
    assert.deepEqual((await one.next())?.ids, ["k3"]);
    await Promise.all([one.stop(), two.stop()]);
    assert.equal(hub.openStreams, 0);
  });

  it("tells what was missed to one that comes back with the position it had", async () => {
    const position = await opened.record.position();
    await write("missed", "osei");
    const listening = new Listening(aHub(), "Patient/osei", position);
    assert.equal((await listening.next())?.name, "open");
    assert.deepEqual((await listening.next())?.ids, ["missed"]);
    await listening.stop();
  });

  it("says that everything may have changed to one that missed more than is read again", async () => {
    const far = { ...opened.record, position: async () => 1_000_000, changed: async () => new Promise<void>(() => {}) };
    const hub = new LiveHub({ feed: far, log: silentLog, pace });
    const listening = new Listening(hub, "Patient/osei", 1);
    await listening.next();
    const change = await listening.next();
    assert.deepEqual([change?.kinds.includes("DiagnosticReport"), change?.ids], [true, []]);
    await listening.stop();
  });

  it("puts many changes into one event, with the last of their ids", async () => {
    const listening = new Listening(aHub(), "Patient/osei");
    await listening.next();
    const body = anObservation();
    const operations = ["b1", "b2", "b3", "b4", "b5"].map((id) => ({
      action: "update" as const,
      kind: "Observation",
      id,
      body,
    }));
    expectOk(await opened.record.transact({ operations }));
    const change = await listening.next();
    assert.deepEqual([change?.kinds, change?.ids], [["Observation"], ["b3", "b4", "b5"]]);
    await listening.stop();
  });

  it("tells nobody of what they may not see, nor that anything changed", async () => {
    const listening = new Listening(aHub(), "Patient/osei", undefined, async (keys) =>
      ok(keys.filter(({ id }) => !id.startsWith("sealed"))),
    );
    await listening.next();
    await write("sealed-1", "osei");
    assert.match(String((await listening.raw()).value), /^: alive/);
    await write("sealed-2", "osei");
    await write("open", "osei");
    assert.deepEqual((await listening.next())?.ids, ["open"]);
    await listening.stop();
  });

  it("tells of a deletion, though nothing of the document is left to say whose it was", async () => {
    await write("gone", "osei");
    const listening = new Listening(aHub(), "Patient/osei");
    await listening.next();
    expectOk(await opened.record.transact({ operations: [{ action: "delete", kind: "Observation", id: "gone" }] }));
    assert.deepEqual((await listening.next())?.ids, ["gone"]);
    await listening.stop();
  });

  it("gives a sign of life with the position reached when there is nothing to tell", async () => {
    const listening = new Listening(aHub(), "Patient/osei");
    await listening.next();
    const { value } = await listening.raw();
    assert.match(String(value), /^: alive\nid: \d+\n\n$/);
    await listening.stop();
  });

  it("takes no more than its bound, and room again when one ends", async () => {
    const hub = aHub({ streamsMax: 1 });
    const first = new Listening(hub, "messages");
    await first.next();
    const refused = hub.open("messages", { signal: new AbortController().signal, sees: seesAll });
    assert.equal(refused.ok ? "" : refused.problems[0].code, "live-streams-full");
    await first.stop();
    assert.equal(hub.open("messages", { signal: new AbortController().signal, sees: seesAll }).ok, true);
  });

  it("ends after its life, so that access is checked again", async () => {
    const listening = new Listening(aHub({ pace: { ...pace, lifeMs: 20 } }), "Patient/osei");
    assert.equal((await listening.next())?.name, "open");
    assert.equal(await listening.next(), undefined);
  });

  it("ends every stream when the hub closes", async () => {
    const hub = aHub();
    const listening = new Listening(hub, "Patient/osei");
    await listening.next();
    hub.close();
    assert.equal(await listening.next(), undefined);
    assert.equal(hub.openStreams, 0);
  });

  it("tells of what changed outside the record when it is touched", async () => {
    const hub = aHub();
    const listening = new Listening(hub, "messages");
    await listening.next();
    hub.touch("messages");
    assert.deepEqual((await listening.next())?.kinds, ["Link"]);
    await listening.stop();
  });
});

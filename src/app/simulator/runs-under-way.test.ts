/** The simulator over HTTP: runs are begun, followed, kept and compared, and only against what is allowed. */
import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { simulatorRoutes, simulatorRunDefinition } from "#departments/clinical";
import {
  type RunRow,
  type RunsComparedView,
  type RunView,
  type SimulatorView,
  type StartRun,
  startRunBody,
} from "#departments/clinical/api";
import { expectOk, type Result, silentLog } from "#kernel";
import { aRequest } from "../../../test/builders/request.ts";
import { anOpenLink } from "../../../test/doors/mllp.ts";
import { ackOf, controlIdOf } from "../../../test/doors/mllp-sender.ts";
import { anActor, contextOf } from "../../../test/handler-context.ts";
import { freshRecord } from "../../../test/record.ts";
import { openRuns } from "./runs-under-way.ts";

interface Options {
  /** What the link answers. */
  readonly codeOf?: (controlId: string) => string;
  /** Holds every answer back until it settles. */
  readonly gate?: Promise<void>;
}

const base = "/api/clinical/simulator";

async function aSimulator(t: TestContext, { codeOf = () => "AA", gate }: Options = {}) {
  const answering = { codeOf };
  const receive = async (body: Uint8Array) => {
    await gate;
    const id = controlIdOf(body);
    return ackOf(id, answering.codeOf(id));
  };
  const { port } = await anOpenLink(t, { receive });
  const context = contextOf(await freshRecord({ kinds: [simulatorRunDefinition] }), anActor("test-analyst"));
  const own = () => [{ name: "lab", title: "Laboratory", address: `127.0.0.1:${port}` }];
  const runs = openRuns({ host: "127.0.0.1", listed: [], own, log: silentLog });
  t.after(() => runs.close());
  const routes = simulatorRoutes(runs);
  const call = async (method: string, path: string, params: Record<string, string> = {}, json?: unknown) => {
    const route = routes.find((each) => each.method === method && each.path === `${base}${path}`);
    assert.ok(route !== undefined, path);
    const body = Buffer.from(JSON.stringify(json ?? {}));
    return route.handle(aRequest({ method: method as "GET", params, body }), context);
  };
  const asked = async <T>(...given: Parameters<typeof call>) => parsed<T>(await call(...given));
  const view = (id: string) => asked<RunView>("GET", "/runs/:id", { id });
  return {
    call,
    asked,
    view,
    answering,
    order: (changes: Partial<StartRun> = {}): StartRun => ({ ...anOrder(port), ...changes }),
    play: async (order: StartRun) => {
      const { id } = await asked<RunView>("POST", "/runs", {}, order);
      for (;;) {
        const run = await view(id);
        if (run.state !== "running") return run;
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    },
  };
}

function parsed<T>(reply: Result<{ readonly body?: unknown }>): T {
  return JSON.parse(String(expectOk(reply).body)) as T;
}

function codeOf(reply: Result<unknown>): string {
  return reply.ok ? "ok" : reply.problems[0].code;
}

function anOrder(port: number): StartRun {
  return {
    title: "A Friday",
    target: `mllp://127.0.0.1:${port}`,
    enhanced: false,
    traffic: { by: "day", date: "2026-11-20", seed: 3, patients: 8 },
    pace: { by: "acknowledged" },
    connections: 3,
  };
}

test("a run is kept with who, when, its settings, its figures and every acknowledgement", async (t) => {
  const { asked, call, order, play } = await aSimulator(t);
  const { own } = await asked<SimulatorView>("GET", "");
  assert.equal(own.length, 1);
  const run = await play(order());
  assert.deepEqual([run.state, run.by.reference, run.title], ["done", "User/test-analyst", "A Friday"]);
  assert.deepEqual(run.settings.traffic, { by: "day", date: "2026-11-20", seed: 3, patients: 8 });
  const { messages = 0, accepted, codes } = run.summary ?? {};
  assert.ok(messages > 8);
  assert.deepEqual([accepted, codes], [messages, { AA: messages }]);
  const lines = String(
    Buffer.from(expectOk(await call("GET", "/runs/:id/answers", { id: run.id })).body as Uint8Array),
  );
  assert.equal(lines.trim().split("\n").length, messages);
  const { runs } = await asked<{ runs: readonly RunRow[] }>("GET", "/runs");
  assert.deepEqual(
    runs.map(({ id }) => id),
    [run.id],
  );
});

test("two runs of the same day are compared: which messages were acknowledged otherwise", async (t) => {
  const simulator = await aSimulator(t);
  const first = await simulator.play(simulator.order());
  simulator.answering.codeOf = (id) => (id.endsWith("-001") ? "AE" : "AA");
  const second = await simulator.play(simulator.order());
  const params = { id: first.id, other: second.id };
  const compared = await simulator.asked<RunsComparedView>("GET", "/runs/:id/compare/:other", params);
  assert.equal(compared.isSameTraffic, true);
  assert.ok(compared.answersDiffer > 0);
  assert.equal(compared.answersDiffer, second.summary?.refused);
  assert.ok(compared.answers.every((change) => change.first === "AA" && change.second === "AE"));
});

test("a run can be watched and stopped; what is under way is given up and nothing more is sent", async (t) => {
  const gate = Promise.withResolvers<void>();
  t.after(() => gate.resolve());
  const { asked, call, view, order } = await aSimulator(t, { gate: gate.promise });
  const { id } = await asked<RunView>("POST", "/runs", {}, order());
  const running = await view(id);
  assert.deepEqual([running.state, running.progress?.answered], ["running", 0]);
  assert.equal(codeOf(await call("GET", "/runs/:id/answers", { id })), "run-not-ended");
  await call("POST", "/runs/:id/stop", { id });
  let run = running;
  while (run.state === "running") run = await view(id);
  assert.deepEqual([run.state, run.summary?.accepted], ["stopped", 0]);
  assert.equal(run.summary?.notSent, run.summary?.messages);
  assert.equal(codeOf(await call("POST", "/runs/:id/stop", { id })), "run-not-under-way");
});

test("nothing is played against an address that is not allowed, and nothing is kept of it", async (t) => {
  const { asked, call, order } = await aSimulator(t);
  for (const target of ["mllp://127.0.0.1:1", "mllp://lab.example:2575", "http://169.254.169.254/"])
    assert.equal(codeOf(await call("POST", "/runs", {}, order({ target }))), "target-not-allowed", target);
  assert.deepEqual((await asked<{ runs: readonly RunRow[] }>("GET", "/runs")).runs, []);
});

test("orders that cannot be played are refused", async (t) => {
  const { call, order } = await aSimulator(t);
  const files = [{ name: "a.txt", base64: Buffer.from("no message").toString("base64") }];
  assert.equal(codeOf(await call("POST", "/runs", {}, order({ target: "nowhere" }))), "target-incorrect");
  assert.equal(
    codeOf(await call("POST", "/runs", {}, order({ traffic: { by: "files", name: "a", files } }))),
    "file-stray-line",
  );
  assert.equal(startRunBody.safeParse(order({ connections: 65 })).success, false);
  assert.equal(startRunBody.safeParse(order({ pace: { by: "speed", times: 1_001 } })).success, false);
});

/** Answers that come later. FHIR R4 §3.1.0.14 (asynchronous requests). */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { countingIds, fixedClock, limits, ok, type Result } from "#kernel";
import { anybody, fhirDoor, origin, type Received } from "../../../../test/doors/fhir.ts";
import { contextOf } from "../../../../test/handler-context.ts";
import { freshRecord } from "../../../../test/record.ts";
import type { Answer } from "../answer.ts";
import { fhirKinds } from "../kinds.ts";
import { DeferredAnswers } from "./deferred-answers.ts";

const opened = await freshRecord({ kinds: fhirKinds });
const door = fhirDoor(contextOf(opened, anybody));
const prefer = { prefer: "respond-async" };
const addressOf = ({ headers }: Received) => String(headers["content-location"]).slice(`${origin}/fhir`.length);

async function answered(address: string): Promise<Received> {
  for (;;) {
    const reply = await door.send(`GET ${address}`);
    if (reply.status !== 202) return reply;
    await new Promise(setImmediate);
  }
}

interface Entry {
  readonly resource?: { readonly resourceType: string };
  readonly response: { readonly status: string; readonly outcome?: { readonly resourceType: string } };
}

const entryOf = ({ json }: Received) => (json as unknown as { entry: Entry[] }).entry[0];

describe("a request that prefers its answer later", () => {
  it("is told where to ask for it, and finds it there as a Bundle", async () => {
    await door.send("PUT /Patient/osei", { body: { resourceType: "Patient", id: "osei" } });
    const accepted = await door.send("GET /Patient?_id=osei", { headers: prefer });
    assert.deepEqual([accepted.status, accepted.headers["preference-applied"]], [202, "respond-async"]);
    const reply = await answered(addressOf(accepted));
    assert.deepEqual([reply.status, reply.json.type], [200, "batch-response"]);
    assert.deepEqual(entryOf(reply)?.resource?.resourceType, "Bundle");
    assert.equal(entryOf(reply)?.response.status, "200 OK");
  });

  it("is told of its failure in the same way", async () => {
    const accepted = await door.send("POST /Patient", { body: { resourceType: "Patient", x: 1 }, headers: prefer });
    const reply = await answered(addressOf(accepted));
    assert.deepEqual([reply.status, entryOf(reply)?.response.status], [200, "400"]);
    assert.equal(entryOf(reply)?.response.outcome?.resourceType, "OperationOutcome");
  });

  it("may give it up, and nothing is there any more", async () => {
    const address = addressOf(await door.send("GET /Patient", { headers: prefer }));
    assert.equal((await door.send(`DELETE ${address}`)).status, 202);
    assert.equal((await door.send(`GET ${address}`)).status, 404);
  });

  it("is the only one to be told", async () => {
    const address = addressOf(await door.send("GET /Patient", { headers: prefer }));
    const other = fhirDoor(contextOf(opened, { ...anybody, reference: "User/other" }));
    assert.equal((await other.send(`GET ${address}`)).status, 404);
    assert.equal((await other.send(`DELETE ${address}`)).status, 404);
  });
});

describe("the answers that are kept", () => {
  const clock = fixedClock("2026-03-02T09:00:00Z");
  const ids = countingIds("job");
  const asked = { owner: "User/a", clock };
  const done = async (): Promise<Result<Answer>> => ok({ status: 200 as const });
  const never = () => new Promise<Result<Answer>>(() => {});
  const settled = () => new Promise(setImmediate);

  it("are forgotten after a time", async () => {
    const answers = new DeferredAnswers();
    const started = answers.start({ ...asked, ids, work: done });
    await settled();
    const id = started.ok ? started.value : "";
    assert.ok(answers.find(id, asked)?.answer?.ok);
    clock.advance(limits.deferredKeptMs + 1);
    assert.equal(answers.find(id, asked), undefined);
  });

  it("are bounded, those at work by refusal, finished ones by forgetting the oldest", async () => {
    const answers = new DeferredAnswers();
    const first = answers.start({ ...asked, ids, work: done });
    await settled();
    for (let count = 0; count < limits.deferredKeptMax; count += 1) {
      answers.start({ ...asked, ids, work: done });
      await settled();
    }
    assert.equal(answers.find(first.ok ? first.value : "", asked), undefined);
    const running = Array.from({ length: limits.deferredRunningMax }, () =>
      answers.start({ ...asked, ids, work: never }),
    );
    assert.ok(running.every((started) => started.ok));
    const refused = answers.start({ ...asked, ids, work: done });
    assert.equal(refused.ok ? "" : refused.problems[0].code, "deferred-full");
  });

  it("that are given up are told to stop", () => {
    const answers = new DeferredAnswers();
    let stop: AbortSignal | undefined;
    const started = answers.start({
      ...asked,
      ids,
      work: (signal) => {
        stop = signal;
        return never();
      },
    });
    answers.cancel(started.ok ? started.value : "", asked);
    assert.equal(stop?.aborted, true);
  });
});

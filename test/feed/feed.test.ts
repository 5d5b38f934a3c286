/** The feed never skips a committed change, whatever writers do at once or die in the middle of. DESIGN.md §3.4. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { describe, it } from "node:test";
import postgres from "postgres";
import { expectOk, failed, fault, ok, silentLog } from "#kernel";
import { runWorker, type Version } from "#record";
import { note } from "../contracts/note.ts";
import { startKillable } from "../killable.ts";
import { freshRecord, type TestRecord } from "../record.ts";

const create = (subject: string) => ({ action: "create", kind: "Note", body: { subject } }) as const;

type Writer = ReturnType<typeof startKillable>;

function startWriter(connection: object, name: string): { process: Writer; acknowledged: number[] } {
  const script = new URL("./writer.ts", import.meta.url).pathname;
  const child = startKillable([script, JSON.stringify(connection), name]);
  const acknowledged: number[] = [];
  let rest = "";
  child.stdout.on("data", (chunk) => {
    const lines = `${rest}${chunk}`.split("\n");
    rest = lines.pop() ?? "";
    acknowledged.push(...lines.flatMap((line) => line.split(" ").map(Number)));
  });
  return { process: child, acknowledged };
}

/** Follows the feed for some time and returns every position in the order it was seen. */
async function follow({ record }: TestRecord, until: () => boolean): Promise<number[]> {
  const seen: number[] = [];
  while (!until()) {
    const changes = expectOk(await record.changes(seen.at(-1) ?? 0, 100));
    seen.push(...changes.map((change) => change.position));
    if (changes.length === 0) await record.changed(seen.at(-1) ?? 0, AbortSignal.timeout(50));
  }
  return seen;
}

describe("the feed", async () => {
  const reader = await freshRecord({ kinds: [note] });

  it("gives two processes' changes in one order without a gap, while one of them is killed again and again", async () => {
    const writers = [startWriter(reader.connection, "first"), startWriter(reader.connection, "second")];
    let finished = false;
    const following = follow(reader, () => finished);
    for (let round = 0; round < 4; round += 1) {
      const victim = startWriter(reader.connection, `victim ${round}`);
      while (victim.acknowledged.length < 20) await new Promise((resolve) => setTimeout(resolve, 10));
      victim.process.kill("SIGKILL");
      await once(victim.process, "exit");
      writers.push(victim);
    }
    for (const { process: child } of writers.slice(0, 2)) child.kill("SIGKILL");
    await Promise.all(writers.slice(0, 2).map(({ process: child }) => once(child, "exit")));
    await new Promise((resolve) => setTimeout(resolve, 300));
    finished = true;
    const seen = await following;
    const last = await reader.record.position();
    assert.deepEqual(
      seen,
      Array.from({ length: last }, (_, index) => index + 1),
      "every position once, in order",
    );
    const acknowledged = writers.flatMap((writer) => writer.acknowledged);
    assert.ok(acknowledged.length > 200);
    assert.equal(new Set(acknowledged).size, acknowledged.length, "no position was given twice");
    assert.ok(
      acknowledged.every((position) => position <= last),
      "nothing acknowledged is missing",
    );
  });

  it("holds nothing of a transaction whose connection dies before its commit", async () => {
    const before = await reader.record.position();
    const dying = postgres({ ...reader.connection, max: 1, onnotice: () => {} });
    const waiting = Promise.withResolvers<Awaited<ReturnType<typeof reader.record.transact>>>();
    const died = dying.begin(async (sql) => {
      await sql`select position from head for update`;
      await sql`insert into version (position, kind, id, version, at_ms, action, body)
        values (${before + 1}, 1, 'half-written', 1, 0, 'c', '{}')`;
      const [self] = await sql`select pg_backend_pid() as pid`;
      waiting.resolve(reader.record.transact({ operations: [create("behind the lock")] }));
      await reader.store.database`select pg_terminate_backend(${self?.pid})`;
    });
    await assert.rejects(died);
    await dying.end({ timeout: 1 });
    assert.equal(expectOk(await waiting.promise)[0]?.version.position, before + 1);
    const changes = expectOk(await reader.record.changes(before, 10));
    assert.deepEqual(
      changes.map((change) => [change.position, change.id === "half-written"]),
      [[before + 1, false]],
    );
  });
});

describe("a worker of the feed", async () => {
  const { record, store, clock } = await freshRecord({ kinds: [note] });
  const run = async (handle: (change: Version) => Promise<"done" | "fail" | "stop">) => {
    const stop = new AbortController();
    const worker = {
      name: "test",
      kinds: ["Note"],
      handle: async (change: Version) => {
        const verdict = await handle(change);
        if (verdict === "stop") stop.abort();
        return verdict === "fail" ? failed(fault("cannot", "Cannot take it.")) : ok(undefined);
      },
    };
    const deadline = setTimeout(() => stop.abort(), 10_000);
    await runWorker(worker, {
      record,
      cursors: store.cursors,
      clock,
      log: silentLog,
      stop: stop.signal,
      retryDelayMs: () => 1,
    });
    clearTimeout(deadline);
  };
  for (const subject of ["a", "b", "c"]) expectOk(await record.transact({ operations: [create(subject)] }));
  const subject = (change: Version) => JSON.parse(change.body).subject as string;

  it("goes on after a stop where its durable cursor stands, and may see the last change again", async () => {
    const first: string[] = [];
    await run(async (change) => (first.push(subject(change)) === 2 ? "stop" : "done"));
    const second: string[] = [];
    await run(async (change) => (second.push(subject(change)) === 2 ? "stop" : "done"));
    assert.deepEqual(
      [first, second],
      [
        ["a", "b"],
        ["b", "c"],
      ],
    );
  });

  it("parks a change that keeps failing where people see it, and goes on", async () => {
    expectOk(await record.transact({ operations: [create("poison"), create("after")] }));
    let tries = 0;
    await run(async (change) => {
      if (subject(change) === "poison") tries += 1;
      return subject(change) === "poison" ? "fail" : subject(change) === "after" ? "stop" : "done";
    });
    const [parked] = await store.cursors.listParked("test");
    assert.deepEqual([tries, parked?.position, parked?.reason], [5, 4, "cannot: Cannot take it."]);
  });
});

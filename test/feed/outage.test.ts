/** The database's connections are cut under load: every write is answered, and what was answered well is there. */
import assert from "node:assert/strict";
import { it } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import { expectOk } from "#kernel";
import { note } from "../contracts/note.ts";
import { freshRecord } from "../record.ts";

it("answers every write although its connections are cut again and again, and writes on afterwards", async () => {
  const { record, connection } = await freshRecord({ kinds: [note] });
  const operator = postgres({ ...connection, max: 1, onnotice: () => {} });
  let cutting = true;
  const stored: string[] = [];
  let refused = 0;
  const writer = async (name: number) => {
    for (let count = 0; cutting; count += 1) {
      const subject = `${name}-${count}`;
      const result = await record.transact({ operations: [{ action: "create", kind: "Note", body: { subject } }] });
      if (result.ok) stored.push(subject);
      else {
        assert.equal(result.problems[0].category, "unavailable");
        refused += 1;
        await sleep(5);
      }
    }
  };
  const writers = Promise.all(Array.from({ length: 8 }, (_, name) => writer(name)));
  for (let round = 0; round < 20; round += 1) {
    await sleep(60);
    await operator`select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'corridor' and datname = current_database()`;
  }
  cutting = false;
  await writers;
  await operator.end({ timeout: 1 });
  await sleep(100);
  expectOk(await record.transact({ operations: [{ action: "create", kind: "Note", body: { subject: "after" } }] }));
  assert.ok(refused > 0 && stored.length > 0, `${stored.length} stored, ${refused} refused`);
  const kept = new Set<string>();
  for (let after = 0; ; after += 1000) {
    const changes = expectOk(await record.changes(after, 1000));
    for (const change of changes) kept.add(JSON.parse(change.body).subject);
    if (changes.length < 1000) break;
  }
  assert.deepEqual(
    stored.filter((subject) => !kept.has(subject)),
    [],
  );
});

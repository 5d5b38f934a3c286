/** The contract of content that is kept a day at a time: what links carried. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { expectOk } from "#kernel";
import { type BlobDay, blobOf, dailyBlobOf } from "#record";
import { withSnapshot } from "#storage/postgres";
import { freshRecord } from "../record.ts";
import { note } from "./note.ts";

const monday = "2026-03-02" as BlobDay;
const tuesday = "2026-03-03" as BlobDay;
const wednesday = "2026-03-04" as BlobDay;

const sizes = [
  [2_000, "in the database"],
  [600_000, "as a file"],
] as const;

function bytesOf(sizeBytes: number, text: string): Uint8Array {
  return Buffer.from(`${text} OBX|1|NM|HB^Haemoglobin||131|g/L|130-180||||F\r`.repeat(sizeBytes)).subarray(
    0,
    sizeBytes,
  );
}

describe("a blob of a day", async () => {
  const kept = await freshRecord({ kinds: [note] });
  const { record, store, files, connection } = kept;
  const keep = async (...blobs: Parameters<typeof dailyBlobOf>[]) =>
    expectOk(
      await record.transact({
        operations: [{ action: "create", kind: "Note", body: { subject: "a message" } }],
        blobs: blobs.map((blob) => dailyBlobOf(...blob)),
      }),
    );
  const isThere = async (bytes: Uint8Array) => (await record.readBlob(blobOf(bytes).hash)).ok;

  for (const [size, where] of sizes) {
    it(`of ${size} bytes is kept ${where}, and found whether its day is named, another one or none`, async () => {
      const bytes = bytesOf(size, "found");
      await keep([bytes, monday]);
      for (const day of [monday, tuesday, undefined]) {
        assert.deepEqual(Buffer.from(expectOk(await record.readBlob(blobOf(bytes).hash, day))), Buffer.from(bytes));
      }
    });

    it(`of ${size} bytes goes with its day, and stays under another that it came on too`, async () => {
      const [once, twice] = [bytesOf(size, "once"), bytesOf(size, "twice")];
      await keep([once, tuesday], [twice, tuesday], [twice, wednesday]);
      const daily = size > 300_000 ? files.daily : store.blobs.daily;
      assert.equal(await daily.drop(tuesday), true);
      assert.deepEqual([await isThere(once), await isThere(twice)], [false, true]);
      assert.deepEqual(
        (await daily.days()).map(({ day }) => day),
        [monday, wednesday],
      );
      await daily.drop(wednesday);
    });
  }

  it("is kept in half the bytes or fewer, and one that cannot be compressed as it is", async () => {
    const random = crypto.getRandomValues(new Uint8Array(2_000));
    await keep([bytesOf(2_000, "half"), tuesday], [random, tuesday]);
    const rows = await store.database`select length(bytes) as bytes from daily_blob_20260303 order by 1`;
    assert.ok(rows[0]?.bytes <= 1_000 && rows[1]?.bytes === 2_000, JSON.stringify(rows));
    assert.deepEqual(Buffer.from(expectOk(await record.readBlob(blobOf(random).hash))), Buffer.from(random));
    await store.blobs.daily.drop(tuesday);
  });

  it("that was damaged is told from one that is not there", async () => {
    const bytes = bytesOf(2_000, "damaged");
    await keep([bytes, tuesday]);
    await store.database`update daily_blob_20260303 set bytes = overlay(bytes placing '\\xffff'::bytea from 9)`;
    const read = await record.readBlob(blobOf(bytes).hash);
    assert.equal(read.ok ? "read" : read.problems[0].code, "blob-damaged");
    await store.blobs.daily.drop(tuesday);
  });

  it("gives the space of its day back at once", async () => {
    const size = async () => {
      const [row] = await store.database<{ bytes: number }[]>`
        select sum(pg_total_relation_size(oid))::float8 as bytes from pg_class where relname like 'daily_blob%' and relkind = 'r'`;
      return row?.bytes ?? 0;
    };
    const before = await size();
    for (let batch = 0; batch < 4; batch += 1) {
      const some = Array.from({ length: 250 }, () => crypto.getRandomValues(new Uint8Array(2_000)));
      await keep(...some.map((bytes) => [bytes, tuesday] as Parameters<typeof dailyBlobOf>));
    }
    const full = await size();
    assert.ok(full - before > 2_000_000);
    const told = (await store.blobs.daily.days()).find(({ day }) => day === tuesday)?.sizeBytes ?? 0;
    assert.ok(told > 2_000_000 && told <= full - before);
    assert.equal(await store.blobs.daily.drop(tuesday), true);
    assert.equal(await size(), before);
  });

  it("stays while a backup reads, and goes after it", async () => {
    const bytes = bytesOf(2_000, "backed up");
    await keep([bytes, tuesday]);
    await withSnapshot(connection, async () => assert.equal(await store.blobs.daily.drop(tuesday), false));
    assert.equal(await isThere(bytes), true);
    assert.equal(await store.blobs.daily.drop(tuesday), true);
    assert.equal(await isThere(bytes), false);
  });

  it("is kept by the first write of the day, whichever processes write it, and after one that failed", async () => {
    const other = await freshRecord({ kinds: [note], connection });
    const all = Array.from({ length: 40 }, (_, index) => bytesOf(2_000, `message ${index}`));
    const write = { action: "create", kind: "Note", body: { subject: "of two" } } as const;
    const refused = await record.transact({
      operations: [{ action: "update", kind: "Note", id: "none", body: { subject: "x" }, ifMatch: 7 }],
      blobs: [dailyBlobOf(bytesOf(100, "refused"), wednesday)],
    });
    assert.equal(refused.ok, false);
    const written = await Promise.all(
      all.map((bytes, index) =>
        (index % 2 === 0 ? record : other.record).transact({
          operations: [write],
          blobs: [dailyBlobOf(bytes, wednesday)],
        }),
      ),
    );
    assert.ok(written.every(({ ok }) => ok));
    assert.deepEqual(new Set(await Promise.all(all.map(isThere))), new Set([true]));
    await other.close();
  });

  it("is there after a restart, and the day goes on", async () => {
    const [before, after] = [bytesOf(2_000, "before"), bytesOf(2_000, "after")];
    await keep([before, monday]);
    const again = await freshRecord({ kinds: [note], connection });
    const operations = [{ action: "create", kind: "Note", body: { subject: "again" } }] as const;
    expectOk(await again.record.transact({ operations, blobs: [dailyBlobOf(after, monday)] }));
    for (const bytes of [before, after]) {
      assert.deepEqual(Buffer.from(expectOk(await again.record.readBlob(blobOf(bytes).hash))), Buffer.from(bytes));
    }
    await again.close();
  });
});

import assert from "node:assert/strict";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import test from "node:test";
import { retiredDayKind } from "#departments/clinical";
import { expectOk } from "#kernel";
import { type BlobDay, dailyBlobOf } from "#record";
import { aWholeRecord, largeBlob, smallBlob, type WholeRecord } from "../../../test/whole-record.ts";
import { verifyAll } from "./verify.ts";

async function problemsOf({ store, files }: WholeRecord): Promise<readonly string[]> {
  const report = await verifyAll({ store, stores: { inline: store.blobs, files }, progress: () => {} });
  return report.problems.map(({ code, where }) => `${code} at ${where}`);
}

test("a record as Corridor leaves it is whole", async (t) => {
  assert.deepEqual(await problemsOf(await aWholeRecord(t)), []);
});

interface Harm {
  readonly what: string;
  readonly harm: (whole: WholeRecord) => Promise<unknown>;
  readonly problems: readonly string[];
}

function fileOf({ folder }: WholeRecord): string {
  return join(folder, "blobs", largeBlob.hash.slice(0, 2), largeBlob.hash);
}

const harms: readonly Harm[] = [
  {
    what: "a version that was taken away",
    harm: ({ store }) => store.database`delete from version where position = 1`,
    problems: [
      "feed-gap at position 1",
      "versions-not-consecutive at Patient/osei",
      "versions-not-chained at Patient/osei",
    ],
  },
  {
    what: "the newest change taken away",
    harm: ({ store }) => store.database`delete from version where position = 6`,
    problems: ["feed-gap at position 6", "newest-version-wrong at Patient/oneill"],
  },
  {
    what: "a body that is no longer JSON",
    harm: ({ store }) => store.database`update version set body = left(body, 20) where position = 2`,
    problems: ["version-unreadable at Patient/oneill version 1"],
  },
  {
    what: "a deleted document shown again",
    harm: ({ store }) => store.database`update document set deleted = false where id = 'oneill'`,
    problems: ["newest-version-wrong at Patient/oneill"],
  },
  {
    what: "a version that leads to no other",
    harm: ({ store }) => store.database`update version set previous = null where id = 'osei'`,
    problems: ["versions-not-chained at Patient/osei"],
  },
  {
    what: "a document that is served twice",
    harm: ({ store }) => store.database`insert into document select * from document where id = 'osei'`,
    problems: ["newest-version-wrong at Patient/osei"],
  },
  {
    what: "a document that is no longer served",
    harm: ({ store }) => store.database`delete from document where id = 'osei'`,
    problems: ["newest-version-wrong at Patient/osei"],
  },
  {
    what: "a file that is gone",
    harm: (whole) => rm(fileOf(whole)),
    problems: ["blob-missing at Letter/large version 1"],
  },
  {
    what: "a file that was changed",
    harm: (whole) => writeFile(fileOf(whole), "y"),
    problems: ["blob-changed at Letter/large version 1"],
  },
  {
    what: "a blob in the database that was changed",
    harm: ({ store }) => store.database`update blob set bytes = 'y' where hash = ${Buffer.from(smallBlob.hash, "hex")}`,
    problems: ["blob-changed at Letter/small version 1"],
  },
  {
    what: "an audit entry that was changed",
    harm: ({ store }) =>
      store.database`update audit_event set body = replace(body, 'Lindqvist', 'Banerjee') where sequence = 1`,
    problems: ["audit-changed at AuditEvent/1"],
  },
  {
    what: "an audit log that was cut off at its end",
    harm: ({ store }) => store.database`delete from audit_event where sequence = 2`,
    problems: ["audit-head-differs at AuditEvent/2"],
  },
];

for (const { what, harm, problems } of harms) {
  test(`${what} is found`, async (t) => {
    const whole = await aWholeRecord(t);
    await harm(whole);
    assert.deepEqual(await problemsOf(whole), problems);
  });
}

test("a message whose day is gone is missing, unless the record says that its time was over", async (t) => {
  const whole = await aWholeRecord(t);
  const { record, store, files } = whole;
  const day = "2026-02-01" as BlobDay;
  const blob = dailyBlobOf(Buffer.from("MSH|"), day);
  const body = { arrivedAt: `${day}T09:00:00.000Z`, raw: { hash: blob.hash } };
  expectOk(
    await record.transact({ operations: [{ action: "create", kind: "Letter", id: "message", body }], blobs: [blob] }),
  );
  assert.deepEqual(await problemsOf(whole), []);
  assert.equal(await store.blobs.daily.drop(day), true);
  assert.deepEqual(await problemsOf(whole), ["blob-missing at Letter/message version 1"]);
  const retired = { day, at: "2026-03-02T09:00:00.000Z" };
  expectOk(await record.transact({ operations: [{ action: "create", kind: retiredDayKind, id: day, body: retired }] }));
  const report = await verifyAll({ store, stores: { inline: store.blobs, files }, progress: () => {} });
  assert.deepEqual([report.problems, report.blobsRetired], [[], 1]);
});

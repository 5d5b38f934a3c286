import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { open, readFile, stat, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import test, { type TestContext } from "node:test";
import postgres from "postgres";
import { expectOk, fixedClock } from "#kernel";
import type { BlobDay } from "#record";
import { openBlobFolder, openStreamedFolder } from "#storage/files";
import { freshDatabase, type TestConnection } from "../../../test/database.ts";
import { freshArchive, imageBytes, send } from "../../../test/image-archive.ts";
import { freshRecord } from "../../../test/record.ts";
import {
  aWholeRecord,
  largeBlob,
  largeOfADay,
  smallBlob,
  smallOfADay,
  type WholeRecord,
  wholeRecordKinds,
} from "../../../test/whole-record.ts";
import { verifyAll } from "../verify/verify.ts";
import { checkArchive } from "./archive-reader.ts";
import { writeBackup } from "./backup.ts";
import { restoreBackup } from "./restore.ts";

const clock = fixedClock("2026-11-23T09:30:00Z");
const silent = () => {};

async function aBackup(t: TestContext): Promise<{ readonly whole: WholeRecord; readonly path: string }> {
  const whole = await aWholeRecord(t);
  const path = join(whole.folder, "all.tar");
  expectOk(await writeBackup({ target: whole.connection, blobs: whole.files, path, clock, progress: silent }));
  return { whole, path };
}

/** Every row of every table, as text. */
async function contentOf(connection: TestConnection): Promise<Record<string, readonly string[]>> {
  const sql = postgres({ ...connection, max: 1 });
  const tables = await sql`select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace
    and relname <> 'migration' order by 1`;
  const content: Record<string, readonly string[]> = {};
  for (const { relname } of tables) {
    const rows = await sql`select t::text as row from ${sql(relname)} t order by 1`;
    content[relname] = rows.map(({ row }) => row);
  }
  await sql.end();
  return content;
}

test("a backup restored into an empty place is the same, row by row and file by file, and whole", async (t) => {
  const { whole, path } = await aBackup(t);
  const archive = expectOk(await checkArchive(path, silent));
  const target = await freshDatabase();
  const files = await openBlobFolder(join(whole.folder, "restored"));
  expectOk(await restoreBackup({ archive, target, blobs: files, progress: silent }));
  assert.deepEqual(await contentOf(target), await contentOf(whole.connection));
  assert.deepEqual(await files.get(largeBlob.hash), Buffer.from(largeBlob.bytes));
  const { store, record } = await freshRecord({ kinds: wholeRecordKinds, connection: target });
  const report = await verifyAll({ store, stores: { inline: store.blobs, files }, progress: silent });
  const counts = { versions: 6, blobs: 4, blobsRetired: 0, images: 0, auditEntries: 2 };
  assert.deepEqual(report, { ...counts, erased: [], problems: [] });
  assert.deepEqual(expectOk(await record.readBlob(smallBlob.hash)), Buffer.from(smallBlob.bytes));
  assert.deepEqual(expectOk(await record.readBlob(smallOfADay.hash)), Buffer.from(smallOfADay.bytes));
  for (const daily of [store.blobs.daily, files.daily]) assert.equal(await daily.drop("2026-03-02" as BlobDay), true);
  assert.deepEqual(
    [(await record.readBlob(smallOfADay.hash)).ok, await files.get(largeOfADay.hash)],
    [false, undefined],
  );
  const [written] = expectOk(
    await record.transact({ operations: [{ action: "create", kind: "Patient", body: { resourceType: "Patient" } }] }),
  );
  assert.equal(written?.version.position, 7);
});

test("a backup is a plain tar archive that only its owner may read", async (t) => {
  const { path } = await aBackup(t);
  const names = execFileSync("tar", ["-tf", path]).toString().trim().split("\n");
  assert.equal(names[0], "corridor-backup.json");
  assert.equal(names.at(-1), "manifest.json");
  assert.ok(names.includes("tables/version/000001.zst"));
  assert.ok(names.includes(`blobs/${largeBlob.hash}`));
  assert.equal((await stat(path)).mode & 0o777, 0o600);
});

test("a backup holds one moment, whatever is written while it is made", async (t) => {
  const whole = await aWholeRecord(t);
  const path = join(whole.folder, "all.tar");
  let writing = true;
  const writer = (async () => {
    while (writing) {
      await whole.record.transact({
        operations: [{ action: "create", kind: "Patient", body: { resourceType: "Patient" } }],
      });
    }
  })();
  const { position } = expectOk(
    await writeBackup({ target: whole.connection, blobs: whole.files, path, clock, progress: silent }),
  );
  writing = false;
  await writer;
  const target = await freshDatabase();
  const archive = expectOk(await checkArchive(path, silent));
  expectOk(await restoreBackup({ archive, target, blobs: whole.files, progress: silent }));
  const { store } = await freshRecord({ kinds: wholeRecordKinds, connection: target });
  const report = await verifyAll({ store, stores: { inline: store.blobs, files: whole.files }, progress: silent });
  assert.deepEqual([report.versions, report.problems], [position, []]);
});

const damages: readonly (readonly [what: string, damage: (path: string) => Promise<void>, code: string])[] = [
  ["with one byte changed", changeOneByte, "backup-damaged"],
  ["that was cut off", async (path) => truncate(path, Math.floor((await stat(path)).size / 2)), "backup-damaged"],
  ["without its last entry", async (path) => truncate(path, (await stat(path)).size - 2_048), "backup-damaged"],
  ["that is something else", (path) => writeFile(path, "holiday pictures"), "not-a-backup"],
  ["that is empty", (path) => writeFile(path, ""), "not-a-backup"],
];

for (const [what, damage, code] of damages) {
  test(`a backup ${what} is refused before anything is restored`, async (t) => {
    const { path } = await aBackup(t);
    await damage(path);
    const checked = await checkArchive(path, silent);
    assert.equal(checked.ok ? "checked" : checked.problems[0].code, code);
  });
}

/** In the middle of the large blob. */
async function changeOneByte(path: string): Promise<void> {
  const at = (await readFile(path)).indexOf(Buffer.alloc(1_000, "x")) + 5_000;
  const file = await open(path, "r+");
  await file.write("y", at);
  await file.close();
}

test("nothing is restored into a database that is not empty, and nothing in it is changed", async (t) => {
  const { whole, path } = await aBackup(t);
  const before = await contentOf(whole.connection);
  const archive = expectOk(await checkArchive(path, silent));
  const restored = await restoreBackup({ archive, target: whole.connection, blobs: whole.files, progress: silent });
  assert.equal(restored.ok ? "restored" : restored.problems[0].code, "database-not-empty");
  assert.deepEqual(await contentOf(whole.connection), before);
});

test("a backup of a newer Corridor is refused", async (t) => {
  const { whole, path } = await aBackup(t);
  const archive = expectOk(await checkArchive(path, silent));
  const newer = { ...archive, about: { ...archive.about, migration: 9_999 } };
  const target = await freshDatabase();
  const restored = await restoreBackup({ archive: newer, target, blobs: whole.files, progress: silent });
  assert.equal(restored.ok ? "restored" : restored.problems[0].code, "backup-newer");
});

test("a backup into a folder that cannot be written leaves nothing and says so", async (t) => {
  const whole = await aWholeRecord(t);
  const path = join(whole.folder, "nowhere/all.tar");
  const written = await writeBackup({ target: whole.connection, blobs: whole.files, path, clock, progress: silent });
  assert.match(written.ok ? "" : written.problems[0].message, /could not be written \(ENOENT\)/);
});

test("images come back as they were, and what has become of them since is told object by object", async () => {
  const archive = await freshArchive(wholeRecordKinds);
  const { kept, folder } = archive;
  const object = (number: number) =>
    imageBytes({
      SOPClassUID: ["1.2.840.10008.5.1.4.1.1.2"],
      SOPInstanceUID: [`1.2.${number}`],
      StudyInstanceUID: ["1.2"],
      SeriesInstanceUID: ["1.2.1"],
      PixelData: new Uint8Array(1_500_000).fill(number),
    });
  for (const number of [1, 2, 3]) expectOk(await send(archive.images, object(number)));
  const path = join(folder, "all.tar");
  const all = { target: kept.connection, blobs: kept.files, images: archive.blobs, clock, progress: silent };
  assert.equal(expectOk(await writeBackup({ ...all, path })).files, 3);

  const checked = expectOk(await checkArchive(path, silent));
  const target = await freshDatabase();
  const images = await openStreamedFolder(join(folder, "restored"));
  expectOk(await restoreBackup({ archive: checked, target, blobs: kept.files, images, progress: silent }));
  const { store, files } = await freshRecord({ kinds: wholeRecordKinds, connection: target });
  const stores = { inline: store.blobs, files, images };
  const verified = async () => verifyAll({ store, stores, progress: silent });
  const report = await verified();
  assert.deepEqual([report.images, report.problems], [3, []]);

  const { instances } = await store.images.instances(
    { address: { study: "1.2" }, withMetadata: false, limit: 10 },
    { is: "all" },
  );
  const [first, second] = instances.map(({ blob }) => blob);
  await images.remove(first!);
  await writeFile(join(folder, "restored", second!.slice(0, 2), second!), "other");
  await store.database`update image_series set instance_count = 7`;
  assert.deepEqual(
    (await verified()).problems.map(({ code, where }) => `${code} ${where}`),
    ["image-missing 1.2.1", "image-changed 1.2.2", "image-count-wrong 1.2.1"],
  );
});

/** Encrypted backups. age-encryption.org/v1 */
import assert from "node:assert/strict";
import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import test from "node:test";
import { generateX25519Identity, identityToRecipient } from "age-encryption";
import { expectOk, fixedClock } from "#kernel";
import { aWholeRecord, largeBlob } from "../../../test/whole-record.ts";
import type { Key, Lock } from "./age.ts";
import { checkArchive, wholeOf } from "./archive-reader.ts";
import { writeBackup } from "./backup.ts";

const clock = fixedClock("2026-11-23T09:30:00Z");
const progress = () => {};

test("an encrypted backup opens for whom it was made, and for nobody else", async (t) => {
  const { connection: target, files: blobs, folder } = await aWholeRecord(t);
  const identity = await generateX25519Identity();
  const stranger = await generateX25519Identity();
  const write = async (name: string, lock?: Lock) => {
    const path = join(folder, name);
    expectOk(await writeBackup({ target, blobs, path, clock, progress, lock }));
    return path;
  };
  const read = async (path: string, key?: Key) => {
    const archive = await checkArchive(path, progress, key);
    if (!archive.ok) return archive.problems[0].code;
    const entries: [string, string][] = [];
    for await (const entry of archive.value.entries()) {
      const content = Buffer.from(await wholeOf(entry)).toString("base64");
      if (entry.name !== "manifest.json") entries.push([entry.name, content]);
    }
    return entries;
  };
  const plain = await read(await write("plain.tar"));
  const sealed = await write("sealed.tar.age", {
    by: "recipients",
    recipients: [await identityToRecipient(identity), await identityToRecipient(await generateX25519Identity())],
  });
  assert.equal((await stat(sealed)).mode & 0o777, 0o600);
  const bytes = await readFile(sealed);
  assert.ok(bytes.toString("latin1").startsWith("age-encryption.org/v1\n-> X25519 "));
  assert.ok(!bytes.includes(Buffer.from(largeBlob.bytes).subarray(0, 32)), "nothing of a file shows");
  assert.ok(!bytes.includes("corridor-backup"), "nor a name");
  assert.deepEqual(await read(sealed, { by: "identities", identities: [stranger, identity] }), plain);
  assert.equal(await read(sealed), "backup-encrypted");
  assert.equal(await read(sealed, { by: "identities", identities: [stranger] }), "key-does-not-fit");
  assert.equal(await read(sealed, { by: "identities", identities: ["AGE-SECRET-KEY-1NONE"] }), "identity-incorrect");

  const spoken = await write("spoken.tar.age", {
    by: "passphrase",
    passphrase: "nine blue herons on the roof",
    workFactor: 10,
  });
  assert.deepEqual(await read(spoken, { by: "passphrase", passphrase: "nine blue herons on the roof" }), plain);
  assert.equal(await read(spoken, { by: "passphrase", passphrase: "nine blue herons" }), "key-does-not-fit");

  const changed = Buffer.from(bytes);
  const middle = Math.floor(bytes.length / 2);
  changed[middle] = (changed[middle] ?? 0) ^ 1;
  for (const [name, damaged] of [
    ["changed", changed],
    ["cut", bytes.subarray(0, bytes.length - 20)],
  ] as const) {
    const path = join(folder, name);
    await writeFile(path, damaged);
    assert.match(
      String(await read(path, { by: "identities", identities: [identity] })),
      /^(not-a-backup|backup-damaged)$/,
    );
  }
});

test("what is no key is said before anything is written", async (t) => {
  const { connection: target, files: blobs, folder } = await aWholeRecord(t);
  const path = join(folder, "none.tar.age");
  const lock: Lock = { by: "recipients", recipients: ["age1none"] };
  const written = await writeBackup({ target, blobs, path, clock, progress, lock });
  assert.equal(!written.ok && written.problems[0].code, "recipient-incorrect");
  await assert.rejects(stat(`${path}.unfinished`));
});

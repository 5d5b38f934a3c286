import assert from "node:assert/strict";
import { mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { expectOk } from "#kernel";
import { openSealKey } from "./seal-key.ts";
import { sealKeyFile } from "./seal-key-file.ts";

const dataFolder = await mkdtemp(join(tmpdir(), "corridor-seal-key-"));
after(() => rm(dataFolder, { recursive: true }));
const config = { dataFolder, identityKey: [] };

test("the first start makes one key, for all that start at once, which only its owner reads, and later ones keep it", async () => {
  const keys = await Promise.all(Array.from({ length: 8 }, () => openSealKey(config)));
  const [first = new Uint8Array(), ...others] = keys.map(expectOk);
  assert.equal(first.length, 32);
  for (const other of others) assert.deepEqual(other, first);
  assert.deepEqual(expectOk(await openSealKey(config)), first);
  assert.deepEqual(await readdir(dataFolder), ["identity.key"]);
  assert.equal((await stat(sealKeyFile(config))).mode & 0o777, 0o600);
});

test("the setting comes before the file", async () => {
  const identityKey = new Uint8Array(32).fill(3);
  const [older] = [new Uint8Array(32).fill(4)];
  const key = expectOk(await openSealKey({ dataFolder, identityKey: [identityKey, older] }));
  assert.deepEqual([Uint8Array.from(key), key.older], [identityKey, [older]]);
});

test("a file that holds no key is told, and not replaced", async () => {
  await writeFile(sealKeyFile(config), "half a k");
  const opened = await openSealKey(config);
  assert.ok(!opened.ok);
  assert.equal(opened.problems[0].code, "identity-key-unusable");
});

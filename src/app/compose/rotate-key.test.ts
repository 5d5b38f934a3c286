/** A new key for what is sealed, while everything still opens. */
import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { accessKinds, openText, type SealKey, sealText } from "#access";
import { dicomNodeDefinition } from "#departments/clinical";
import { expectOk, fixedClock } from "#kernel";
import { parseBody } from "#record";
import { freshRecord } from "../../../test/record.ts";
import { readConfig } from "../config.ts";
import type { RecordParts } from "./record.ts";
import { rotateKey } from "./rotate-key.ts";
import { openSealKey } from "./seal-key.ts";
import { newSealKey, replaceSealKeys, sealKeyFile } from "./seal-key-file.ts";

const dataFolder = await mkdtemp(join(tmpdir(), "corridor-rotate-key-"));
after(() => rm(dataFolder, { recursive: true }));
const config = expectOk(readConfig({ CORRIDOR_DATA: dataFolder }));
const file = sealKeyFile(config);
const { record } = await freshRecord({ kinds: [...accessKinds, dicomNodeDefinition] });
const purpose = "totp of u-1";

async function parts(identityKey: readonly Uint8Array[] = []): Promise<RecordParts> {
  const sealKey = expectOk(await openSealKey({ dataFolder, identityKey }));
  return { record, clock: fixedClock("2026-11-23T09:00:00Z"), identity: { sealKey } } as unknown as RecordParts;
}

async function keep(key: SealKey): Promise<void> {
  const totp = { sealed: sealText("JBSWY3DP", { key, purpose }), since: "2026-11-23T09:00:00.000Z", lastStep: 1 };
  const body = { passkeys: [], usedChallenges: [], failedAttempts: 0, totp };
  expectOk(await record.transact({ operations: [{ action: "update", kind: "SecondFactors", id: "u-1", body }] }));
}

async function opensBy(key: SealKey): Promise<string | undefined> {
  const body = parseBody(expectOk(await record.read("SecondFactors", "u-1"))) as { totp?: { sealed: string } };
  return openText(String(body.totp?.sealed), { key, purpose });
}

test("after a rotation everything opens by the new key, nothing by the old one, and the file holds the new one alone", async () => {
  const { sealKey: old } = (await parts()).identity;
  await keep(old);
  assert.deepEqual(expectOk(await rotateKey(await parts(), { config, isAlone: true })), {
    resealed: 1,
    isFinished: false,
  });
  const fresh = expectOk(await openSealKey({ dataFolder, identityKey: [] }));
  assert.deepEqual([await opensBy(fresh), await opensBy(old)], ["JBSWY3DP", undefined]);
  assert.deepEqual([fresh.older, (await readFile(file, "utf8")).trim().split("\n").length], [[], 1]);
  assert.equal((await stat(file)).mode & 0o777, 0o600);
});

const [first, second] = [newSealKey(), newSealKey()];
const cuts = [
  ["before any process seals by the new key", { key: first, coming: second }, first],
  ["before everything is sealed anew", { key: second, going: first }, first],
  ["when everything is, before the old one is forgotten", { key: second, going: first }, second],
] as const;
for (const [when, standing, sealedBy] of cuts) {
  test(`cut short ${when}, everything opens, and the next rotation finishes it with the key it had begun`, async () => {
    await replaceSealKeys(file, standing);
    await keep(sealedBy);
    assert.equal(await opensBy((await parts()).identity.sealKey), "JBSWY3DP");
    const rotated = expectOk(await rotateKey(await parts(), { config, isAlone: true }));
    assert.equal(rotated.isFinished, true);
    assert.deepEqual([await opensBy(second), await opensBy(first)], ["JBSWY3DP", undefined]);
    assert.deepEqual(Uint8Array.from(expectOk(await openSealKey({ dataFolder, identityKey: [] }))), second);
  });
}

test("of the keys of the setting the first seals, also what an older one had sealed", async () => {
  await keep(first);
  const identityKey = [second, first];
  const rotated = await rotateKey(await parts(identityKey), { config: { ...config, identityKey }, isAlone: true });
  assert.equal(expectOk(rotated).resealed, 1);
  assert.deepEqual([await opensBy(second), await opensBy(first)], ["JBSWY3DP", undefined]);
});

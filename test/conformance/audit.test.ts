/** The suite in short, and the same deeds on a real database. Issue: an audit log that cannot be quietly changed. */
import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { noteSigner, noteVerifier, readWitness, verifyLog, writeCheckpoint } from "#audit";
import { expectOk, fixedClock } from "#kernel";
import { openCheckpointFolder } from "#storage/files";
import { appendMade } from "../../bench/audit/made-log.ts";
import { freshRecord } from "../record.ts";
import { run } from "./audit.ts";
import { signer } from "./audit-tampering/kept-log.ts";

const folder = await mkdtemp(join(tmpdir(), "corridor-checkpoints-"));
after(() => rm(folder, { recursive: true, force: true }));

it("110 random tamperings with a log are found, each at its entry", async () => {
  assert.deepEqual((await run(110, 42)).failures, []);
});

describe("a log in the database, and its checkpoints in a folder", () => {
  const clock = fixedClock("2026-11-23T09:30:00Z");

  async function signedLog(name: string) {
    const { store } = await freshRecord({ kinds: [] });
    const kept = await openCheckpointFolder(join(folder, name));
    const sign = async () => writeCheckpoint({ tree: store.auditTree, kept, signer, clock });
    await appendMade(store, { from: 0, count: 300, perCommit: 100 });
    expectOk(await sign());
    await appendMade(store, { from: 300, count: 300, perCommit: 100 });
    expectOk(await sign());
    const found = async () => {
      const { witness, problems } = await readWitness(await openCheckpointFolder(join(folder, name)), signer);
      const report = await verifyLog(store.audit, { witnesses: [witness] });
      return [...problems, ...report.problems].map(({ code, where }) => `${code} ${where}`);
    };
    return { store, kept, sign, found };
  }

  it("agree as long as nobody touches either, also when the log grows and is signed again", async () => {
    const { store, kept, sign, found } = await signedLog("untouched");
    assert.deepEqual(await found(), []);
    assert.equal(expectOk(await sign()).note, undefined, "nothing new, nothing signed");
    await appendMade(store, { from: 600, count: 10, perCommit: 10 });
    assert.equal(expectOk(await sign()).checkpoint.size, 610);
    assert.deepEqual([(await kept.notes()).length, await kept.hashCount()], [3, 610]);
    assert.deepEqual(await found(), []);
  });

  it("tell which entry was changed, and which are missing", async () => {
    const { store, found } = await signedLog("tampered");
    await store.database`update audit_event set body = replace(body, 'doctor', 'porter') where sequence = 307`;
    await store.database`delete from audit_event where sequence = 411`;
    assert.deepEqual(await found(), ["audit-changed AuditEvent/307", "audit-missing AuditEvent/411"]);
  });

  it("tell that the end is cut off; and nothing is signed that does not continue what was signed", async () => {
    const { store, sign, found } = await signedLog("cut-off");
    await store.database`delete from audit_event where sequence > 590`;
    await store.database`update head set audit_sequence = 590,
      audit_hash = (select hash from audit_event where sequence = 590)`;
    assert.deepEqual(await found(), ["audit-cut-off AuditEvent/591"]);
    const signed = await sign();
    assert.equal(signed.ok ? "signed" : signed.problems[0].code, "audit-cut-off");
  });

  it("tell which entry was forged, though all behind it was sealed again", async () => {
    const { store, sign, found } = await signedLog("forged");
    await store.database`with recursive forged as (
        select sequence, body, hash from audit_event where sequence = 299
      union all
        select e.sequence, replace(e.body, '"User/', '"Ghost/'),
          sha256(f.hash || convert_to(replace(e.body, '"User/', '"Ghost/'), 'UTF8'))
        from forged f join audit_event e on e.sequence = f.sequence + 1)
      update audit_event e set body = f.body, hash = f.hash from forged f
      where e.sequence = f.sequence and e.sequence >= 300`;
    assert.deepEqual(await found(), ["audit-rewritten AuditEvent/300"]);
    await store.database`delete from audit_node`;
    await appendMade(store, { from: 600, count: 1, perCommit: 1 });
    const signed = await sign();
    assert.equal(signed.ok ? "signed" : signed.problems[0].code, "audit-rewritten");
  });

  it("tell a checkpoint that another key signed, or that was changed", async () => {
    const { found } = await signedLog("notes");
    const file = join(folder, "notes/checkpoints.txt");
    await writeFile(file, (await readFile(file, "utf8")).replace("\n600\n", "\n599\n"));
    assert.deepEqual(await found(), [`checkpoint-forged ${join(folder, "notes")}`]);
  });

  it("are checked with the public key alone", async () => {
    const { kept, store } = await signedLog("public");
    const verifier = noteVerifier(signer.text)!;
    const { witness, problems } = await readWitness(kept, verifier);
    assert.deepEqual([problems, witness.checkpoints.map(({ size }) => size)], [[], [300, 600]]);
    assert.deepEqual((await verifyLog(store.audit, { witnesses: [witness] })).problems, []);
    const other = noteSigner("corridor/audit", new Uint8Array(32).fill(8));
    assert.equal((await readWitness(kept, other)).problems.length, 2);
  });
});

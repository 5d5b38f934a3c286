/** Tamper evidence: governance.md (S51). DESIGN.md, invariants 3 and 5. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { instant } from "#kernel";
import type { AuditStretches, SealedAuditEntry } from "#record";
import { genesisHash, seal } from "./chain.ts";
import { auditEntry } from "./entry.ts";
import { verifyLog } from "./verify/verify-log.ts";

/** A log of so many reads, sealed as the storage seals it. */
function sealedLog(length: number): SealedAuditEntry[] {
  let hash: Uint8Array = genesisHash;
  return Array.from({ length }, (_, index) => {
    const entry = auditEntry({
      at: instant(Date.UTC(2026, 2, 2) + index),
      act: "read",
      agent: {
        reference: "User/1",
        display: "Dr Ingrid Lindqvist",
        roles: ["doctor"],
        purpose: "TREAT",
        via: "session",
      },
      outcome: 0,
      patients: ["Patient/osei"],
      entities: [`Observation/${index}/_history/1`],
    });
    hash = seal(hash, entry.body);
    return { ...entry, sequence: index + 1, hash: Buffer.from(hash).toString("hex") };
  });
}

/** What `verifyLog` reads, over entries that a test has tampered with. */
function scanning(entries: readonly SealedAuditEntry[]): Pick<AuditStretches, "stretch"> {
  return {
    stretch: async (after, limit) => {
      const those = entries.filter((entry) => entry.sequence > after).slice(0, limit);
      return {
        sequences: those.map(({ sequence }) => sequence),
        ats: those.map(({ at }) => at),
        bodies: those.map(({ body }) => body),
        hashes: Buffer.from(those.map(({ hash }) => hash).join(""), "hex"),
      };
    },
  };
}

const found = async (entries: readonly SealedAuditEntry[], expected: { sequence: number; hash: string }[] = []) =>
  (await verifyLog(scanning(entries), { expected })).problems.map(({ code, where }) => `${code} ${where}`);

describe("the audit log", () => {
  const log = sealedLog(20);
  const head = { sequence: 20, hash: log[19]!.hash };

  it("that nobody touched is whole, and says its head", async () => {
    const report = await verifyLog(scanning(log));
    assert.deepEqual(report, { head, problems: [] });
    assert.deepEqual((await verifyLog(scanning([]))).head, { sequence: 0, hash: "0".repeat(64) });
  });

  it("shows which entry's words were changed", async () => {
    const changed = log.with(6, { ...log[6]!, body: log[6]!.body.replace("Observation/6", "Observation/7") });
    assert.deepEqual(await found(changed), ["audit-changed AuditEvent/7"]);
  });

  it("shows which entry's time was changed", async () => {
    assert.deepEqual(await found(log.with(3, { ...log[3]!, at: instant(0) })), ["audit-changed AuditEvent/4"]);
  });

  it("shows a changed entry that was sealed again, by the one after it", async () => {
    const body = log[6]!.body.replace("Lindqvist", "Nobody");
    const hash = Buffer.from(seal(Buffer.from(log[5]!.hash, "hex"), body)).toString("hex");
    assert.deepEqual(await found(log.with(6, { ...log[6]!, body, hash })), ["audit-changed AuditEvent/8"]);
  });

  it("shows what is missing", async () => {
    assert.deepEqual(await found(log.toSpliced(4, 2)), ["audit-missing AuditEvent/5"]);
    assert.deepEqual(await found(log.slice(1)), ["audit-missing AuditEvent/1"]);
  });

  it("shows entries that changed places", async () => {
    const swapped = log.with(2, { ...log[3]!, sequence: 3 }).with(3, { ...log[2]!, sequence: 4 });
    assert.deepEqual(await found(swapped), [
      "audit-changed AuditEvent/3",
      "audit-changed AuditEvent/4",
      "audit-changed AuditEvent/5",
    ]);
  });

  it("shows that it was cut off, to whoever noted its head", async () => {
    assert.deepEqual(await found(log.slice(0, 15)), [], "without a note nothing is amiss");
    assert.deepEqual(await found(log.slice(0, 15), [head]), ["audit-head-differs AuditEvent/20"]);
  });

  it("shows that it was written anew from some place on, to whoever noted its head", async () => {
    let hash: Uint8Array = Buffer.from(log[9]!.hash, "hex");
    const forged = log.map((entry, index) => {
      if (index < 10) return entry;
      const body = entry.body.replace("User/1", "User/2");
      hash = seal(hash, body);
      return { ...entry, body, hash: Buffer.from(hash).toString("hex") };
    });
    assert.deepEqual(await found(forged, [{ sequence: 5, hash: log[4]!.hash }]), []);
    assert.deepEqual(await found(forged, [head]), ["audit-head-differs AuditEvent/20"]);
  });

  it("shows any one letter that was changed anywhere", async () => {
    const place = fc.record({ entry: fc.nat(19), letter: fc.nat(200), by: fc.constantFrom("0", "a", "}", "é") });
    await fc.assert(
      fc.asyncProperty(place, async ({ entry, letter, by }) => {
        const { body } = log[entry]!;
        const at = letter % body.length;
        fc.pre(body[at] !== by);
        const changed = log.with(entry, { ...log[entry]!, body: body.slice(0, at) + by + body.slice(at + 1) });
        assert.deepEqual(await found(changed), [`audit-changed AuditEvent/${entry + 1}`]);
      }),
      { numRuns: 200 },
    );
  });
});

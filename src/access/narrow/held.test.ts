/** A link's reads share the commit of its next write, and none is answered without its entry. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { openAuditLog } from "#audit";
import { countingIds, expectOk } from "#kernel";
import { freshWard } from "../../../test/narrowed-ward.ts";
import { wardTime } from "../../../test/ward/index.ts";
import { linkActor } from "../actor.ts";
import { openAccess } from "../open-access.ts";

describe("the record as a link sees it", async () => {
  const { record, store, clock } = await freshWard();
  const given = {
    record,
    auditLog: openAuditLog(store.audit),
    clock,
    hospitalTime: wardTime,
    sealKey: new Uint8Array(32),
  };
  const access = openAccess({ ...given, ids: countingIds("held") });
  const sequence = async () => (await store.audit.search({ all: [], limit: 1 }))[0]?.sequence ?? 0;

  it("writes the entries of reads with the next write, in their order", async () => {
    const { context, witness } = access.linkContextOf(linkActor("lab", "127.0.0.1"));
    const before = await sequence();
    expectOk(await context.record.read("Patient", "osei"));
    assert.equal(await sequence(), before);
    const operations = [{ action: "create", kind: "Patient", body: { active: true } }] as const;
    expectOk(await context.record.transact({ operations }));
    const acts = (await store.audit.scan(before, 10)).map((entry) => JSON.parse(entry.body).act);
    assert.deepEqual(acts, ["read", "create"]);
    expectOk(await witness());
    assert.equal(await sequence(), before + 2);
  });

  it("writes what is left when asked, a refusal included, and keeps the entries of a write that fails", async () => {
    const { context, witness } = access.linkContextOf(linkActor("lab", "127.0.0.1"));
    const before = await sequence();
    expectOk(await context.record.read("Patient", "osei"));
    const taken = await context.record.transact({
      operations: [{ action: "create", kind: "Patient", id: "osei", body: {} }],
    });
    assert.ok(!taken.ok);
    assert.equal(await sequence(), before);
    expectOk(await witness());
    const entries = (await store.audit.scan(before, 10)).map((entry) => JSON.parse(entry.body));
    assert.deepEqual(
      entries.map(({ act, outcome }) => [act, outcome]),
      [
        ["read", 0],
        ["create", 4],
      ],
    );
  });
});

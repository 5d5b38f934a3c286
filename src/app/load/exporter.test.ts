import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { gunzipSync } from "node:zlib";
import { narrow } from "#access";
import { openAuditLog } from "#audit";
import { countingIds, expectOk } from "#kernel";
import { type ExportOrder, exportOrder, fhirKinds } from "#record";
import { freshRecord } from "../../../test/record.ts";
import { bulkActor } from "./bulk-actor.ts";
import { exportToFolder } from "./exporter.ts";

describe("an export into a folder", async () => {
  let folder = "";
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "corridor-export-"));
  });
  after(() => rm(folder, { recursive: true, force: true }));
  const opened = await freshRecord({ kinds: fhirKinds });
  const { record, clock } = opened;
  const patient = (id: string) => ({ action: "update", kind: "Patient", id, body: { active: true } }) as const;
  expectOk(await record.transact({ operations: [patient("old"), patient("gone")] }));
  clock.advance(60_000);
  expectOk(await record.transact({ operations: [{ action: "delete", kind: "Patient", id: "gone" }, patient("new")] }));
  expectOk(
    await record.transact({
      operations: [{ ...patient("g1"), kind: "Group", body: { type: "person", actual: true } }],
    }),
  );

  const auditLog = openAuditLog(opened.store.audit);
  const mine = narrow({ record, auditLog, actor: bulkActor(), clock, ids: countingIds("a") });
  const ordered = (asked: Partial<Parameters<typeof exportOrder>[0]> = {}) =>
    expectOk(
      exportOrder({
        of: "system",
        types: [],
        since: undefined,
        typeFilters: [],
        elements: [],
        now: clock.now(),
        ...asked,
      }),
    );
  const exported = async (name: string, order: ExportOrder, isPacked = false) => {
    const path = join(folder, name);
    const report = expectOk(await exportToFolder(path, order, { record: mine, clock, isPacked, progress: () => {} }));
    return { ...report, path };
  };
  const idsIn = (text: string) =>
    text
      .trimEnd()
      .split("\n")
      .map((line) => (JSON.parse(line) as { id: string }).id);

  it("has a file for each type, with a line for each resource as it is stored, and none that was deleted", async () => {
    const { path, counts, position } = await exported("all", ordered());
    assert.deepEqual(Object.fromEntries(counts), { Patient: 2, Group: 1 });
    assert.equal(position, 5);
    assert.deepEqual((await readdir(path)).sort(), ["Group.ndjson", "Patient.ndjson"]);
    const text = await readFile(join(path, "Patient.ndjson"), "utf8");
    assert.deepEqual(idsIn(text), ["old", "new"]);
    assert.equal(text.split("\n")[0], expectOk(await record.read("Patient", "old")).body);
    assert.equal((await stat(join(path, "Patient.ndjson"))).mode & 0o777, 0o600);
  });

  it("holds only the types that are asked for, and what was changed since", async () => {
    const { path, counts } = await exported(
      "some",
      ordered({ types: ["Patient"], since: "2026-03-02T09:00:30Z" }),
      true,
    );
    assert.deepEqual(Object.fromEntries(counts), { Patient: 1 });
    assert.deepEqual(idsIn(gunzipSync(await readFile(join(path, "Patient.ndjson.gz"))).toString()), ["new"]);
  });

  it("is in the audit log", async () => {
    const acts = await opened.store.audit.search({ all: [["patient=Patient/old"]], limit: 10 });
    assert.ok(acts.some(({ body }) => body.includes("CommandLine/")));
  });

  it("is not made of types and times that there are none of", () => {
    const wrong = exportOrder({
      of: "system",
      types: ["Patent"],
      since: "lately",
      typeFilters: ["Patient?nam=x"],
      elements: ["a b"],
      now: clock.now(),
    });
    assert.deepEqual(wrong.ok ? [] : wrong.problems.map(({ where }) => where), [
      "_type",
      "_since",
      "_typeFilter",
      "_elements",
    ]);
  });
});

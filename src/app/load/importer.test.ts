/** Bringing files into the record. Source: FHIR R4 §3.1.0.11 (transaction, batch), §2.36 (Bundle). */
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { gzipSync } from "node:zlib";
import { narrow } from "#access";
import { openAuditLog } from "#audit";
import { countingIds, expectOk } from "#kernel";
import { fhirKinds } from "#record";
import { freshRecord, type TestRecord } from "../../../test/record.ts";
import { filesAt } from "../terminology/release-files.ts";
import { bulkActor } from "./bulk-actor.ts";
import { type ImportProblem, importFiles } from "./importer.ts";

const patient = (family: string, extra: object = {}) => ({ resourceType: "Patient", name: [{ family }], ...extra });
const transaction = (...entry: object[]) => ({ resourceType: "Bundle", type: "transaction", entry });
const creating = (resource: { resourceType: string }, extra: object = {}) => ({
  resource,
  request: { method: "POST", url: resource.resourceType },
  ...extra,
});

describe("an import", async () => {
  let folder = "";
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "corridor-import-"));
  });
  after(() => rm(folder, { recursive: true, force: true }));
  const opened = await freshRecord({ kinds: fhirKinds });

  async function imported(name: string, content: object | string | Uint8Array, isToGoOn = false) {
    const isText = typeof content === "string" || content instanceof Uint8Array;
    await writeFile(join(folder, name), isText ? content : JSON.stringify(content, null, 1));
    const problems: ImportProblem[] = [];
    const report = await importFiles(expectOk(await filesAt(join(folder, name))), {
      record: asCommand(opened),
      whole: opened.record,
      clock: opened.clock,
      ids: countingIds("made"),
      isToGoOn,
      told: (problem) => problems.push(problem),
      progress: () => {},
    });
    return { ...expectOk(report), told: problems.map(({ line, problem }) => [line, problem.where, problem.code]) };
  }

  const asCommand = ({ record, store, clock }: TestRecord) =>
    narrow({ record, auditLog: openAuditLog(store.audit), actor: bulkActor(), clock, ids: countingIds("a") });

  async function named(family: string): Promise<readonly { id: string; version: number; body: string }[]> {
    const all = [{ is: "text", parameter: "family", match: "prefix", any: [family] }] as const;
    const query = { kind: "Patient", all, sort: { by: "updated", descending: false }, limit: 100 } as const;
    return expectOk(await opened.record.search(query)).versions;
  }

  const family = transaction(
    creating(patient("abara"), { fullUrl: "urn:uuid:7d0a7f3e-8a44-4f0e-9a08-5d3a8d5f1a01" }),
    creating({
      resourceType: "Observation",
      status: "final",
      code: { text: "weight" },
      subject: { reference: "urn:uuid:7d0a7f3e-8a44-4f0e-9a08-5d3a8d5f1a01" },
      valueQuantity: { value: 5.0, unit: "kg" },
    } as { resourceType: string }),
  );

  it("writes a transaction with its references, and the same again changes nothing", async () => {
    assert.deepEqual(await imported("family.json", family).then(({ written }) => written), 2);
    const [mother] = await named("abara");
    const all = [{ is: "key", any: [`patient=Patient/${mother?.id}`] }] as const;
    const sort = { by: "updated", descending: false } as const;
    assert.equal(expectOk(await opened.record.count({ kind: "Observation", all, sort, limit: 1 })), 1);
    const again = await imported("family.json", family);
    assert.deepEqual([again.written, again.unchanged, again.told], [0, 2, []]);
    assert.equal((await named("abara")).length, 1);
  });

  it("does not overwrite what was changed since, nor bring back less than all", async () => {
    const [mother] = await named("abara");
    const key = { kind: "Patient", id: mother?.id ?? "" };
    const changed = { ...patient("abara"), active: true };
    expectOk(await opened.record.transact({ operations: [{ action: "update", ...key, body: changed }] }));
    assert.equal((await imported("family.json", family)).unchanged, 2);
    assert.match((await named("abara"))[0]?.body ?? "", /"active":true/);
  });

  it("names who imported: each resource has its Provenance, each transaction its audit entry", async () => {
    const [mother] = await named("abara");
    const all = [{ is: "key", any: [`patient=Patient/${mother?.id}`] }] as const;
    const sort = { by: "updated", descending: false } as const;
    assert.equal(expectOk(await opened.record.count({ kind: "Provenance", all, sort, limit: 1 })), 1);
    const acts = await opened.store.audit.search({ all: [[`entity=Patient/${mother?.id}`]], limit: 10 });
    assert.ok(acts.some(({ body }) => body.includes("CommandLine/")));
  });

  it("writes nothing of a transaction that has a fault, and tells its line and place", async () => {
    const broken = transaction(creating(patient("whole")), creating(patient("half", { birthDate: "tomorrow" })));
    const report = await imported("broken.json", broken);
    assert.deepEqual([report.written, report.refused], [0, 1]);
    const [[line, where, code] = []] = report.told;
    assert.deepEqual([where, code], ["Bundle.entry[1].resource.birthDate", "wrong-format"]);
    const text = JSON.stringify(broken, null, 1).split("\n");
    assert.ok(
      text
        .slice(Number(line) - 1)
        .join("")
        .includes("half"),
    );
    assert.ok(
      !text
        .slice(Number(line) - 1)
        .join("")
        .includes("whole"),
    );
    assert.deepEqual(await named("whole"), []);
  });

  it("does each entry of a batch by itself", async () => {
    const batch = { ...transaction(creating(patient("one")), creating(patient("two", { gender: 1 }))), type: "batch" };
    const report = await imported("batch.json", batch, true);
    assert.deepEqual([report.written, report.refused], [1, 1]);
    assert.match(String(report.told[0]?.[1]), /^Bundle\.entry\[1\]/);
    assert.equal((await imported("batch.json", batch, true)).unchanged, 1);
  });

  it("stores the resources of a collection under their ids", async () => {
    const collection = {
      resourceType: "Bundle",
      type: "collection",
      entry: [{ resource: patient("kept", { id: "k1" }) }],
    };
    assert.equal((await imported("collection.json", collection)).written, 1);
    assert.equal((await named("kept"))[0]?.id, "k1");
  });

  it("stores one resource of a file, and a document Bundle as the one resource that it is", async () => {
    assert.equal((await imported("single.json", patient("single", { id: "s1" }))).written, 1);
    const document = { resourceType: "Bundle", id: "d1", type: "document", entry: [{ resource: patient("inside") }] };
    assert.equal((await imported("document.json", document)).written, 1);
    expectOk(await opened.record.read("Bundle", "d1"));
    assert.deepEqual(await named("inside"), []);
  });

  it("stores each line of NDJSON, packed or not, and tells the lines that it does not take", async () => {
    const lines = Array.from({ length: 450 }, (_, index) => JSON.stringify(patient("lined", { id: `l${index}` })));
    lines[210] = JSON.stringify(patient("lined", { id: "l210", birthDate: "soon" }));
    lines[300] = "{";
    const report = await imported("patients.ndjson.gz", gzipSync(lines.join("\n")), true);
    assert.deepEqual([report.written, report.refused], [448, 2]);
    assert.deepEqual(report.told.map(([line, , code]) => [line, code]).sort(), [
      [211, "wrong-format"],
      [301, "invalid-json"],
    ]);
    const again = await imported("patients.ndjson.gz", gzipSync(lines.join("\n")), true);
    assert.deepEqual([again.written, again.unchanged], [0, 448]);
  });

  it("keeps one for each line without an id, however often it is imported", async () => {
    const line = JSON.stringify(patient("anonymous"));
    assert.equal((await imported("anonymous.jsonl", `${line}\n\n${line}\n`)).written, 2);
    assert.equal((await imported("anonymous.jsonl", `${line}\n\n${line}\n`)).unchanged, 2);
    assert.equal((await named("anonymous")).length, 2);
  });

  it("says what is wrong with a file that cannot be read", async () => {
    assert.equal((await imported("torn.json.gz", gzipSync("{}").subarray(0, 12))).told[0]?.[2], "not-gzip");
    assert.equal((await imported("latin.ndjson", Buffer.from([0x22, 0xe9, 0x22]))).told[0]?.[2], "not-utf-8");
    assert.equal((await imported("list.json", "[]")).told[0]?.[2], "wrong-kind");
  });
});

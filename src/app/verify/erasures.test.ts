/** What two people decided to take away is gone, and nothing else. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, describe, it, type TestContext } from "node:test";
import { conflict, expectOk, failed, type JsonObject, ok, type Result, silentLog } from "#kernel";
import { blobOf, type Erasures, type HealthRecord, type Key, keyText, type Operation, openErasures } from "#record";
import { aWholeRecord, largeBlob, smallBlob, type WholeRecord, wholeRecordKinds } from "../../../test/whole-record.ts";
import { verifyAll } from "./verify.ts";

const decision = "Disposal/d-osei";
const always = async (): Promise<Result<void>> => ok(undefined);

function erasuresOf({ store, files, clock }: WholeRecord, change: Partial<Parameters<typeof openErasures>[0]> = {}) {
  const lists = { append: async () => {} };
  const eraseStudy = async () => ok(0);
  return openErasures({
    store: store.erasures,
    blobs: files,
    lists,
    kinds: wholeRecordKinds,
    eraseStudy,
    clock,
    log: silentLog,
    ...change,
  });
}

async function remove(record: HealthRecord, keys: readonly Key[]): Promise<void> {
  expectOk(await record.transact({ operations: keys.map((key): Operation => ({ action: "delete", ...key })) }));
}

async function erase({ record, clock }: WholeRecord, erasures: Erasures, keys: readonly Key[], by = decision) {
  expectOk(await erasures.plan({ decision: by, at: clock.now(), documents: keys, studies: [] }));
  await remove(record, keys);
  return expectOk(await erasures.carryOut(by, always));
}

async function verified({ store, files }: WholeRecord) {
  const report = await verifyAll({ store, stores: { inline: store.blobs, files }, progress: () => {} });
  return { problems: report.problems.map(({ code, where }) => `${code} at ${where}`), erased: report.erased };
}

const letter = (id: string, hash: string, text = ""): Operation => ({
  action: "create",
  kind: "Letter",
  id,
  body: { raw: { hash }, text },
});

const own = blobOf(Buffer.alloc(300_000, "z"));

describe("what is erased", async () => {
  const whole = await aWholeRecord({ after } as unknown as TestContext);
  const { record, store } = whole;
  await whole.files.put(own);
  expectOk(
    await record.transact({ operations: [letter("own", own.hash, "Adaeze Osei"), letter("again", smallBlob.hash)] }),
  );

  it("must be deleted first", async () => {
    const erasures = erasuresOf(whole);
    const documents = [{ kind: "Letter", id: "own" }];
    expectOk(await erasures.plan({ decision: "Disposal/d-early", at: whole.clock.now(), documents, studies: [] }));
    const refused = await erasures.carryOut("Disposal/d-early", always);
    assert.equal(refused.ok ? "erased" : refused.problems[0].code, "not-deleted");
    assert.match(expectOk(await record.read("Letter", "own")).body, /Adaeze/);
    await store.database`delete from erasure_part`;
    await store.database`delete from erasure`;
  });

  it("is found by whom any version of it named, if it was deleted long before", async () => {
    const body: JsonObject = {
      status: "final",
      code: { text: "Mrs Osei sits" },
      subject: { reference: "Patient/osei" },
    };
    const key = { kind: "Observation", id: "old" };
    expectOk(await record.transact({ operations: [{ action: "create", ...key, body }] }));
    await remove(record, [key]);
    assert.deepEqual(expectOk(await erasuresOf(whole).deletedNaming("Patient/osei")), [key]);
    assert.deepEqual(expectOk(await erasuresOf(whole).deletedNaming("Patient/ose")), []);
    assert.equal((await store.database`select from term where text = 'mrs osei sits'`).length, 1);
    await erase(whole, erasuresOf(whole), [key], "Disposal/d-long-ago");
    assert.equal((await store.database`select from term where text = 'mrs osei sits'`).length, 0);
  });

  it("leaves gravestones in the feed and takes its content along, but for what others name too", async () => {
    const file = join(whole.folder, "blobs", largeBlob.hash.slice(0, 2), largeBlob.hash);
    await readFile(file);
    const keys = ["small", "large"].map((id) => ({ kind: "Letter", id }));
    const progress = await erase(whole, erasuresOf(whole), keys);
    assert.deepEqual(
      [progress.documents, progress.versions, progress.blobs, progress.blobsKept, progress.isFinished],
      [{ done: 2, total: 2 }, 4, { done: 1, total: 2 }, 1, true],
    );
    await assert.rejects(readFile(file), { code: "ENOENT" });
    assert.ok((await store.blobs.get(smallBlob.hash)) !== undefined);
    const read = await record.read("Letter", "large");
    assert.equal(read.ok ? "read" : read.problems[0].code, "erased");
    const versions = expectOk(await record.history({ kind: "Letter", id: "large", limit: 9 })).versions;
    assert.deepEqual(
      versions.map(({ version, action, body, isErased }) => [version, action, body, isErased]),
      [
        [2, "delete", "", true],
        [1, "delete", "", true],
      ],
    );
    assert.deepEqual(await verified(whole), {
      problems: [],
      erased: [
        { decision: "Disposal/d-long-ago", documents: 1, versions: 2, isFinished: true },
        { decision, documents: 2, versions: 4, isFinished: true },
      ],
    });
  });

  it("goes on where it was cut short, wherever that was", async () => {
    const keys = [{ kind: "Letter", id: "own" }];
    expectOk(
      await erasuresOf(whole).plan({ decision: "Disposal/d-own", at: whole.clock.now(), documents: keys, studies: [] }),
    );
    await remove(record, keys);
    const cutAt = async (at: "blank" | "takeBlobs" | "blobsGone" | "finish") => {
      const failing = { ...store.erasures, [at]: () => Promise.reject(new Error("killed")) };
      assert.equal((await erasuresOf(whole, { store: failing }).carryOut("Disposal/d-own", always)).ok, false);
      assert.equal((await store.erasures.decisions()).get("Disposal/d-own"), false);
    };
    await cutAt("blank");
    let steps = 0;
    const hold = async () => (++steps > 1 ? failed(conflict("on-hold", "A hold is in force.")) : ok(undefined));
    const stopped = await erasuresOf(whole).carryOut("Disposal/d-own", hold);
    assert.equal(stopped.ok ? "erased" : stopped.problems[0].code, "on-hold");
    assert.ok((await whole.files.get(own.hash)) !== undefined, "its file stays for as long as the hold is in force");
    for (const at of ["takeBlobs", "blobsGone", "finish"] as const) await cutAt(at);
    const progress = expectOk(await erasuresOf(whole).carryOut("Disposal/d-own", always));
    assert.deepEqual([progress.blobs, progress.isFinished], [{ done: 1, total: 1 }, true]);
    assert.equal(await whole.files.get(own.hash), undefined);
    assert.deepEqual((await verified(whole)).problems, []);
  });

  it("may be there again later, as further versions", async () => {
    const written = expectOk(await record.transact({ operations: [letter("own", smallBlob.hash)] }));
    assert.deepEqual(
      written.map(({ effect, version }) => [effect, version.version]),
      [["created", 3]],
    );
    assert.deepEqual((await verified(whole)).problems, []);
  });

  for (const [what, harm, problem] of [
    ["a gravestone that nobody decided on", "update version set action = 'e', body = '' where id = 'osei'", "osei"],
    ["content that came back", `update version set body = '{"a":1}' where id = 'large' and version = 1`, "large"],
  ] as const) {
    it(`is told from ${what}`, async () => {
      await store.database.unsafe(harm);
      const { problems } = await verified(whole);
      assert.ok(
        problems.some((each) => each.startsWith("erased-without-decision") && each.endsWith(problem)),
        String(problems),
      );
    });
  }
});

describe("erasing documents chosen at random", () => {
  it("changes no other answer", async (t) => {
    const whole = await aWholeRecord(t);
    const { record } = whole;
    const ids = Array.from({ length: 24 }, (_, at) => `p${at}`);
    const body = (id: string, active: boolean): JsonObject => ({
      active,
      identifier: [{ system: "urn:x", value: id }],
      name: [{ family: `Name ${id}` }],
      birthDate: `19${String(10 + Number(id.slice(1)))}-01-01`,
    });
    for (const active of [true, false]) {
      const operations = ids.map(
        (id): Operation => ({ action: "update", kind: "Patient", id, body: body(id, active) }),
      );
      expectOk(await record.transact({ operations }));
    }
    // Numbers that look like chance, and are the same each time.
    const chosen = new Set(ids.filter((_, at) => (at * 7919 + 13) % 5 < 2));
    const before = await answers(record, chosen);
    await erase(
      whole,
      erasuresOf(whole),
      [...chosen].map((id) => ({ kind: "Patient", id })),
    );
    assert.ok(chosen.size > 5 && chosen.size < 20);
    assert.deepEqual(await answers(record, chosen), before);
    assert.deepEqual((await verified(whole)).problems, []);
  });
});

/** Everything that can be asked, without what is about the chosen. */
async function answers(record: HealthRecord, chosen: ReadonlySet<string>) {
  const sorts = ["updated", "id", { date: "birthdate" }, { text: "family" }] as const;
  const told: unknown[] = [];
  for (const by of sorts) {
    const query = { kind: "Patient", all: [], sort: { by, descending: false }, limit: 100 } as const;
    told.push(expectOk(await record.search(query)).versions.filter(({ id }) => !chosen.has(id)));
  }
  const { versions } = expectOk(await record.history({ kind: "Patient", limit: 200 }));
  told.push(versions.filter(({ id }) => !chosen.has(id)));
  const feed = expectOk(await record.changes(0, 500));
  told.push(feed.filter(({ id, action }) => !chosen.has(id) && action !== "delete"));
  for (const id of ["p1", "p2", "p3", "p8", "osei"].filter((each) => !chosen.has(each))) {
    told.push(await record.read("Patient", id), await record.readVersion("Patient", id, 1));
    const all = [{ is: "key", any: [`identifier=urn:x|${id}`] }] as const;
    told.push(await record.count({ kind: "Patient", all, sort: { by: "id", descending: false }, limit: 1 }));
  }
  told.push(feed.slice(0, 50).map(({ position, version, ...key }) => [position, version, keyText(key)]));
  return told;
}

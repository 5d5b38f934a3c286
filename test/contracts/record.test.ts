/** The contract of the record: what every store must keep. DESIGN.md, section 3. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { expectOk } from "#kernel";
import { blobOf, type Operation, type Outcome, type Query } from "#record";
import { freshRecord } from "../record.ts";
import { note } from "./note.ts";

const write = (subject: string, extra: object = {}): Operation => ({
  action: "create",
  kind: "Note",
  body: { subject, ...extra },
});
const query = (all: Query["all"], extra: Partial<Query> = {}): Query => ({
  kind: "Note",
  all,
  sort: { by: "updated", descending: true },
  limit: 10,
  ...extra,
});
const subjects = (page: { versions: readonly { body: string }[] }) =>
  page.versions.map((v) => JSON.parse(v.body).subject);

describe("a document", async () => {
  const { record, clock } = await freshRecord({ kinds: [note] });
  const transact = async (...operations: Operation[]) => record.transact({ operations });
  const only = async (operation: Operation) => expectOk(await transact(operation))[0]!;

  it("is served with its id, version and time in front, and the rest as it was written", async () => {
    const { effect, version } = await only({
      action: "create",
      kind: "Note",
      id: "n1",
      body: {
        resourceType: "Note",
        id: "other",
        meta: { versionId: "9", tag: [{ code: "x" }] },
        subject: "Osei",
        n: 5.0,
      },
    });
    assert.equal(effect, "created");
    assert.equal(
      version.body,
      '{"resourceType":"Note","id":"n1","meta":{"versionId":"1","lastUpdated":"2026-03-02T09:00:00.000Z","tag":[{"code":"x"}]},"subject":"Osei","n":5}',
    );
    assert.deepEqual(expectOk(await record.read("Note", "n1")).body, version.body);
  });

  it("gets a new version with each change, and keeps the old ones", async () => {
    await only({ action: "update", kind: "Note", id: "n2", body: { subject: "first" } });
    clock.advance(1000);
    const second = await only({ action: "update", kind: "Note", id: "n2", body: { subject: "second" } });
    assert.deepEqual([second.effect, second.version.version], ["updated", 2]);
    assert.equal(JSON.parse(expectOk(await record.readVersion("Note", "n2", 1)).body).subject, "first");
    const history = expectOk(await record.history({ kind: "Note", id: "n2", limit: 10 }));
    assert.deepEqual(subjects(history), ["second", "first"]);
  });

  it("gets no new version from an update that changes nothing", async () => {
    const first = await only({ action: "update", kind: "Note", id: "n3", body: { subject: "same" } });
    clock.advance(1000);
    const again = await only({ action: "update", kind: "Note", id: "n3", body: { subject: "same" } });
    assert.deepEqual([again.effect, again.version.version], ["none", 1]);
    assert.equal(again.version.position, first.version.position);
  });

  it("is not found after its deletion, which is a version too, and may come back", async () => {
    await only({ action: "update", kind: "Note", id: "n4", body: { subject: "gone" } });
    const { effect, version } = await only({ action: "delete", kind: "Note", id: "n4" });
    assert.deepEqual([effect, version.version, version.body], ["deleted", 2, ""]);
    const read = await record.read("Note", "n4");
    assert.ok(!read.ok && read.problems[0].category === "not-found" && read.problems[0].code === "deleted");
    assert.deepEqual(subjects(expectOk(await record.search(query([{ is: "key", any: ["subject=gone"] }])))), []);
    const back = await only({ action: "update", kind: "Note", id: "n4", body: { subject: "back" } });
    assert.deepEqual([back.effect, back.version.version], ["created", 3]);
  });

  it("is refused with its place when its kind finds a problem, or nobody knows the kind", async () => {
    const bad = await transact({ action: "create", kind: "Note", body: {} });
    assert.ok(!bad.ok && bad.problems[0].where === "Note.subject");
    const unknown = await transact({ action: "create", kind: "Unheard", body: {} });
    assert.ok(!unknown.ok && unknown.problems[0].code === "unknown-kind");
    const wrong = await transact({ action: "create", kind: "Note", body: { resourceType: "Patient", subject: "x" } });
    assert.ok(!wrong.ok && wrong.problems[0].code === "wrong-kind");
  });

  it("keeps any text: NUL, lone surrogates, quotes, emoji", async () => {
    const odd = 'a\u0000b\ud800c"\\\u2028🩺';
    const { version } = await only(write(odd));
    assert.equal(JSON.parse(expectOk(await record.read("Note", version.id)).body).subject, odd);
  });
});

describe("a transaction", async () => {
  const { record } = await freshRecord({ kinds: [note] });
  const transact = async (...operations: Operation[]) => record.transact({ operations });

  it("writes all of its operations or none", async () => {
    const before = await record.position();
    const result = await transact(write("one"), {
      action: "update",
      kind: "Note",
      id: "x",
      body: { subject: "two" },
      ifMatch: 7,
    });
    assert.ok(!result.ok && result.problems[0].code === "version-conflict");
    assert.equal(await record.position(), before);
    assert.equal(expectOk(await record.count(query([]))), 0);
  });

  it("conflicts when the record has moved on", async () => {
    expectOk(await transact({ action: "update", kind: "Note", id: "v", body: { subject: "1" }, ifMatch: 0 }));
    expectOk(await transact({ action: "update", kind: "Note", id: "v", body: { subject: "2" }, ifMatch: 1 }));
    for (const ifMatch of [0, 1, 3]) {
      const late = await transact({ action: "update", kind: "Note", id: "v", body: { subject: "3" }, ifMatch });
      assert.ok(!late.ok && late.problems[0].category === "conflict", `ifMatch ${ifMatch}`);
    }
  });

  it("creates on condition that nothing matches, once, however many ask at the same time", async () => {
    const create: Operation = {
      ...write("unique", { tag: "t" }),
      action: "create",
      ifNoneExist: { keys: ["subject=unique", "tag=t"], onMatch: "use" },
    } as Operation;
    const results = await Promise.all(Array.from({ length: 20 }, () => transact(create)));
    const ids = new Set(results.map((result) => expectOk(result)[0]!.version.id));
    assert.equal(ids.size, 1);
    assert.equal(expectOk(await record.count(query([{ is: "key", any: ["subject=unique"] }]))), 1);
    const failing = await transact({
      ...create,
      ifNoneExist: { keys: ["subject=unique"], onMatch: "fail" },
    } as Operation);
    assert.ok(!failing.ok && failing.problems[0].code === "already-exists");
  });

  it("never loses an update when many change one document with ifMatch", async () => {
    expectOk(await transact({ action: "update", kind: "Note", id: "count", body: { subject: "c", n: 0 } }));
    const increment = async (): Promise<void> => {
      const seen = expectOk(await record.read("Note", "count"));
      const body = { subject: "c", n: JSON.parse(seen.body).n + 1 };
      const result = await transact({ action: "update", kind: "Note", id: "count", body, ifMatch: seen.version });
      if (!result.ok) return increment();
    };
    await Promise.all(Array.from({ length: 25 }, increment));
    assert.equal(JSON.parse(expectOk(await record.read("Note", "count")).body).n, 25);
  });

  it("is decided on what was looked at, which is not taken for so once it has changed", async () => {
    expectOk(await transact({ action: "update", kind: "Note", id: "seen", body: { subject: "s", n: 0 } }));
    const increment = async (): Promise<void> => {
      const sight = expectOk(
        await record.look({ keys: [{ kind: "Note", id: "seen" }], carriers: { kind: "Note", keys: [] } }),
      );
      const [version] = sight.versions;
      const body = { subject: "s", n: JSON.parse(version!.body).n + 1 };
      const update: Operation = { action: "update", kind: "Note", id: "seen", body, ifMatch: version!.version };
      const result = await record.transact({ operations: [update], seen: sight.seen });
      if (!result.ok) return increment();
    };
    await Promise.all(Array.from({ length: 25 }, increment));
    assert.equal(JSON.parse(expectOk(await record.read("Note", "seen")).body).n, 25);
  });

  it("that nobody had when it was looked for is made once, however many looked", async () => {
    const key = "subject=looked for";
    const make = async () => {
      const sight = expectOk(await record.look({ keys: [], carriers: { kind: "Note", keys: [key] } }));
      const create: Operation = { ...write("looked for"), ifNoneExist: { keys: [key], onMatch: "use" } } as Operation;
      await new Promise(setImmediate);
      return expectOk(await record.transact({ operations: [create], seen: sight.seen }))[0]!.version.id;
    };
    assert.equal(new Set(await Promise.all(Array.from({ length: 20 }, make))).size, 1);
    const late = expectOk(await record.look({ keys: [], carriers: { kind: "Note", keys: [key, "subject=nobody"] } }));
    assert.deepEqual([late.carriers.length, late.versions.length], [1, 0]);
    expectOk(await record.transact({ operations: [{ action: "delete", kind: "Note", id: late.carriers[0]!.id }] }));
    const gone = expectOk(await record.look({ keys: late.carriers, carriers: { kind: "Note", keys: [key] } }));
    assert.deepEqual([gone.versions, gone.carriers], [[], []]);
  });

  it("holds what its outcomes attest, in the same commit and without an outcome of its own", async () => {
    const attest = (outcomes: readonly Outcome[]) => ({
      operations: [{ action: "create", kind: "Note", body: { subject: `about ${outcomes[0]!.version.id}` } } as const],
      audit: [],
    });
    const [only, ...others] = expectOk(await record.transact({ operations: [write("attested")], attest }));
    assert.equal(others.length, 0);
    const found = expectOk(await record.search(query([{ is: "key", any: [`subject=about ${only!.version.id}`] }])));
    assert.equal(found.versions[0]!.position, only!.version.position + 1);
  });

  it("writes nothing at all when what is attested is unsound", async () => {
    const attest = () => ({ operations: [{ action: "create", kind: "Note", body: {} } as const], audit: [] });
    const result = await record.transact({ operations: [write("unsound")], attest });
    assert.ok(!result.ok && result.problems[0].code === "not-stored");
    assert.equal(expectOk(await record.count(query([{ is: "key", any: ["subject=unsound"] }]))), 0);
  });

  it("leaves nothing behind when the database refuses it, for the writes after it either", async () => {
    const refused = Array.from({ length: 10 }, (_, at) => ({
      action: "update" as const,
      kind: "Note",
      id: `refused-${at}`,
      // No time that the database knows.
      body: { subject: "refused", day: 1e30 },
    }));
    expectOk(await record.transact({ operations: [write("before")] }));
    const result = await record.transact({ operations: refused });
    assert.ok(!result.ok && result.problems[0].code === "not-stored");
    expectOk(await record.transact({ operations: [write("after")] }));
    const [first] = expectOk(
      await transact({ action: "update", kind: "Note", id: "refused-0", body: { subject: "first" } }),
    );
    assert.deepEqual([first?.effect, first?.version.version], ["created", 1]);
  });

  it("may hold the same document twice, in order", async () => {
    const result = expectOk(
      await transact(
        { action: "update", kind: "Note", id: "twice", body: { subject: "a" } },
        { action: "update", kind: "Note", id: "twice", body: { subject: "b", day: 5 } },
      ),
    );
    assert.deepEqual(
      result.map((outcome) => outcome.version.version),
      [1, 2],
    );
    expectOk(await transact({ action: "update", kind: "Note", id: "twice", body: { subject: "c" } }));
    const byDay = query([{ is: "date", parameter: "day", any: [{ fromMinMs: 5 }] }]);
    assert.deepEqual(subjects(expectOk(await record.search(byDay))), [], "entries of replaced versions are gone");
  });
});

describe("a blob", async () => {
  const { record } = await freshRecord({ kinds: [note] });

  for (const [size, where] of [
    [10, "in the database"],
    [600_000, "as a file"],
  ] as const) {
    it(`of ${size} bytes is kept ${where} and read back by its hash`, async () => {
      const blob = blobOf(new Uint8Array(size).fill(size % 251));
      expectOk(await record.transact({ operations: [write(`blob ${size}`)], blobs: [blob] }));
      assert.deepEqual(Buffer.from(expectOk(await record.readBlob(blob.hash))), Buffer.from(blob.bytes));
    });
  }

  it("that nobody stored is not found", async () => {
    const read = await record.readBlob(blobOf(Buffer.from("never")).hash);
    assert.ok(!read.ok && read.problems[0].category === "not-found");
  });
});

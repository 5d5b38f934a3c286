/** Messages are found by words of their text, whether or not those are filed yet. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { workerActor } from "#access";
import { expectOk, limits } from "#kernel";
import { type BlobDay, type Clause, dailyBlobOf, type Key } from "#record";
import { aLinkMessage } from "../../../../test/builders/link-message.ts";
import { anActor, contextOf } from "../../../../test/handler-context.ts";
import { freshRecord } from "../../../../test/record.ts";
import { anyKey } from "../clauses.ts";
import type { LinkMessage } from "../messages/link-message.ts";
import { linkMessageDefinition } from "../messages/link-message-kind.ts";
import { findByText, type TextCursor } from "./find-by-text.ts";
import { forgetWords } from "./forget-words.ts";
import { askedWords, messageWords } from "./message-words.ts";
import { removeWordFiles } from "./remove-word-files.ts";
import { wordFileDefinition, wordFileKind } from "./word-file.ts";
import { writeWordFiles } from "./write-word-files.ts";

const utf8 = { raw: { hash: "", sizeBytes: 0, charset: "UNICODE UTF-8" } } as unknown as Pick<LinkMessage, "raw">;

function wordsOf(text: string): readonly string[] {
  return [...messageWords(Buffer.from(text), utf8)];
}

describe("the words of a message", () => {
  it("are letters and digits between anything else, without capitals and accents", () => {
    assert.deepEqual(wordsOf("PID|1||999^^^NHS||Sørensen^Élodie~X\rOBX|1|TX|a"), [
      "pid",
      "999",
      "nhs",
      "sorensen",
      "elodie",
      "obx",
      "tx",
    ]);
  });

  it("are none of a document in base64, and each there once", () => {
    assert.deepEqual(wordsOf(`OBX|ED|${"QUJD".repeat(100)}|glucose GLUCOSE`), ["obx", "ed", "glucose"]);
  });

  it("are asked for as they are filed", () => {
    assert.deepEqual(askedWords(" Ünder-lying  RXX1.2 "), ["under", "lying", "rxx1"]);
  });
});

/** The clock of a fresh record stands on 2 March 2026, 09:00. */
async function aHospital() {
  const parts = await freshRecord({ kinds: [linkMessageDefinition, wordFileDefinition] });
  const { record, clock } = parts;
  let minute = 0;
  const arrive = async (id: string, words: string, fields: Partial<LinkMessage> = {}) => {
    minute += 1;
    const arrivedAt = new Date(Date.UTC(2026, 2, 2, 6, minute)).toISOString();
    const text = `MSH|^~\\&|LAB|MEADOW|||20260302||ORU^R01|${id}|P|2.4\rOBX|1|TX|||${words}\r`;
    const { operation, blob } = aLinkMessage({ id, text, fields: { arrivedAt, controlId: id, ...fields } });
    const day = (fields.arrivedAt ?? arrivedAt).slice(0, 10) as BlobDay;
    expectOk(await record.transact({ operations: [operation], blobs: [dailyBlobOf(blob.bytes, day)] }));
  };
  const file = async () => {
    clock.advance(limits.wordFileWaitMs);
    return expectOk(await writeWordFiles({ look: record, context: contextOf(parts, workerActor("message-text")) }));
  };
  const context = contextOf(parts, anActor("pathology-links-manager"));
  const look = (text: string, clauses: readonly Clause[] = [], page: { count?: number; after?: TextCursor } = {}) =>
    findByText({ look: record, context }, { text, clauses, count: 50, ...page });
  /** By a clock on which every look is the last. */
  const hurried = (text: string) => {
    const now = () => {
      clock.advance(limits.textSearchMs);
      return clock.now();
    };
    return findByText({ look: record, context: { ...context, clock: { now } } }, { text, clauses: [], count: 50 });
  };
  const found = async (text: string, clauses: readonly Clause[] = []) =>
    expectOk(await look(text, clauses)).versions.map(({ id }) => id);
  const files = () =>
    record.count({ kind: wordFileKind, all: [], sort: { by: "updated", descending: true }, limit: 1 });
  return { ...parts, arrive, file, look, hurried, found, files };
}

describe("a search by text", () => {
  it("finds a message before and after its words are filed, by all the words and how they begin", async () => {
    const { arrive, file, found } = await aHospital();
    await arrive("a", "Blood culture: Staphylococcus aureus");
    await arrive("b", "Urine: no growth");
    assert.deepEqual(await found("staph aureus"), ["a"]);
    assert.equal(await file(), 2);
    assert.deepEqual(await found("STAPH Aur"), ["a"]);
    assert.deepEqual(await found("staph urine"), [], "words of two messages are not words of one");
    assert.deepEqual(await found("aphylococcus"), [], "the middle of a word is none");
    assert.deepEqual(await found("obx"), ["b", "a"], "the newest first");
    assert.equal(await file(), 0, "once is enough");
  });

  it("finds one that was changed after it was filed once, and as it is now", async () => {
    const { arrive, file, found, files } = await aHospital();
    await arrive("a", "glucose", { state: "held" });
    await arrive("b", "glucose");
    await file();
    await arrive("a", "glucose");
    assert.deepEqual(await found("glucose"), ["a", "b"]);
    await file();
    assert.deepEqual(await found("glucose"), ["a", "b"]);
    assert.deepEqual(expectOk(await files()), 2);
    assert.deepEqual(await found("glucose", [anyKey("state=held")]), []);
  });

  it("leaves one that is not decided on until it is", async () => {
    const { arrive, file, found } = await aHospital();
    await arrive("a", "glucose", { state: "received" });
    await file();
    assert.deepEqual(await found("glucose"), []);
    await arrive("a", "glucose");
    assert.deepEqual(await found("glucose"), ["a"]);
  });

  it("keeps to the other filters, files of other days not being read", async () => {
    const { arrive, file, found } = await aHospital();
    await arrive("a", "glucose", { arrivedAt: "2026-03-01T23:59:00.000Z" });
    await arrive("b", "glucose", { link: "radiology" });
    await arrive("c", "glucose");
    await file();
    assert.deepEqual(await found("glucose", [anyKey("link=radiology")]), ["b"]);
    const onTheFirst: Clause = {
      is: "date",
      parameter: "arrived",
      any: [{ fromMinMs: Date.UTC(2026, 2, 1), fromMaxMs: Date.UTC(2026, 2, 2) - 1 }],
    };
    assert.deepEqual(await found("glucose", [onTheFirst]), ["a"]);
  });

  it("comes in pages that neither repeat nor miss", async () => {
    const { arrive, file, look } = await aHospital();
    const sent = Array.from({ length: 130 }, (_, at) => `m${at}`);
    for (const id of sent) await arrive(id, "glucose");
    await file();
    const seen: string[] = [];
    let after: TextCursor | undefined;
    do {
      const page = expectOk(await look("glucose", [], { count: 20, ...(after === undefined ? {} : { after }) }));
      seen.push(...page.versions.map(({ id }) => id));
      after = page.next;
    } while (after !== undefined);
    assert.deepEqual(seen, sent.toReversed());
  });

  it("says how far it looked when its time is over", async () => {
    const { arrive, file, look, hurried } = await aHospital();
    await arrive("a", "glucose");
    await file();
    await arrive("b", "urea");
    await file();
    const first = expectOk(await hurried("gluc"));
    assert.deepEqual(first.versions, []);
    assert.equal(first.lookedBackTo, "2026-03-02T06:02:00.000Z");
    const second = expectOk(await look("gluc", [], { after: first.next as TextCursor }));
    assert.deepEqual(
      second.versions.map(({ id }) => id),
      ["a"],
    );
    assert.equal(second.lookedBackTo, undefined);
  });

  it("refuses what no word begins with", async () => {
    const { look } = await aHospital();
    const refused = await look("- a");
    assert.equal(refused.ok ? "" : refused.problems[0].code, "text-too-short");
  });

  it("finds nothing more of a message that was erased, and all others; nothing is filed twice for that", async () => {
    const { arrive, file, found, record } = await aHospital();
    for (const id of ["a", "b"]) await arrive(id, `glucose ${id}${id}`);
    await file();
    const forget = async () =>
      expectOk(await forgetWords(record, [{ id: "a", arrivedAt: "2026-03-02T06:01:00.000Z" }]));
    const old = await forget();
    assert.deepEqual(await forget(), old);
    const gone: readonly Key[] = [...old, { kind: "LinkMessage", id: "a" }];
    expectOk(await record.transact({ operations: gone.map((key) => ({ action: "delete", ...key })) }));
    assert.deepEqual(await forget(), []);
    assert.deepEqual([await found("glucose"), await found("aa"), await file()], [["b"], [], 0]);
  });

  it("finds nothing more of a day that is no longer kept", async () => {
    const { arrive, file, found, files, record, store } = await aHospital();
    await arrive("a", "glucose");
    await file();
    expectOk(await removeWordFiles(record, "2026-03-02" as BlobDay));
    await store.blobs.daily.drop("2026-03-02" as BlobDay);
    assert.deepEqual(await found("glucose"), []);
    assert.equal(expectOk(await files()), 0);
  });
});

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { instant } from "#kernel";
import type { Key, KeyMatch } from "#record";
import type { Stored } from "./before.ts";
import { GatheredReads, type Question } from "./gathered-reads.ts";

describe("Questions to the record before writes", () => {
  it("share one reading when they come while another is on its way, and each gets its own matches", async () => {
    const { asked, answerNext, reads } = aRecord();
    const first = reads.ask(about("a"));
    const second = reads.ask(about("b"));
    const third = reads.ask(about("c", "d"));
    assert.deepEqual(asked, [["a"]]);
    answerNext();
    assert.deepEqual(found(await first), ["a"]);
    await nextTurn();
    assert.deepEqual(asked, [["a"], ["b", "c", "d"]]);
    answerNext();
    assert.deepEqual(found(await second), ["b"]);
    assert.deepEqual(found(await third), ["c", "d"]);
  });

  it("fail with the reading they shared, and the next is read again", async () => {
    const { answerNext, failNext, reads } = aRecord();
    const failing = reads.ask(about("a"));
    const waiting = reads.ask(about("b"));
    failNext();
    await assert.rejects(failing, /connection lost/);
    await nextTurn();
    answerNext();
    assert.deepEqual(found(await waiting), ["b"]);
  });
});

interface Reading {
  readonly question: Question;
  readonly answer: PromiseWithResolvers<Stored>;
}

function aRecord() {
  const readings: Reading[] = [];
  const asked: (readonly string[])[] = [];
  const reads = new GatheredReads((question) => {
    const answer = Promise.withResolvers<Stored>();
    readings.push({ question, answer });
    asked.push(question.matches.flatMap(({ keys }) => keys));
    return answer.promise;
  });
  return {
    reads,
    asked,
    answerNext() {
      const { question, answer } = readings.shift() as Reading;
      answer.resolve({ current: new Map(), matching: question.matches.map(versionOf), matched: [] });
    },
    failNext() {
      readings.shift()?.answer.reject(new Error("connection lost"));
    },
  };
}

function about(...keys: readonly string[]): Question {
  const documents: readonly Key[] = [];
  return { keys: documents, matches: keys.map((key): KeyMatch => ({ kind: "Patient", keys: [key] })) };
}

/** A document named like its key. */
function versionOf({ kind, keys: [id = ""] }: KeyMatch): Stored["matching"][number] {
  return [{ kind, id, version: 1, position: 1, at: instant(0), action: "create", body: "{}" }];
}

function found({ matching }: Stored): readonly string[] {
  return matching.flat().map(({ id }) => id);
}

function nextTurn(): Promise<void> {
  return new Promise((done) => setImmediate(done));
}

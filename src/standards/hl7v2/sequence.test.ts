// HL7 v2.5.1 §2.10.1.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { judgeSequence } from "./sequence.ts";

function judged(last: number | undefined, sent: string): string {
  const verdict = judgeSequence(last, sent);
  const expected = "expected" in verdict ? ` expects ${verdict.expected}` : "";
  const kept = "last" in verdict ? ` keeps ${verdict.last}` : "";
  return `${verdict.is === "refused" ? verdict.problem.code : verdict.is}${expected}${kept}`;
}

describe("A sequence number", () => {
  const rows = [
    [7, "", "absent"],
    [7, "8", "next expects 8 keeps 8"],
    [7, " 8 ", "next expects 8 keeps 8"],
    [undefined, "41", "next expects 41 keeps 41"],
    [7, "7", "repeat expects 8"],
    [7, "9", "sequence-gap expects 8"],
    [7, "6", "sequence-past expects 8"],
    [7, "0", "status expects 8"],
    [undefined, "0", "status expects -1"],
    [7, "-1", "reset expects -1 keeps undefined"],
    [7, "-2", "sequence-invalid expects 8"],
    [7, "8.0", "sequence-invalid expects 8"],
    [7, "eight", "sequence-invalid expects 8"],
  ] as const;
  for (const [last, sent, expected] of rows) {
    it(`'${sent}' after ${last ?? "nothing"}: ${expected}`, () => assert.equal(judged(last, sent), expected));
  }
});

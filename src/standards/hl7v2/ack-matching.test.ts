// HL7 v2.5.1 §2.15.8 (MSA), §2.15.5 (ERR).
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { withMsa } from "./ack-editing.ts";
import { matchAck, refusalOf, wordsOf } from "./ack-matching.ts";

const bytes = (text: string) => new TextEncoder().encode(text.replaceAll("\n", "\r"));
const text = (given: Uint8Array) => new TextDecoder().decode(given).replaceAll("\r", "\n");
const head = "MSH|^~\\&|GP|EAST|LAB|MEADOW|20261123||ACK|A-1|P|2.5.1\n";

describe("An acknowledgement is that of a message", () => {
  const rows = [
    ["MSA|AA|M-1\n", "ours"],
    ["MSA|AA| M-1 \n", "ours"],
    ["MSA|AA|M-10\n", "foreign"],
    ["MSA|AA|m-1\n", "foreign"],
    ["MSA|AA\n", "foreign"],
    ["MSA|OK|M-1\n", "unreadable"],
    ["PID|1\n", "unreadable"],
  ] as const;
  for (const [segments, expected] of rows) {
    it(`only when MSA-2 is its MSH-10: ${segments.trim()} is ${expected}`, () => {
      assert.equal(matchAck(bytes(head + segments), "M-1").is, expected);
    });
  }

  it("never when the message had no MSH-10", () => {
    assert.equal(matchAck(bytes(`${head}MSA|AA|\n`), "").is, "foreign");
  });
});

describe("A refusal", () => {
  const refusal = (segments: string) => {
    const match = matchAck(bytes(head + segments), "M-1");
    assert.equal(match.is, "ours");
    return match.is === "ours" ? { problem: refusalOf(match.ack), words: wordsOf(match.ack) } : undefined;
  };

  it("says condition and place, and leaves the receiver's words to those who may see them", () => {
    const told = refusal(
      "MSA|AE|M-1|Osei is unknown\nERR||PID^1^5|204^Unknown key identifier^HL70357|E||||Osei, Abena\n",
    );
    assert.deepEqual(told, {
      problem: {
        category: "not-found",
        code: "answered-ae",
        message: "The receiver answered AE: Unknown key identifier (204).",
        where: "PID[1]-5",
      },
      words: "Osei is unknown; Osei, Abena",
    });
  });

  it("without ERR, or with a code of the receiver's own, says what MSA-1 says", () => {
    assert.equal(refusal("MSA|CR|M-1\n")?.problem.message, "The receiver answered CR.");
    assert.equal(refusal("MSA|AR|M-1\nERR|||X9^Secret|E\n")?.problem.message, "The receiver answered AR.");
  });
});

describe("The fields of an MSA", () => {
  it("are set and the rest is left as it was", () => {
    const given = bytes(`${head}MSA|AA|M-1\nERR||PID^1|0^x|W\n`);
    assert.equal(text(withMsa(given, { expectedSequence: 12 })), `${head}MSA|AA|M-1||12\nERR||PID^1|0^x|W\n`);
    assert.equal(text(withMsa(given, { controlId: "M|2" })), `${head}MSA|AA|M\\F\\2\nERR||PID^1|0^x|W\n`);
  });

  it("of an answer without MSA are nowhere", () => {
    assert.equal(text(withMsa(bytes("AA"), { controlId: "M-2" })), "AA");
  });
});

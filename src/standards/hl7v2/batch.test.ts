// HL7 v2.5.1 §2.10.3 (batches), §2.15.2 (BHS), §2.15.3 (BTS), §2.15.6 (FHS), §2.15.7 (FTS).
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { instant } from "#kernel";
import { envelopeOf, isBatch, splitBatch } from "./batch.ts";
import { buildBatchAck } from "./batch-ack.ts";
import { joinBytes } from "./line-bytes.ts";

const bytes = (text: string) => Uint8Array.from(text.replaceAll("\n", "\r"), (letter) => letter.charCodeAt(0));
const text = (given: Uint8Array) => String.fromCharCode(...given).replaceAll("\r", "\n");

const fhs = "FHS|^~\\&|PATHLAB|MEADOW|CORRIDOR|TRUST|20261123||night.hl7||F-7\n";
const bhs = (id: string) => `BHS|^~\\&|PATHLAB|MEADOW|CORRIDOR|TRUST|20261123||||${id}\n`;
const message = (id: string) => `MSH|^~\\&|PATHLAB|MEADOW|||20261123||ORU^R01|${id}|P|2.4\nPID|1||${id}\n`;

function split(file: string) {
  const { batches, problems } = splitBatch(bytes(file));
  return {
    batches: batches.map(({ header, messages }) => [header?.fieldText(11) ?? "none", ...messages.map(text)]),
    problems: problems.map(({ code, where }) => `${code} ${where}`),
  };
}

describe("A file of messages", () => {
  it("is divided into its batches and their messages", () => {
    const file = `${fhs}${bhs("B-1")}${message("1")}${message("2")}BTS|2\n${bhs("B-2")}${message("3")}BTS|1\nFTS|2\n`;
    assert.deepEqual(split(file), {
      batches: [
        ["B-1", message("1"), message("2")],
        ["B-2", message("3")],
      ],
      problems: [],
    });
  });

  it("may lack any of its four kinds of envelope, and be empty", () => {
    assert.deepEqual(split(`${bhs("B-1")}BTS|0\n`), { batches: [["B-1"]], problems: [] });
    assert.deepEqual(split(`${fhs}${message("1")}FTS|1\n`), { batches: [["none", message("1")]], problems: [] });
    assert.deepEqual(split(message("1") + message("2")), {
      batches: [["none", message("1"), message("2")]],
      problems: [],
    });
  });

  it("with counts that are wrong, trailers that are missing or lines that belong nowhere says where", () => {
    const file = `${fhs}NTE|1\n${bhs("B-1")}${message("1")}BTS|2\nBTS|1\n${bhs("B-2")}`;
    assert.deepEqual(split(file).problems, [
      "batch-count-mismatch BTS[1]-1",
      "batch-misplaced BTS[2]",
      "batch-trailer-missing BHS[2]",
      "batch-trailer-missing FHS[1]",
      "batch-misplaced ?[1]",
    ]);
    assert.deepEqual(split(`${fhs}FTS|many\n`).problems, ["batch-count-mismatch FTS[1]-1"]);
  });

  it("uses the delimiters of its header for its trailer, and messages their own", () => {
    const file = `BHS$%~\\&$A\n${message("1")}BTS$1\n`;
    assert.deepEqual(split(file).problems, []);
  });

  it("keeps what surrounds the messages", () => {
    assert.equal(text(envelopeOf(splitBatch(bytes(`${fhs}${message("1")}FTS|1\n`)))), `${fhs}FTS|1\n`);
  });

  it("keeps every byte, whatever it is made of", () => {
    const line = fc.constantFrom(
      "FHS|",
      "BHS|^~\\&|",
      "MSH|^~\\&|",
      "BTS|1",
      "FTS",
      "PID|",
      "\r",
      "\n",
      "",
      "MSHX",
      "é",
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(line, fc.constantFrom("\r", "\n", "\r\n", ""))), (lines) => {
        const file = bytes(lines.flat().join(""));
        assert.deepEqual(joinBytes(splitBatch(file).pieces.map((piece) => piece.bytes)), file);
      }),
    );
  });

  it("is known by its first segment", () => {
    assert.deepEqual([fhs, bhs("1"), message("1"), "", "BHSX|", "MSHELL"].map(bytes).map(isBatch), [
      true,
      true,
      false,
      false,
      false,
      false,
    ]);
  });
});

describe("The acknowledgement of a file", () => {
  let count = 0;
  const ack = (file: string, acknowledgements: readonly (readonly string[])[]) => {
    count = 0;
    return text(
      buildBatchAck(splitBatch(bytes(file)), {
        acknowledgements: acknowledgements.map((batch) => batch.map(bytes)),
        nextControlId: () => `C-${++count}`,
        at: instant(Date.parse("2026-11-23T09:30:00.250Z")),
      }),
    );
  };

  it("is a file of batches of acknowledgements, naming the control ids of what it answers", () => {
    const file = `${fhs}${bhs("B-1")}${message("1")}${message("2")}BTS|2\nFTS|1\n`;
    assert.equal(
      ack(file, [["MSH|1\nMSA|AA|1\n", "MSH|2\nMSA|AE|2\n"]]),
      [
        "FHS|^~\\&|CORRIDOR|TRUST|PATHLAB|MEADOW|20261123093000.250+0000||||C-2|F-7",
        "BHS|^~\\&|CORRIDOR|TRUST|PATHLAB|MEADOW|20261123093000.250+0000||||C-1|B-1",
        "MSH|1\nMSA|AA|1",
        "MSH|2\nMSA|AE|2",
        "BTS|2",
        "FTS|1\n",
      ].join("\n"),
    );
  });

  it("says in BHS-10 when the counts do not agree", () => {
    assert.equal(
      ack(`${bhs("B-1")}${message("1")}BTS|3\n`, [["MSH|1\n"]]),
      "BHS|^~\\&|CORRIDOR|TRUST|PATHLAB|MEADOW|20261123093000.250+0000|||BTS[1]-1 states 3, and 1 came.|C-1|B-1\nMSH|1\nBTS|1\n",
    );
  });
});

// HL7 v2.5.1 §2.5 (message framework), §2.8 (version compatibility).
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { limits } from "#kernel";
import { parseMessage, readMessage, segmentNamed, segmentsNamed, writeMessage } from "./message.ts";

const header = "MSH|^~\\&|PATHLAB|MEADOWLAB|CORRIDOR|MEADOW|20261123093000+0000||ORU^R01|M-0001|P|2.4";

function codes(text: string): string[] {
  return parseMessage(text).problems.map(({ code, where }) => `${code} ${where}`);
}

function names(text: string): string[] {
  return parseMessage(text).segments.map(({ where }) => where);
}

describe("The lines of a message", () => {
  it("are its segments, counted by name", () => {
    assert.deepEqual(names(`${header}\rPID|1\rOBX|1\rOBX|2\r`), ["MSH[1]", "PID[1]", "OBX[1]", "OBX[2]"]);
  });

  it("may end with CR, LF or CRLF, and the last one with nothing", () => {
    for (const end of ["\r", "\n", "\r\n"]) {
      assert.deepEqual(names(`${header}${end}PID|1${end}OBX|1`), ["MSH[1]", "PID[1]", "OBX[1]"]);
    }
  });

  it("keep a line feed inside a text where CR ends the segments", () => {
    const message = parseMessage(`${header}\rOBX|1|TX|||first line\nsecond line||||||F\rNTE|1\n`);
    assert.equal(segmentNamed(message, "OBX")?.field(5).text, "first line\nsecond line");
    assert.equal(segmentNamed(message, "OBX")?.field(11).text, "F");
    assert.deepEqual(names(`${header}\rPID|1\nOBX|1\r`), ["MSH[1]", "PID[1]", "OBX[1]"]);
  });

  it("that are no segments are kept, named ?, and reported", () => {
    const text = `${header}\rOBX|1\rthe patient was seen\rand went home\r`;
    assert.deepEqual(names(text), ["MSH[1]", "OBX[1]", "?[1]", "?[2]"]);
    assert.deepEqual(parseMessage(text).problems, [
      {
        category: "incorrect",
        code: "segment-name-invalid",
        message: "Lines that do not start with the name of a segment: 2.",
        where: "?[1]",
      },
    ]);
  });

  it("beyond the limit are one unread piece, so that a hostile message costs no memory", () => {
    const message = parseMessage(`${header}\r${"A\r".repeat(limits.hl7SegmentsMax + 10)}`);
    assert.equal(message.segments.length, limits.hl7SegmentsMax + 1);
    assert.ok(message.problems.some(({ code }) => code === "segments-too-many"));
    assert.equal(writeMessage(message).length, header.length + 1 + 2 * (limits.hl7SegmentsMax + 10));
  });
});

describe("A message", () => {
  it("is written as it was read, whatever its text is", () => {
    const piece = fc.oneof(
      fc.constantFrom(
        header,
        "PID|1",
        "OBX|1|ST|||x",
        "\r",
        "\n",
        "\r\n",
        "|",
        "^",
        "~",
        "\\",
        "&",
        '""',
        "\uFEFF",
        "MSH",
      ),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        assert.equal(writeMessage(parseMessage(pieces.join(""))), pieces.join(""));
      }),
      { seed: 11, numRuns: 5_000 },
    );
  });

  it("may start with a byte order mark and blanks", () => {
    const message = readMessage(new TextEncoder().encode(`\uFEFF \r\n${header}\r`));
    assert.equal(message.prefix, "\uFEFF \r\n");
    assert.deepEqual(message.problems, []);
  });

  it("without MSH is read with the usual delimiters, and reported", () => {
    assert.deepEqual(codes("PID|1||12^^^X\r"), ["header-missing MSH"]);
    assert.equal(parseMessage("PID|1||12^^^X\r").segments[0]?.field(3).component(4).text, "X");
    assert.deepEqual(codes(""), ["header-missing MSH"]);
  });

  it("with MSH in a later place takes its delimiters all the same", () => {
    const message = parseMessage("PID$1\rMSH$^~\\&$LAB\r");
    assert.deepEqual(codes("PID$1\rMSH$^~\\&$LAB\r"), ["header-not-first MSH"]);
    assert.equal(segmentNamed(message, "PID")?.field(1).text, "1");
  });

  it("with two headers is reported, because it is two messages", () => {
    assert.deepEqual(codes(`${header}\rPID|1\r${header}\rPID|2\r`), ["header-repeated MSH[2]"]);
  });

  it("gives its segments by name and number", () => {
    const message = parseMessage(`${header}\rOBX|1\rNTE|1\rOBX|2\r`);
    assert.deepEqual(
      segmentsNamed(message, "OBX").map(({ raw }) => raw),
      ["OBX|1", "OBX|2"],
    );
    assert.equal(segmentNamed(message, "OBX", 2)?.raw, "OBX|2");
    assert.equal(segmentNamed(message, "PID"), undefined);
  });
});

describe("Delimiters", () => {
  it("are what MSH-1 and MSH-2 declare, all of them different from the usual", () => {
    const message = parseMessage("MSH$%*!@$LAB%ISO\rPID$1$$a@b%c*d!S!e\r");
    assert.deepEqual(message.problems, []);
    const [first, second] = segmentNamed(message, "PID")?.repetitions(3) ?? [];
    assert.equal(first?.component(1).subcomponent(2).text, "b");
    assert.equal(first?.component(2).text, "c");
    assert.equal(second?.text, "d%e");
  });

  it("may have the truncation character of 2.7 as the fifth", () => {
    const { encoding, problems } = parseMessage("MSH|^~\\&#|LAB\r");
    assert.equal(encoding.delimiters.truncation, "#");
    assert.deepEqual(problems, []);
  });

  it("that are not declared divide nothing", () => {
    const message = parseMessage("MSH|^~|LAB\rOBX|1|ST|||Q&A \\T\\\r");
    assert.deepEqual(message.problems, []);
    assert.equal(segmentNamed(message, "OBX")?.field(5).component(1).subcomponent(1).text, "Q&A \\T\\");
  });

  it("that cannot be are reported where they stand, and the usual ones are used", () => {
    assert.deepEqual(codes("MSHELL\rPID|1\r"), ["delimiters-invalid MSH-1", "segment-name-invalid ?[1]"]);
    assert.deepEqual(codes("MSH||LAB\r"), ["delimiters-invalid MSH-2"]);
    assert.deepEqual(codes("MSH|ABC|LAB\r"), ["delimiters-invalid MSH-2"]);
    assert.deepEqual(codes("MSH|^^\\&|LAB\r"), ["delimiters-invalid MSH-2"]);
    assert.deepEqual(codes("MSH|^~\\&#!|LAB\r"), ["delimiters-invalid MSH-2"]);
    assert.deepEqual(parseMessage("MSH|ABC|LAB\rPID|1||a^b\r").segments[1]?.field(3).component(2).text, "b");
  });
});

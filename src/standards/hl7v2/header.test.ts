// HL7 v2.5.1 §2.15.9 (MSH).
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { peekHeader } from "./header.ts";

function peek(text: string) {
  return peekHeader(new TextEncoder().encode(text));
}

function codes(text: string): string[] {
  return peek(text).problems.map(({ code, where }) => `${code} ${where}`);
}

const msh =
  "MSH|^~\\&|PATHLAB^2.16^ISO|MEADOWLAB|CORRIDOR|MEADOW|20261123093000||ORU^R01^ORU_R01|M-0001|P^T|2.5.1^GBR|7||AL|NE|GBR|8859/1";

describe("The header of a message", () => {
  it("says who sent what to whom, and how it is to be answered", () => {
    const { header, problems } = peek(`${msh}\rPID|1\r`);
    assert.ok(header);
    const { segment, ...values } = header;
    assert.deepEqual(values, {
      sendingApplication: "PATHLAB",
      sendingFacility: "MEADOWLAB",
      receivingApplication: "CORRIDOR",
      receivingFacility: "MEADOW",
      sentAt: "20261123093000",
      type: { code: "ORU", trigger: "R01", structure: "ORU_R01" },
      controlId: "M-0001",
      processingId: "P",
      version: "2.5.1",
      acceptAcknowledgement: "AL",
      applicationAcknowledgement: "NE",
      charset: "8859/1",
    });
    assert.equal(segment.raw, msh);
    assert.deepEqual(problems, []);
  });

  it("is read in its own character set, without the rest of the message", () => {
    const wire = Uint8Array.from("MSH|^~\\&|Ren\xe9|||||||||||||||8859/1\rPID|\xff\xfe\r", (letter) =>
      letter.charCodeAt(0),
    );
    assert.equal(peekHeader(wire).header?.sendingApplication, "René");
  });

  it("is found behind a byte order mark and blanks, and in 16 bits", () => {
    assert.equal(peek(`\uFEFF\r\n${msh}\r`).header?.controlId, "M-0001");
    const wide = Uint8Array.from(`${msh}\r`.split("").flatMap((letter) => [letter.charCodeAt(0), 0]));
    assert.equal(peekHeader(wide).header?.controlId, "M-0001");
  });

  it("names each required field that is empty", () => {
    assert.deepEqual(
      peek("MSH|^~\\&|LAB\r").problems.map(({ code, message, where }) => ({ code, message, where })),
      [
        { code: "required-field-missing", message: "MSH-9 (message type) is empty.", where: "MSH-9" },
        { code: "required-field-missing", message: "MSH-10 (message control id) is empty.", where: "MSH-10" },
        { code: "required-field-missing", message: "MSH-11 (processing id) is empty.", where: "MSH-11" },
        { code: "required-field-missing", message: "MSH-12 (version id) is empty.", where: "MSH-12" },
      ],
    );
  });

  it("that is not there, or not first, or broken, is reported once", () => {
    assert.deepEqual(codes(""), ["header-missing MSH"]);
    assert.deepEqual(codes("GET / HTTP/1.1\r\n\r\n"), ["header-missing MSH"]);
    assert.deepEqual(codes("MSHELL\r"), ["delimiters-invalid MSH-1", "header-missing MSH"]);
    assert.deepEqual(codes(`PID|1\r${msh}\r`), ["header-not-first MSH"]);
    assert.equal(peek(`PID|1\r${msh}\r`).header?.controlId, "M-0001");
  });

  it("of a batch is not that of a message", () => {
    assert.deepEqual(codes(`FHS|^~\\&|LAB\rBHS|^~\\&|LAB\r${msh}\r`), ["batch-unsupported FHS"]);
  });
});

// HL7 v2.5.1 §2.9.2, §2.9.3, §2.13.1, §2.15.5 (ERR), §2.15.8 (MSA); v2.3.1 §2.24.3 (ERR).
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { expectOk, fault, incorrect, instant, limits, type Problem, unavailable, unsupported } from "#kernel";
import { type Answer, buildAck } from "./ack.ts";
import { ackCode, conditionOf } from "./ack-codes.ts";
import { readAck } from "./ack-reading.ts";
import { peekHeader } from "./header.ts";
import { parseMessage } from "./message.ts";

const at = instant(Date.parse("2026-11-23T09:30:00.250Z"));

const missingName = incorrect("required-field-missing", "PID-5 (patient name) is empty.", { where: "PID[1]-5" });
const unknownUnit = incorrect("code-unknown", "The unit is not known | yet.", { where: "OBX[2]-6[1].1" });

function answer(msh: string, given: Partial<Answer>): string[] {
  const { header } = peekHeader(new TextEncoder().encode(`${msh}\rPID|1\r`));
  return buildAck(header, { code: "AA", controlId: "C-1", at, ...given }).split("\r");
}

const msh = (version: string) =>
  `MSH|^~\\&|PATHLAB^2.16^ISO|MEADOWLAB|CORRIDOR|MEADOW|20261123||ORU^R01^ORU_R01|M-0001|P|${version}||||||8859/1`;

describe("An acknowledgement", () => {
  it("goes back to the sender, in the version and character set of the message", () => {
    assert.deepEqual(answer(msh("2.5.1"), {}), [
      "MSH|^~\\&|CORRIDOR|MEADOW|PATHLAB^2.16^ISO|MEADOWLAB|20261123093000.250+0000||ACK^R01^ACK|C-1|P|2.5.1||||||8859/1",
      "MSA|AA|M-0001",
      "",
    ]);
  });

  it("has the message type as its version has it", () => {
    const types = ["2.2", "2.3", "2.3.1", "2.4", "2.8"].map((version) => answer(msh(version), {})[0]?.split("|")[8]);
    assert.deepEqual(types, ["ACK^R01", "ACK^R01", "ACK^R01^ACK", "ACK^R01^ACK", "ACK^R01^ACK"]);
  });

  it("from 2.5 on has an ERR for each problem", () => {
    assert.deepEqual(answer(msh("2.5.1"), { code: "AE", problems: [missingName, unknownUnit] }).slice(1), [
      "MSA|AE|M-0001|PID-5 (patient name) is empty.",
      "ERR||PID^1^5^1|101^Required field missing^HL70357|E|required-field-missing^^L|||PID-5 (patient name) is empty.",
      "ERR||OBX^2^6^1^1|103^Table value not found^HL70357|E|code-unknown^^L|||The unit is not known \\F\\ yet.",
      "",
    ]);
  });

  it("until 2.4 has one ERR with a repetition for each problem", () => {
    assert.deepEqual(answer(msh("2.4"), { code: "AE", problems: [missingName, unknownUnit] }).slice(1), [
      "MSA|AE|M-0001|PID-5 (patient name) is empty.",
      "ERR|PID^1^5^101&Required field missing&HL70357~OBX^2^6^103&Table value not found&HL70357",
      "",
    ]);
  });

  it("from 2.7 on has no text in MSA", () => {
    assert.equal(answer(msh("2.7"), { code: "AE", problems: [missingName] })[1], "MSA|AE|M-0001");
  });

  it("that accepts gives problems as warnings", () => {
    assert.match(answer(msh("2.5.1"), { problems: [unknownUnit] })[2] ?? "", /\|W\|code-unknown/);
  });

  it("does not tell the sender what broke in here", () => {
    const broken = fault("null-pointer", "Secret detail.", { where: "PID[1]-5" });
    assert.deepEqual(answer(msh("2.5.1"), { code: "AR", problems: [broken] }).slice(1), [
      "MSA|AR|M-0001|The message could not be processed for a fault of the receiver.",
      "ERR|||207^Application internal error^HL70357|E||||The message could not be processed for a fault of the receiver.",
      "",
    ]);
  });

  it("uses the delimiters of the message", () => {
    assert.deepEqual(answer("MSH$%~\\&$LAB%X$F$C$M$2026$$ORU%R01$M$P$2.3.1", { controlId: "a%b" }).slice(0, 2), [
      "MSH$%~\\&$C$M$LAB%X$F$20261123093000.250+0000$$ACK%R01%ACK$a\\S\\b$P$2.3.1",
      "MSA$AA$M",
    ]);
  });

  it("to a message without a readable header is written all the same", () => {
    const { header, problems } = peekHeader(new TextEncoder().encode("GET / HTTP/1.1"));
    const code = ackCode(problems, "application");
    assert.deepEqual(buildAck(header, { code, controlId: "C-1", at, problems }).split("\r"), [
      "MSH|^~\\&|||||20261123093000.250+0000||ACK|C-1|P|2.5.1",
      "MSA|AR",
      "ERR||MSH^1|100^Segment sequence error^HL70357|E|header-missing^^L|||There is no MSH segment.",
      "",
    ]);
  });

  it("does not carry framing bytes of the message back", () => {
    assert.equal(answer("MSH|^~\\&|A\x0bB||||||ORU^R01\x1c|M\x1c1|P|2.4", {})[1], "MSA|AA|M1");
  });

  it("lists no more errors than the limit", () => {
    const problems = Array.from({ length: 50 }, () => missingName);
    const lines = answer(msh("2.5.1"), { code: "AE", problems });
    assert.equal(lines.filter((line) => line.startsWith("ERR")).length, limits.hl7AckErrorsMax);
  });
});

describe("The acknowledgement code", () => {
  const code = (...problems: Problem[]) => [ackCode(problems, "application"), ackCode(problems, "commit")];

  it("accepts what has no problem", () => {
    assert.deepEqual(code(), ["AA", "CA"]);
  });

  it("is an error when the message must be mended, a rejection when it is not or cannot be taken", () => {
    assert.deepEqual(code(missingName), ["AE", "CE"]);
    assert.deepEqual(code(unsupported("message-type-unsupported", "ADT^A99 is not taken.")), ["AR", "CR"]);
    assert.deepEqual(code(missingName, unavailable("database-unavailable", "The database does not answer.")), [
      "AR",
      "CR",
    ]);
  });

  it("is a rejection when the header is not what it must be", () => {
    const codes = ["PID|1", "MSHELL", "MSH|^~\\&|LAB|||||||M-1|P|2.4"].map((text) =>
      ackCode(peekHeader(new TextEncoder().encode(text)).problems, "application"),
    );
    assert.deepEqual(codes, ["AR", "AR", "AR"]);
  });

  it("comes with a condition of table 0357, by the code of the problem where the table has one for it", () => {
    const conditions = [
      missingName,
      incorrect("date-invalid", "…"),
      unsupported("version-unsupported", "…"),
      unsupported("anything-else", "…"),
    ].map((problem) => conditionOf(problem).code);
    assert.deepEqual(conditions, ["101", "102", "203", "200"]);
  });
});

describe("Reading an acknowledgement", () => {
  it("gives back what was written, in the form of 2.5 and of 2.4", () => {
    const problems = [missingName, unknownUnit];
    const newer = parseMessage(answer(msh("2.5.1"), { code: "AE", problems }).join("\r"));
    assert.deepEqual(expectOk(readAck(newer)), {
      code: "AE",
      controlId: "M-0001",
      text: "PID-5 (patient name) is empty.",
      errors: [
        { where: "PID[1]-5", code: "101", text: "PID-5 (patient name) is empty.", severity: "error" },
        { where: "OBX[2]-6", code: "103", text: "The unit is not known | yet.", severity: "error" },
      ],
    });
    const older = parseMessage(answer(msh("2.3"), { code: "AE", problems }).join("\r"));
    assert.deepEqual(expectOk(readAck(older)).errors, [
      { where: "PID[1]-5", code: "101", text: "Required field missing", severity: "error" },
      { where: "OBX[2]-6", code: "103", text: "Table value not found", severity: "error" },
    ]);
  });

  it("takes what other receivers write", () => {
    const ack = parseMessage("MSH|^~\\&|A\rMSA| CA |M-1|ok\rERR||||W\rERR|||207|W||||careful\r");
    assert.deepEqual(expectOk(readAck(ack)), {
      code: "CA",
      controlId: "M-1",
      text: "ok",
      errors: [{ code: "207", text: "careful", severity: "warning" }],
    });
  });

  it("fails without MSA, or with a code that is none", () => {
    const codes = ["MSH|^~\\&|A\r", "MSH|^~\\&|A\rMSA|OK|1\r"].map((text) => {
      const result = readAck(parseMessage(text));
      return result.ok ? "ok" : `${result.problems[0].code} ${result.problems[0].where}`;
    });
    assert.deepEqual(codes, ["segment-missing MSA", "ack-code-unknown MSA-1"]);
  });
});

// HL7 v2.5.1 §2.A.47 (NM), §2.A.71 (SN).
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parseMessage, segmentNamed } from "./message.ts";
import { readNumber, readStructuredNumber } from "./numeric.ts";

describe("A number", () => {
  const cases: readonly (readonly [sent: string, read: string])[] = [
    ["5.0", "5.0"],
    ["5.00", "5.00"],
    ["0.10", "0.10"],
    ["+5", "5"],
    ["-0.5", "-0.5"],
    [".5", "0.5"],
    ["-.5", "-0.5"],
    ["5.", "5"],
    ["007", "7"],
    ["000", "0"],
    [" 4.1 ", "4.1"],
    ["12345678901234567890.123456789", "12345678901234567890.123456789"],
  ];
  for (const [sent, expected] of cases) {
    it(`${sent} is ${expected}`, () => assert.deepEqual(readNumber({ text: sent }), { ok: true, value: expected }));
  }

  it("is refused when it is more or less than a number, with its position and without its text", () => {
    for (const text of ["", "-", ".", ">5", "1e3", "4,1", "4.1 mmol", "1.2.3", "NaN"]) {
      assert.deepEqual(readNumber({ text, where: "OBX[1]-5[1]" }), {
        ok: false,
        problems: [
          {
            category: "incorrect",
            code: "number-invalid",
            message: "The value is not a decimal number.",
            where: "OBX[1]-5[1]",
          },
        ],
      });
    }
  });
});

describe("A structured number", () => {
  function read(raw: string): unknown {
    const value = segmentNamed(parseMessage(`MSH|^~\\&|LAB\rOBX|1|SN|||${raw}\r`), "OBX")?.field(5);
    assert.ok(value);
    const result = readStructuredNumber(value);
    return result.ok ? result.value : result.problems.map(({ code, where }) => `${code} ${where}`);
  }

  it("may be a number with a comparator, a range, a ratio or a grade", () => {
    assert.deepEqual(read(">^100"), { kind: "number", comparator: ">", value: "100" });
    assert.deepEqual(read("^182.0"), { kind: "number", comparator: undefined, value: "182.0" });
    assert.deepEqual(read("^100^-^200"), { kind: "range", low: "100", high: "200" });
    assert.deepEqual(read("^1^:^128"), { kind: "ratio", numerator: "1", denominator: "128", separator: ":" });
    assert.deepEqual(read("^1^/^2"), { kind: "ratio", numerator: "1", denominator: "2", separator: "/" });
    assert.deepEqual(read("^2^+"), { kind: "grade", value: "2" });
  });

  it("is refused when its components make no sense together", () => {
    for (const raw of ["", "100", ">^", "^a", "!^5", "^1^-", "^1^-^x", ">^1^-^2", "^1^^2", "^1^?^2"]) {
      assert.deepEqual(read(raw), ["number-invalid OBX[1]-5[1]"], raw);
    }
  });
});

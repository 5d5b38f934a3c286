/** FHIR R4 §2.24.0.1: "The precision of the decimal value has significance: 0.010 is regarded as different to 0.01". */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { expectOk, type JsonObject } from "#kernel";
import { jsonFaultAt } from "./json-fault.ts";
import { jsonText, parseJson } from "./json-text.ts";

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const again = (text: string) => jsonText(expectOk(parseJson(text)));

describe("numbers are written as they were read", () => {
  const numbers = [
    "5.0",
    "0.010",
    "1e2",
    "1E-7",
    "-0",
    "-0.0",
    "100",
    "12345678901234567890",
    "0.1234567890123456789",
    "0.0000001",
    "3.50",
    "-7.25",
  ];
  for (const number of numbers) {
    it(number, () => {
      const text = `{"a":{"value":${number},"list":[{"b":${number}}]},"c":1,"d":${number}}`;
      assert.equal(again(text), text);
    });
  }

  it("and are plain numbers meanwhile", () => {
    const read = expectOk(parseJson('{"value":5.0,"low":1e2}')) as JsonObject;
    assert.equal(read.value, 5);
    assert.deepEqual(Object.keys(read), ["value", "low"]);
  });

  it("also from a copy with another member", () => {
    const read = expectOk(parseJson('{"quantity":{"value":5.0},"subject":"a"}')) as JsonObject;
    assert.equal(jsonText({ ...read, subject: "b" }), '{"quantity":{"value":5.0},"subject":"b"}');
  });

  it("but not when the number was changed", () => {
    const read = expectOk(parseJson('{"value":5.0}')) as JsonObject;
    assert.equal(jsonText({ ...read, value: 6 }), '{"value":6}');
  });

  it("whatever strings beside them hold", () => {
    const text = '{"a":"\\":5.0,\\\\","b":"[{1.50","value":2.50,"c":"\\\\\\""}';
    assert.equal(again(text), text);
  });

  it("in any JSON at all, once it has no spaces", () => {
    const value = fc.jsonValue({ maxDepth: 6 });
    fc.assert(fc.property(value, (any) => assert.equal(again(JSON.stringify(any)), JSON.stringify(any))));
  });
});

describe("what is no JSON", () => {
  const cases: readonly (readonly [text: string, code: string, message: string])[] = [
    ['{"name":"Osei",,}', "invalid-json", "The body is not JSON: it goes wrong at line 1 column 16."],
    ['{\n  "a": 1\n  "b": 2}', "invalid-json", "The body is not JSON: it goes wrong at line 3 column 3."],
    ['{"a":', "invalid-json", "The body is not JSON: it ends too early."],
    ['{"a":"b', "invalid-json", "The body is not JSON: it goes wrong at line 1 column 6."],
    ['{"a":tru}', "invalid-json", "The body is not JSON: it goes wrong at line 1 column 6."],
    ['{"a":01}', "invalid-json", "The body is not JSON: it goes wrong at line 1 column 7."],
    ['{"a":1}}', "invalid-json", "The body is not JSON: it goes wrong at line 1 column 8."],
    ["[1,]", "invalid-json", "The body is not JSON: it goes wrong at line 1 column 4."],
    ["{'a':1}", "invalid-json", "The body is not JSON: it goes wrong at line 1 column 2."],
    [" ", "invalid-json", "The body is not JSON: it is empty."],
    ["[".repeat(65) + "]".repeat(65), "json-too-deep", "Nothing may lie deeper than 64 levels."],
    ['{"a":1e999}', "number-too-large", "A number is larger than a computer's arithmetic holds."],
    ['{"a":1,"a":2.50}', "member-given-twice", "The name of a member stands twice in one object."],
  ];
  for (const [text, code, message] of cases) {
    it(`${text.slice(0, 20)}: ${message}`, () => {
      const read = parseJson(text);
      assert.ok(!read.ok);
      assert.equal(read.problems[0].code, code);
      assert.equal(read.problems[0].message, message);
    });
  }

  it("is always found to be wrong somewhere in it, wherever a letter is put", () => {
    const text = '{"a":[1,-2.5e3,true,{"b":"c\\u00e9\\n"},[]],"d":null}';
    for (let at = 0; at <= text.length; at += 1) {
      const broken = `${text.slice(0, at)}@${text.slice(at)}`;
      if (isJson(broken)) continue;
      const fault = jsonFaultAt(broken);
      assert.ok(fault <= at && fault < broken.length, `${broken} at ${fault}`);
    }
  });

  it("is never quoted, for it may be of a patient", () => {
    const read = parseJson('{"family": Osei}');
    assert.ok(!read.ok && !read.problems[0].message.includes("Osei"));
  });
});

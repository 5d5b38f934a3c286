import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { memberText } from "./member-text.ts";

describe("the member of a JSON text", () => {
  const cases: readonly (readonly [json: string, found: string | undefined])[] = [
    ['{"a":1,"subject":{"reference":"Patient/1"},"z":2}', '{"reference":"Patient/1"}'],
    ['{"contained":[{"subject":{"reference":"Patient/2"}}],"subject":[1,[2]]}', "[1,[2]]"],
    ['{"a":"subject","subject":"x\\"}{"}', '"x\\"}{"'],
    ['{"a":{"subject":1}}', undefined],
    ['{"text":"\\\\","subject":{}}', "{}"],
    ['{"subject":5}', undefined],
    ["{}", undefined],
    ["", undefined],
    ['{"unfinished', undefined],
  ];
  for (const [json, found] of cases) {
    it(`${json} holds ${found}`, () => assert.equal(memberText(json, ["subject"]), found));
  }

  it("is what parsing the whole would find, for any object", () => {
    const value = fc.jsonValue({ depthSize: "small" });
    fc.assert(
      fc.property(fc.dictionary(fc.string(), value), fc.jsonValue(), (others, subject) => {
        const object = { ...others, subject };
        const expected = typeof subject === "object" && subject !== null ? JSON.stringify(subject) : undefined;
        const isText = typeof subject === "string";
        assert.equal(memberText(JSON.stringify(object), ["subject"]), isText ? JSON.stringify(subject) : expected);
      }),
      { numRuns: 500 },
    );
  });
});

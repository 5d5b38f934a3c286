import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { editDistance, isAlike, soundOf } from "./similarity.ts";

describe("the distance of two texts", () => {
  const cases = [
    ["osei", "osei", 0],
    ["osei", "ose", 1],
    ["osei", "oesi", 1],
    ["lindqvist", "lindquist", 1],
    ["smith", "smythe", 2],
    ["osei", "okafor", Number.POSITIVE_INFINITY],
  ] as const;
  for (const [one, other, distance] of cases) {
    it(`${one} to ${other}: ${distance}`, () => assert.equal(editDistance(one, other, 2), distance));
  }

  it("is the same both ways", () => {
    const name = fc.string({ unit: fc.constantFrom("a", "b", "c"), maxLength: 6 });
    fc.assert(fc.property(name, name, (one, other) => editDistance(one, other, 9) === editDistance(other, one, 9)));
  });
});

describe("two names", () => {
  const alike = [
    ["stephen", "steven"],
    ["catherine", "kathryn"],
    ["philip", "filip"],
    ["macdonald", "mcdonald"],
    ["lindqvist", "lindquist"],
    ["osei", "oesi"],
    ["knight", "nite"],
  ] as const;
  for (const [one, other] of alike) it(`${one} and ${other} are alike`, () => assert.ok(isAlike(one, other)));

  const others = [
    ["osei", "okafor"],
    ["anna", "omar"],
    ["li", "lu"],
    ["martin", "marion"],
  ] as const;
  for (const [one, other] of others) it(`${one} and ${other} are not`, () => assert.ok(!isAlike(one, other)));

  it("without letters of a to z has no sound", () => assert.equal(soundOf("иванов"), ""));
});

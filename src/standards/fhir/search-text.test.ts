import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { normaliseText, splitEscaped, unescaped } from "./search-text.ts";

test("names are compared without case, accents and extra spaces", () => {
  assert.equal(normaliseText("  Élodie \t SØRENSEN "), "elodie sorensen");
  assert.equal(normaliseText("Łukasz Groß"), "lukasz gross");
  assert.equal(normaliseText("O’Brien"), "o'brien");
  assert.equal(normaliseText("İbrahim"), "ibrahim");
  assert.equal(normaliseText("ﬁne ①"), "fine 1");
});

test("normalising twice is normalising once", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      assert.equal(normaliseText(normaliseText(text)), normaliseText(text));
    }),
    { seed: 7 },
  );
});

test("a separator with a backslash before it does not separate", () => {
  assert.deepEqual(splitEscaped("a,b", ","), ["a", "b"]);
  assert.deepEqual(splitEscaped("a\\,b,c", ",").map(unescaped), ["a,b", "c"]);
  assert.deepEqual(splitEscaped("a\\\\,b", ",").map(unescaped), ["a\\", "b"]);
  assert.deepEqual(splitEscaped("sys\\|tem|code", "|").map(unescaped), ["sys|tem", "code"]);
  assert.deepEqual(splitEscaped("a\\", ",").map(unescaped), ["a\\"]);
});

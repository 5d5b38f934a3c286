/** Source: Expression Constraint Language 2.2, §6 (examples of its forms). */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { isEcl } from "./ecl-syntax.ts";

const diabetes = "73211009 |Diabetes mellitus|";

test("expressions of every form are taken", () => {
  for (const text of [
    "*",
    diabetes,
    `< ${diabetes}`,
    `<< ${diabetes} /* and below */`,
    "^ 700043003 |Example problem list|",
    `< 19829001: 116676008 |Associated morphology| = << 79654002`,
    "< 404684003: 363698007 = << 39057004, 116676008 = << 415582006",
    "< 404684003: { 363698007 = << 39057004, 116676008 = << 55641003 }, { 363698007 = << 53085002 }",
    "< 373873005: [1..3] 127489000 = < 105590001",
    '< 27658006: 1142135004 >= #250, 732943007 != "abc"',
    `<< ${diabetes} AND (^ 700043003 OR << 46635009) `,
    `<< ${diabetes} MINUS << 46635009`,
    "< 91723000: R 363698007 = < 125605004",
    "<< 125605004 . 363698007",
    '<< 64572001 {{ term = "heart" }}',
  ])
    assert.ok(isEcl(text), text);
});

test("what is no expression is not taken", () => {
  for (const text of [
    "",
    "234234 << 234234",
    "<",
    "<< (73211009",
    "73211009 AND",
    "< 19829001: 116676008",
    "diabetes",
    "73211009 73211009",
  ])
    assert.equal(isEcl(text), false, text);
});

test("any text is read to its end", () => {
  const part = fc.constantFrom(
    "<",
    "<<",
    "(",
    ")",
    "{",
    "}",
    "[",
    "]",
    ":",
    "=",
    "73211009",
    "AND",
    "|",
    '"',
    "*",
    "^",
    ".",
    "R",
  );
  fc.assert(fc.property(fc.array(part), (parts) => typeof isEcl(parts.join(" ")) === "boolean"));
  assert.equal(isEcl("(".repeat(5_000)), false);
  assert.equal(isEcl(`73211009: ${"((73211009:".repeat(30)}`), false);
});

/** The hint beside a new password. OWASP ASVS 4.0.3, 2.1.8. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { passwordStrength } from "./password-strength.ts";

const cases: readonly (readonly [password: string, score: number, words: RegExp])[] = [
  ["", 0, /^12 more characters/],
  ["elevenchars", 0, /^1 more character at least/],
  ["hospitalhospital", 1, /^Weak/],
  ["kettle kettle kettle", 1, /^Weak/],
  ["summer 2026 ward", 2, /^Fair/],
  ["kettle on the sill", 2, /^Fair/],
  ["tea kettle beside the window", 3, /^Strong/],
  ["x7#kQ2!vR9$mW", 3, /^Strong/],
];
for (const [password, score, words] of cases) {
  test(`'${password}' has ${score} of 3`, () => {
    const strength = passwordStrength(password);
    assert.equal(strength.score, score);
    assert.match(strength.words, words);
  });
}

// Source: GraphQL (October 2021) §2.1, §2.9.4.
import assert from "node:assert/strict";
import test from "node:test";
import { type Token, tokenAt } from "./token.ts";

function tokens(text: string): readonly string[] {
  const found: string[] = [];
  let from = 0;
  for (let token: Token | undefined; token?.is !== "end" && token?.is !== "wrong"; ) {
    const next = tokenAt(text, from);
    token = next.token;
    from = next.end;
    found.push(token.is === "punctuator" ? token.text : `${token.is}:${token.text}`);
  }
  return found.slice(0, found.at(-1) === "end:" ? -1 : undefined);
}

const cases: readonly (readonly [string, readonly string[]])[] = [
  ["\uFEFF a,,b # c\n d", ["name:a", "name:b", "name:d"]],
  ["...on@x", ["...", "name:on", "@", "name:x"]],
  ["0 -1 1.5 1e3 -0.1E-2", ["int:0", "int:-1", "float:1.5", "float:1e3", "float:-0.1E-2"]],
  ['"a\\n\\u0041\\u{1F600}\\"/"', ['string:a\nA\u{1F600}"/']],
  ['"\\uD83D\\uDE00"', ["string:\u{1F600}"]],
  ['""', ["string:"]],
  ['"""\n    a\n      b\n\n    \\"""c"\n  """', ['string:a\n  b\n\n"""c"']],
];

for (const [text, expected] of cases) {
  test(`${JSON.stringify(text)} is ${expected.length} tokens`, () => assert.deepEqual(tokens(text), expected));
}

for (const text of ["01", "1a", "1.", "..", "?", '"a\nb"', '"\\x"', '"\\uD800"', '"\\u{110000}"', '"""a', "'a'"]) {
  test(`${JSON.stringify(text)} is no token`, () => assert.equal(tokens(text).at(-1)?.startsWith("wrong:"), true));
}

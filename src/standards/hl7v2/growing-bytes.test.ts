import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { append, noBytes, toBytes } from "./growing-bytes.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const text = (grown: Parameters<typeof toBytes>[0]) => new TextDecoder().decode(toBytes(grown));

describe("Growing bytes", () => {
  it("hold what was appended, in order", () => {
    assert.equal(text(["MSH", "|", "^~\\&"].map(bytes).reduce(append, noBytes)), "MSH|^~\\&");
  });

  it("are values: two continuations of one beginning do not see each other", () => {
    const beginning = append(append(noBytes, bytes("MSH")), bytes("|"));
    const one = append(beginning, bytes("a"));
    const two = append(beginning, bytes("b"));
    assert.deepEqual([beginning, one, two].map(text), ["MSH|", "MSH|a", "MSH|b"]);
  });

  it("hand out bytes that appending never changes", () => {
    const taken = append(noBytes, bytes("abc"));
    const handedOut = toBytes(taken);
    append(taken, bytes("def"));
    assert.equal(new TextDecoder().decode(handedOut), "abc");
  });
});

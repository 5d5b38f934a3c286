import assert from "node:assert/strict";
import { test } from "node:test";
import { characterSetsOf } from "./character-set.ts";
import { decodeText } from "./text-decoding.ts";
import { encodeText } from "./text-encoding.ts";

// DICOM PS3.5 §6.1.2, Annexes H (Japanese), I (Korean), J and K (Chinese).

const bytesOf = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));

const names: readonly (readonly [string, string, string])[] = [
  ["ISO_IR 100", "Buc^J\xe9r\xf4me", "Buc^Jérôme"],
  ["ISO_IR 144", "\xbb\xee\xda", "Люк"],
  ["ISO_IR 126", "\xc4\xe9", "Δι"],
  ["ISO_IR 127", "\xe2\xc8", "قب"],
  ["ISO_IR 138", "\xf9\xf8", "שר"],
  ["ISO_IR 166", "\xa1", "ก"],
  ["ISO_IR 148", "\xdd", "İ"],
  ["ISO_IR 192", "\xe7\x8e\x8b", "王"],
  ["GB18030", "\xcd\xf5^\xd0\xa1", "王^小"],
  ["\\ISO 2022 IR 87", "Yamada^Tarou=\x1b$B;3ED\x1b(B^\x1b$BB@O:\x1b(B", "Yamada^Tarou=山田^太郎"],
  ["ISO 2022 IR 13\\ISO 2022 IR 87", "\xd4\xcf\xc0\xde=\x1b$B;3ED\x1b(J", "ﾔﾏﾀﾞ=山田"],
  ["\\ISO 2022 IR 149", "\x1b$)C\xfb\xf3^\x1b$)C\xd1\xce\xd4\xd7", "洪^吉洞"],
  ["\\ISO 2022 IR 58", "Zhang^XiaoDong=\x1b$)A\xd5\xc5^\x1b$)A\xd0\xa1\xb6\xab", "Zhang^XiaoDong=张^小东"],
  ["\\ISO 2022 IR 87\\ISO 2022 IR 159", "\x1b$(D\x30\x21\x1b(B", "丂"],
  ["\\ISO 2022 IR 100\\ISO 2022 IR 144", "\x1b-A\xe9 \x1b-L\xbb", "é Л"],
];

for (const [sets, bytes, text] of names) {
  test(`a name in ${sets} is ${text}`, () => {
    const known = characterSetsOf(sets.split("\\"));
    assert.ok(known);
    assert.deepEqual(decodeText(bytesOf(bytes), known, "PN"), { text, isExact: true });
  });
}

test("a backslash within a character of two bytes parts nothing", () => {
  const known = characterSetsOf(["", "ISO 2022 IR 87"]);
  assert.ok(known);
  const { text } = decodeText(bytesOf("\x1b$B0\\\x1b(B\\a"), known, "LO");
  assert.deepEqual(text.split("\\").length, 2);
});

test("bytes without a character set are UTF-8 or Western, and never taken for exact", () => {
  const known = characterSetsOf([""]);
  assert.ok(known);
  assert.deepEqual(decodeText(bytesOf("J\xe9r"), known, "PN"), { text: "Jér", isExact: false });
  assert.deepEqual(decodeText(bytesOf("\xe7\x8e\x8b"), known, "PN"), { text: "王", isExact: false });
});

test("misspelt sets are understood, unknown ones are not", () => {
  assert.deepEqual(characterSetsOf(["ISO-IR 100"]), characterSetsOf(["ISO_IR 100"]));
  assert.equal(characterSetsOf(["KLINGON"]), undefined);
});

test("a text is written in its set, or not at all", () => {
  const western = characterSetsOf(["ISO_IR 100"]);
  assert.ok(western);
  assert.deepEqual(encodeText("Jérôme", western), bytesOf("J\xe9r\xf4me"));
  assert.equal(encodeText("山", western), undefined);
});

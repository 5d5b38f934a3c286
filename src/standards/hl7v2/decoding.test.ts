// HL7 v2.5.1 §2.15.9.18 (MSH-18), table 0211.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { charsetNamed } from "./charset.ts";
import { decodeBytes } from "./decoding.ts";

/** Each character of the text is a byte. */
function bytes(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

function message(charset: string, body: string): Uint8Array {
  return bytes(`MSH|^~\\&|LAB|LAB|C|C|2026||ORU^R01|1|P|2.4||||||${charset}\r${body}`);
}

/** The text behind the header, the set that was used, and what was reported. */
function decoded(charset: string, body: string) {
  const { text, charset: used, lossless, problems } = decodeBytes(message(charset, body));
  return [text.slice(text.indexOf("\r") + 1), used.name, lossless, ...problems.map(({ code }) => code)];
}

describe("A message that names its character set", () => {
  const cases: readonly (readonly [name: string, bytes: string, text: string])[] = [
    ["ASCII", "Rene", "Rene"],
    ["8859/1", "Ren\xe9", "René"],
    ["8859/1", "\x93quoted\x94 5 \x80", "“quoted” 5 €"],
    ["8859/2", "\xb1", "ą"],
    ["8859/5", "\xb6", "Ж"],
    ["8859/7", "\xe1", "α"],
    ["8859/8", "\xe0", "א"],
    ["8859/9", "\xfd", "ı"],
    ["8859/15", "\xa4", "€"],
    ["UNICODE UTF-8", "Ren\xc3\xa9", "René"],
    ["UNICODE", "Ren\xc3\xa9", "René"],
    ["ISO IR14", "\xd4\xcf\xc0\xde", "ﾔﾏﾀﾞ"],
    ["ASCII~ISO IR87", "\x1b$B;3ED\x1b(B^\x1b$BB@O:\x1b(B", "山田^太郎"],
    ["~ISO IR159", "\x1b$(D\x30\x21\x1b(B", "丂"],
    ["~ISO IR87", "\x1b(I4]\x1b(B", "ｴﾝ"],
    ["GB 18030-2000", "\xd6\xd0", "中"],
    ["KS X 1001", "\xb1\xe8", "김"],
    ["BIG-5", "\xa4\xa4", "中"],
    // Not in the table, and sent all the same.
    ["utf8", "Ren\xc3\xa9", "René"],
    ["ISO-8859-1", "Ren\xe9", "René"],
    ["SHIFT_JIS", "\x83\x7c", "ポ"], // the second byte is that of |
  ];
  for (const [name, body, text] of cases) {
    it(`${name}: ${text}`, () => {
      const [read, , lossless, ...problems] = decoded(name, body);
      assert.deepEqual([read, lossless, problems], [text, true, []]);
    });
  }

  it("and means another is read as what it can be, and reported", () => {
    assert.deepEqual(decoded("UNICODE UTF-8", "Ren\xe9"), ["René", "WINDOWS-1252", true, "charset-mismatch"]);
    assert.deepEqual(decoded("ASCII", "Ren\xe9"), ["René", "WINDOWS-1252", true, "charset-mismatch"]);
    assert.deepEqual(decoded("ASCII", "Ren\xc3\xa9"), ["René", "UNICODE UTF-8", true, "charset-mismatch"]);
  });

  it("and cut a letter in two keeps the others, and is reported", () => {
    assert.deepEqual(decoded("UNICODE UTF-8", "Ren\xc3\xa9 Ren\xc3"), [
      "René Ren\uFFFD",
      "UNICODE UTF-8",
      false,
      "charset-damaged",
    ]);
    assert.deepEqual(decoded("8859/7", "\xe1\xff"), ["α\uFFFD", "8859/7", false, "charset-damaged"]);
  });

  it("and keeps a line end behind half a Japanese character", () => {
    const [text] = decoded("~ISO IR87", "\x1b$B;\rPID|1");
    assert.equal(text, "\uFFFD\rPID|1");
  });

  it("that is not known here is read without loss, and reported", () => {
    assert.deepEqual(decoded("CNS 11643-1992", "\xa4\xa4"), ["¤¤", "WINDOWS-1252", true, "charset-unknown"]);
  });

  it("and a second one that cannot be switched to uses the first, and is reported", () => {
    assert.deepEqual(decoded("8859/1~8859/5", "Ren\xe9"), ["René", "8859/1", true, "charset-switching"]);
  });
});

describe("A message that does not name its character set", () => {
  it("is ASCII, and nothing is reported", () => {
    assert.deepEqual(decoded("", "Rene"), ["Rene", "ASCII", true]);
  });

  it("is UTF-8 when it is valid UTF-8, else Windows-1252, and that is reported", () => {
    assert.deepEqual(decoded("", "Ren\xc3\xa9"), ["René", "UNICODE UTF-8", true, "charset-unlabelled"]);
    assert.deepEqual(decoded("", "Ren\xe9"), ["René", "WINDOWS-1252", true, "charset-unlabelled"]);
  });

  it("is known by a byte order mark", () => {
    const marked = decodeBytes(bytes("\xef\xbb\xbfMSH|^~\\&|Ren\xc3\xa9"));
    assert.deepEqual(
      [marked.text, marked.charset.name, marked.problems],
      ["\uFEFFMSH|^~\\&|René", "UNICODE UTF-8", []],
    );
  });

  it("is known when it is in 16 bits, marked or not", () => {
    for (const wire of ["\xff\xfeM\0S\0H\0|\0", "M\0S\0H\0|\0", "\xfe\xff\0M\0S\0H\0|", "\0M\0S\0H\0|"]) {
      const { text, charset } = decodeBytes(bytes(wire));
      assert.equal(text.replace("\uFEFF", ""), "MSH|");
      assert.deepEqual(charset.encode(text).bytes, bytes(wire));
    }
  });

  it("is read even when it is no message at all", () => {
    assert.equal(decodeBytes(bytes("")).text, "");
    assert.equal(decodeBytes(bytes("MSH")).text, "MSH");
    assert.equal(decodeBytes(bytes("MSH|")).text, "MSH|");
    assert.equal(decodeBytes(bytes("\xff\xff")).text, "ÿÿ");
  });
});

describe("Encoding", () => {
  it("gives every byte of a one-byte set back", () => {
    for (const name of ["8859/1", "8859/2", "8859/4", "8859/5", "8859/9", "8859/15", "WINDOWS-1252"]) {
      const charset = charsetNamed(name);
      assert.ok(charset);
      const all = Uint8Array.from({ length: 256 }, (_, byte) => byte);
      const { text, lossless } = charset.decode(all);
      assert.equal(lossless, true);
      assert.deepEqual(charset.encode(text).bytes, all, name);
    }
  });

  it("has a question mark for what the set has not, and reports it", () => {
    const { bytes: written, problems } = charsetNamed("8859/1")?.encode("10 μmol ☃") ?? {
      bytes: undefined,
      problems: [],
    };
    assert.deepEqual(written, bytes("10 ?mol ?"));
    assert.deepEqual(problems, [
      {
        category: "incorrect",
        code: "character-not-in-charset",
        message: "2 characters cannot be written in 8859/1 and became question marks.",
        where: "MSH-18",
      },
    ]);
    assert.deepEqual(charsetNamed("BIG-5")?.encode("ok 中").problems.length, 1);
  });
});

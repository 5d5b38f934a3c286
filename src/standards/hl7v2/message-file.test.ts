/** Files of messages. HL7 v2.5.1 §2.10.3 (batch protocol). */
import assert from "node:assert/strict";
import { test } from "node:test";
import { MessageFile } from "./message-file.ts";

const one = "MSH|^~\\&|LAB|A|||20261123||ORU^R01|1|P|2.4␍PID|1␍";
const two = "MSH|^~\\&|LAB|A|||20261123||ORU^R01|2|P|2.4␍PID|2␍OBX|1␍";

/** Content, messages, codes of problems. */
const files: readonly (readonly [title: string, content: string, messages: readonly string[], problems: string])[] = [
  ["one message", one, [one], ""],
  ["one message without its last line end", one.slice(0, -1), [one.slice(0, -1)], ""],
  ["several messages", one + two, [one, two], ""],
  ["lines ended by LF", (one + two).replaceAll("␍", "␊"), [one, two].map((text) => text.replaceAll("␍", "␊")), ""],
  ["lines ended by both", one.replaceAll("␍", "␍␊") + two, [one.replaceAll("␍", "␍␊"), two], ""],
  ["empty lines around messages", `␍␊␊${one}␍␊␍␊${two}␍␊`, [one, two], ""],
  ["an end-of-file mark", `${one}\x1a`, [one], ""],
  ["a byte order mark", `\xef\xbb\xbf${one}`, [one], ""],
  ["a line of text inside a message", "MSH|1␍OBX|1␍free text␍OBX|2␍", ["MSH|1␍OBX|1␍free text␍OBX|2␍"], ""],
  ["a batch", `FHS|^~\\&␍BHS|^~\\&␍${one}${two}BTS|2␍FTS|1␍`, [one, two], ""],
  ["a batch without counts", `BHS|^~\\&␍${one}BTS␍`, [one], ""],
  ["two batches", `FHS|␍BHS|␍${one}BTS|1␍BHS|␍${two}BTS|1␍FTS|2␍`, [one, two], ""],
  ["a batch that counts wrong", `BHS|␍${one}BTS|2␍`, [one], "batch-count-differs"],
  ["a file that counts wrong", `FHS|␍BHS|␍${one}BTS|1␍FTS|3␍`, [one], "batch-count-differs"],
  ["a batch cut short", `FHS|␍BHS|␍${one}`, [one], "batch-not-ended batch-not-ended"],
  ["MLLP frames", `␋${one}␜␍␋${two}␜␍`, [one, two], ""],
  ["a last frame without its CR", `␋${one}␜`, [one], ""],
  ["a frame cut short", `␋${one}␜␍␋MSH|`, [one], "frame-truncated"],
  ["a batch in a frame", `␋BHS|␍${one}BTS|1␍␜␍`, [one], ""],
  ["nothing", "", [], "file-empty"],
  ["blanks", "␍␊  ␍␊", [], "file-empty"],
  ["something else", "MSHELL script␍", [], "file-stray-line"],
  ["something else before a message", `hello␍${one}`, [one], "file-stray-line"],
  ["a message that is too large", `${one}MSH|${"x".repeat(200)}␍${two}`, [one, two], "message-too-large"],
];

for (const [title, content, messages, problems] of files) {
  for (const size of [1, 3, 7, 10_000]) {
    test(`a file of ${title}, read ${size} bytes at a time`, () => {
      const file = new MessageFile({ messageBytesMax: 150 });
      const bytes = raw(content);
      const found: string[] = [];
      for (let at = 0; at < bytes.length; at += size)
        found.push(...file.take(bytes.subarray(at, at + size)).map(shown));
      found.push(...file.end().map(shown));
      assert.deepEqual(found, messages);
      assert.equal(file.problems.map(({ code }) => code).join(" "), problems);
    });
  }
}

function raw(text: string): Uint8Array {
  const signs = text.replaceAll("␍", "\r").replaceAll("␊", "\n").replaceAll("␋", "\x0b").replaceAll("␜", "\x1c");
  return Uint8Array.from(signs, (sign) => sign.charCodeAt(0));
}

function shown(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes)
    .replaceAll("\r", "␍")
    .replaceAll("\n", "␊");
}

import assert from "node:assert/strict";
import { test } from "node:test";
import { csvReader, type Row, type RowReader, tabReader } from "./rows.ts";

function rowsOf(reader: RowReader, pieces: readonly string[]): readonly Row[] {
  return [...pieces.flatMap((piece) => reader.push(piece)), ...reader.end()];
}

const csv = 'code,display\r\n1,"East, ""old""\nward"\n\n2,\n"3",last';
const rows = [
  ["code", "display"],
  ["1", 'East, "old"\nward'],
  ["2", ""],
  ["3", "last"],
];

test("a table of commas and quotes is the same rows wherever it is cut", () => {
  for (let at = 0; at <= csv.length; at += 1) {
    assert.deepEqual(rowsOf(csvReader(), [csv.slice(0, at), csv.slice(at)]), rows, `cut at ${at}`);
  }
});

test("a table of tabs is the same rows wherever it is cut, quotes and all", () => {
  const text = 'id\tterm\r\n1\t"a\r\n2\tb';
  for (let at = 0; at <= text.length; at += 1) {
    const read = rowsOf(tabReader(), [text.slice(0, at), text.slice(at)]);
    assert.deepEqual(
      read,
      [
        ["id", "term"],
        ["1", '"a'],
        ["2", "b"],
      ],
      `cut at ${at}`,
    );
  }
});

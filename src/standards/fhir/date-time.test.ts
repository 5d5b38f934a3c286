import assert from "node:assert/strict";
import { test } from "node:test";
import { parseDateTime } from "./date-time.ts";

function covers(text: string, offsetMinutes?: number): string | undefined {
  const range = parseDateTime(text, offsetMinutes);
  return range && `${new Date(range.fromMs).toISOString()} ${new Date(range.toMs).toISOString()} ${range.precision}`;
}

test("a date covers the time its precision leaves open", () => {
  assert.equal(covers("2024"), "2024-01-01T00:00:00.000Z 2025-01-01T00:00:00.000Z year");
  assert.equal(covers("2024-02"), "2024-02-01T00:00:00.000Z 2024-03-01T00:00:00.000Z month");
  assert.equal(covers("2024-02-29"), "2024-02-29T00:00:00.000Z 2024-03-01T00:00:00.000Z day");
  assert.equal(covers("2024-12-31T23:59Z"), "2024-12-31T23:59:00.000Z 2025-01-01T00:00:00.000Z minute");
  assert.equal(covers("2024-12-31T23:59:59Z"), "2024-12-31T23:59:59.000Z 2025-01-01T00:00:00.000Z second");
  assert.equal(covers("2024-01-01T00:00:00.5Z"), "2024-01-01T00:00:00.500Z 2024-01-01T00:00:00.600Z fraction");
  assert.equal(covers("2024-01-01T00:00:00.1239Z"), "2024-01-01T00:00:00.123Z 2024-01-01T00:00:00.124Z fraction");
});

test("an offset moves the time, and the one given is used where none is written", () => {
  assert.equal(covers("2024-07-01T09:30:00+01:00"), "2024-07-01T08:30:00.000Z 2024-07-01T08:30:01.000Z second");
  assert.equal(covers("2024-07-01T09:30:00-05:30"), "2024-07-01T15:00:00.000Z 2024-07-01T15:00:01.000Z second");
  assert.equal(covers("2024-07-01", 60), "2024-06-30T23:00:00.000Z 2024-07-01T23:00:00.000Z day");
  assert.equal(covers("2024-07-01T00:00:00Z", 60), "2024-07-01T00:00:00.000Z 2024-07-01T00:00:01.000Z second");
  assert.equal(parseDateTime("2024-07-01T09:30:00")?.zoned, false);
  assert.equal(parseDateTime("2024-07-01T09:30:00Z")?.zoned, true);
});

test("every day from the year 1 to 2400 is counted as the proleptic Gregorian calendar does", () => {
  for (let year = 1; year <= 2400; year += 1) {
    const first = new Date(0);
    first.setUTCFullYear(year, 2, 1);
    const text = `${String(year).padStart(4, "0")}-03-01`;
    assert.equal(parseDateTime(text)?.fromMs, first.getTime(), text);
  }
});

test("what is no date is undefined", () => {
  const none = ["", "24", "2024-13", "2024-00", "2023-02-29", "2024-04-31", "0000", "2024-1-1", "2024-01-01T", "today"];
  const times = ["2024-01-01T24:00:00Z", "2024-01-01T10:60:00Z", "2024-01-01T10:00:61Z", "2024-01-01T10:00:00+15:00"];
  for (const text of [...none, ...times, "2024-01-01T10:00:00+01:75", "2024-01-01 10:00:00Z", "2024-01-01Z"])
    assert.equal(parseDateTime(text), undefined, text);
});

/** When silence means something; and the days on which nobody works. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { isBankHoliday } from "./bank-holiday.ts";
import { expectedIn, type LinkRhythm, learnt } from "./link-rhythm.ts";
import { type LinkSequence, withNumber } from "./link-sequence.ts";
import { silenceOf } from "./silence.ts";

const nowMs = Date.parse("2026-11-23T10:30:00Z");
const minuteMs = 60_000;

const silences = [
  { title: "a link that never spoke is learning", ago: undefined, perHour: 60, is: "learning" },
  { title: "seven messages missing in seven minutes are too short a time", ago: 8, perHour: 60, is: "fine" },
  { title: "a quarter of an hour without fifteen messages is silence", ago: 15, perHour: 60, is: "silent" },
  { title: "six missing messages are not enough", ago: 60, perHour: 6, is: "fine" },
  { title: "seven are", ago: 70, perHour: 6, is: "silent" },
  { title: "where nothing is expected, nothing can be said", ago: 600, perHour: 0, is: "too-little" },
  { title: "where nothing is known, it is learnt", ago: 600, perHour: undefined, is: "learning" },
] as const;

for (const { title, ago, perHour, is } of silences) {
  test(title, () => {
    const lastMs = ago === undefined ? undefined : nowMs - ago * minuteMs;
    assert.equal(silenceOf({ lastMs, nowMs, expectedIn: () => perHour }).is, is);
  });
}

test("what is expected is what nearly every week had: a week without does not make silence normal", () => {
  const weeks = (counts: readonly number[]): LinkRhythm =>
    counts.reduce<LinkRhythm>(
      (rhythm, count, at) => learnt(rhythm, { hour: `2026-11-${String(at + 1).padStart(2, "0")}T09`, count }),
      { link: "lab", hourOfWeek: 9, weeks: [] },
    );
  assert.equal(expectedIn(weeks([50, 60])), undefined);
  assert.equal(expectedIn(weeks([50, 60, 70])), 50);
  assert.equal(expectedIn(weeks([50, 60, 0, 70, 80, 55])), 50);
  assert.equal(weeks(Array.from({ length: 20 }, () => 1)).weeks.length, 12);
});

test("the bank holidays of England and Wales are known by their rules, with those given for weekends", () => {
  const of = (year: number) =>
    Array.from({ length: 366 }, (_, day) => new Date(Date.UTC(year, 0, 1 + day)).toISOString().slice(0, 10))
      .filter((day) => day.startsWith(String(year)) && isBankHoliday(day))
      .map((day) => day.slice(5));
  assert.deepEqual(of(2026), ["01-01", "04-03", "04-06", "05-04", "05-25", "08-31", "12-25", "12-28"]);
  assert.deepEqual(of(2027), ["01-01", "03-26", "03-29", "05-03", "05-31", "08-30", "12-27", "12-28"]);
  assert.deepEqual(of(2028), ["01-03", "04-14", "04-17", "05-01", "05-29", "08-28", "12-25", "12-26"]);
  assert.deepEqual(of(2022).slice(-2), ["12-26", "12-27"]);
});

const numbers = [
  { title: "each number follows the one before", sent: [5, 6, 7], last: 7, missing: [] },
  { title: "a number that is left out is missing", sent: [5, 8], last: 8, missing: [[6, 7]] },
  {
    title: "what comes late is no longer missing",
    sent: [5, 9, 7],
    last: 9,
    missing: [
      [6, 6],
      [8, 8],
    ],
  },
  { title: "a repetition changes nothing", sent: [5, 6, 6, 5], last: 6, missing: [] },
  { title: "1 begins anew", sent: [5, 8, 1, 2], last: 2, missing: [] },
  { title: "-1 says that the next number is the first", sent: [5, -1, 40], last: 40, missing: [] },
  { title: "0 only asks", sent: [5, 0, 6], last: 6, missing: [] },
] as const;

for (const { title, sent, last, missing } of numbers) {
  test(`sequence numbers: ${title}`, () => {
    const none: LinkSequence = { link: "lab", sender: "PATHLAB", missing: [] };
    const known = sent.reduce<LinkSequence>(
      (before, number) => withNumber(before, { number, arrivedAt: "2026-11-23T10:00:00.000Z", message: "m" }),
      none,
    );
    assert.deepEqual([known.last, known.missing.map(({ from, to }) => [from, to])], [last, missing]);
  });
}

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { dayAfter, hospitalTime } from "./hospital-time.ts";

const shown = (timeZone: string, iso: string) => hospitalTime(timeZone).local(Date.parse(iso));

test("the clock is the hospital's, in winter and in summer, in any zone", () => {
  const london = "Europe/London";
  assert.deepEqual(shown(london, "2026-11-23T09:30:05Z"), { date: "2026-11-23", clock: "09:30", seconds: "05" });
  assert.deepEqual(shown(london, "2026-07-01T23:30:00Z"), { date: "2026-07-02", clock: "00:30", seconds: "00" });
  assert.deepEqual(shown("Pacific/Auckland", "2026-11-23T12:30:00Z"), {
    date: "2026-11-24",
    clock: "01:30",
    seconds: "00",
  });
  assert.deepEqual(shown("Asia/Kolkata", "2026-11-23T20:00:00Z"), {
    date: "2026-11-24",
    clock: "01:30",
    seconds: "00",
  });
});

const starts = [
  ["Europe/London", "2026-11-23", "2026-11-23T00:00:00Z"],
  ["Europe/London", "2026-07-01", "2026-06-30T23:00:00Z"],
  ["Europe/London", "2026-03-29", "2026-03-29T00:00:00Z"],
  ["Europe/London", "2026-10-25", "2026-10-24T23:00:00Z"],
  ["America/New_York", "2026-03-08", "2026-03-08T05:00:00Z"],
  ["Pacific/Auckland", "2026-09-27", "2026-09-26T12:00:00Z"],
  ["Asia/Kolkata", "2026-11-23", "2026-11-22T18:30:00Z"],
  ["Asia/Beirut", "2026-03-29", "2026-03-28T22:00:00Z"], // there is no midnight: the day starts at 01:00
] as const;

for (const [timeZone, day, start] of starts) {
  test(`in ${timeZone}, ${day} starts at ${start}`, () => {
    assert.equal(hospitalTime(timeZone).startOfDay(day), Date.parse(start));
  });
}

test("a day follows another, at the end of a month too", () => {
  assert.equal(dayAfter("2026-02-28"), "2026-03-01");
});

test("a zone that does not exist is refused at once", () => {
  assert.throws(() => hospitalTime("Europe/Atlantis"), RangeError);
});

describe("The offsets of Europe/London", () => {
  const offset = hospitalTime("Europe/London").offsetMinutesAt;

  test("are an hour in summer and nothing in winter", () => {
    assert.equal(offset("2024-01-15T12:00:00"), 0);
    assert.equal(offset("2024-07-15T12:00:00"), 60);
  });

  test("change at one in the morning: the hour that comes twice is the first, the one that is missing counts as winter", () => {
    assert.deepEqual(
      ["2024-10-27T00:59:59", "2024-10-27T01:30:00", "2024-10-27T02:00:00"].map((time) => offset(time)),
      [60, 60, 0],
    );
    assert.deepEqual(
      ["2024-03-31T00:59:59", "2024-03-31T01:30:00", "2024-03-31T02:00:00"].map((time) => offset(time)),
      [0, 0, 60],
    );
  });

  test("know that British Standard Time lasted from 1968 to 1971", () => {
    assert.equal(offset("1970-01-15T12:00:00"), 60);
  });

  test("of other zones are east or west", () => {
    assert.equal(hospitalTime("America/New_York").offsetMinutesAt("2024-01-15T12:00:00"), -300);
    assert.equal(hospitalTime("Asia/Kolkata").offsetMinutesAt("2024-01-15T12:00:00"), 330);
  });
});

/**
 * When a request is due.
 * Source: UK GDPR art 12(3), 12A, 33; Freedom of Information Act 2000 s 10; ICO, time limits for responding to requests.
 */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { hospitalTime, instant } from "#kernel";
import { easterSunday, holidaysOf } from "./bank-holidays.ts";
import { addDays, addMonths, daysBetween } from "./civil-day.ts";
import type { ClockRule, ClockRun } from "./clock-rule.ts";
import { type ClockNeeds, viewClock } from "./clock-view.ts";
import { acknowledgeComplaint, answerFreedomOfInformation, answerInOneMonth, reportIncident } from "./rules.ts";
import { isWorkingDay } from "./working-days.ts";

const needsAt = (iso: string): ClockNeeds => ({
  now: instant(Date.parse(iso)),
  hospitalTime: hospitalTime("Europe/London"),
  holidays: [],
});
const run = (day: string, more: Partial<ClockRun> = {}): ClockRun => ({
  startsAt: `${day}T10:00:00Z`,
  stops: [],
  ...more,
});
const due = (rule: ClockRule, day: string, more: Partial<ClockRun> = {}) =>
  viewClock(rule, run(day, more), needsAt("2026-01-01T09:00:00Z")).dueDay;

describe("One calendar month", () => {
  const table = [
    ["2026-09-03", "2026-10-05", "3 October is a Saturday"],
    ["2026-03-10", "2026-04-10", "the same day of the next month"],
    ["2026-01-30", "2026-03-02", "28 February 2026 is a Saturday"],
    ["2024-01-31", "2024-02-29", "the last day, in a leap year"],
    ["2026-11-25", "2026-12-29", "Christmas, then a weekend, then the substitute for Boxing Day"],
    ["2026-03-03", "2026-04-07", "Good Friday to Easter Monday"],
  ] as const;
  for (const [start, end, why] of table) {
    it(`from ${start} ends on ${end}: ${why}`, () => assert.equal(due(answerInOneMonth, start), end));
  }

  it("begins on the hospital's day, also when it is still yesterday in UTC", () => {
    const startsAt = "2026-06-09T23:30:00Z"; // half past midnight on 10 June in London
    assert.equal(
      viewClock(answerInOneMonth, { startsAt, stops: [] }, needsAt("2026-06-10T09:00:00Z")).dueDay,
      "2026-07-10",
    );
  });

  it("becomes three with an extension", () => {
    const extension = { at: "2026-04-01T09:00:00Z", reason: "twelve volumes" };
    assert.equal(due(answerInOneMonth, "2026-03-10", { extension }), "2026-06-10");
  });

  it("is put off by the days that it stood", () => {
    const stops = [{ from: "2026-03-12T09:00:00Z", to: "2026-03-17T16:00:00Z", reason: "proof of identity" }];
    assert.equal(due(answerInOneMonth, "2026-03-10", { stops }), "2026-04-15");
  });

  it("stands as long as nothing has come, and moves on with each day", () => {
    const stops = [{ from: "2026-03-12T09:00:00Z", reason: "proof of identity" }];
    const view = (now: string) => viewClock(answerInOneMonth, run("2026-03-10", { stops }), needsAt(now));
    assert.deepEqual(
      [view("2026-03-13T09:00:00Z").state, view("2026-03-13T09:00:00Z").dueDay],
      ["stopped", "2026-04-13"],
    );
    assert.equal(view("2027-03-13T09:00:00Z").state, "stopped");
  });

  it("is kept to the last minute of its day, and overdue in the next", () => {
    const view = (now: string) => viewClock(answerInOneMonth, run("2026-05-11"), needsAt(now));
    assert.deepEqual([view("2026-06-11T22:59:59Z").state, view("2026-06-11T23:00:00Z").state], ["running", "overdue"]);
    assert.equal(view("2026-06-13T08:00:00Z").daysLeft, -2);
  });
});

describe("Other lengths", () => {
  it("twenty working days leave out the holidays of every part of the United Kingdom", () => {
    // 30 November: St Andrew's Day; 25 and 28 December, 1, 2→4 January.
    assert.equal(due(answerFreedomOfInformation, "2026-11-27"), "2026-12-30");
    assert.equal(due({ ...answerFreedomOfInformation, holidays: "england" }, "2026-11-27"), "2026-12-29");
  });

  it("a clarification begins the twenty days anew", () => {
    const stops = [{ from: "2026-03-02T09:00:00Z", to: "2026-03-04T09:00:00Z", reason: "which wards" }];
    assert.equal(
      due(answerFreedomOfInformation, "2026-02-27", { stops }),
      due(answerFreedomOfInformation, "2026-03-04"),
    );
  });

  it("thirty days begin the day after, and end on a working day", () => {
    assert.equal(due(acknowledgeComplaint, "2026-06-19"), "2026-07-20"); // 19 July is a Sunday
  });

  it("seventy-two hours run through weekends, holidays and the change of the clocks", () => {
    const view = viewClock(
      reportIncident,
      { startsAt: "2026-03-27T18:00:00Z", stops: [] },
      needsAt("2026-03-30T12:00:00Z"),
    );
    assert.deepEqual([view.dueAt, view.hoursLeft, view.state], ["2026-03-30T18:00:00.000Z", 6, "running"]);
  });

  it("what was done in time is met, what was done after is late, for good", () => {
    const view = (endedAt: string) =>
      viewClock(reportIncident, run("2026-03-27", { endedAt }), needsAt("2030-01-01T00:00:00Z")).state;
    assert.deepEqual([view("2026-03-30T09:59:59Z"), view("2026-03-30T10:00:00Z")], ["met", "late"]);
  });
});

describe("Holidays", () => {
  const england = (year: number) =>
    holidaysOf(year)
      .filter(({ places }) => places.includes("england"))
      .map(({ day }) => day.slice(5));

  it("are those that were proclaimed", () => {
    assert.deepEqual(england(2021), ["01-01", "04-02", "04-05", "05-03", "05-31", "08-30", "12-27", "12-28"]);
    assert.deepEqual(england(2022), [
      "01-03",
      "04-15",
      "04-18",
      "05-02",
      "06-02",
      "06-03",
      "08-29",
      "09-19",
      "12-26",
      "12-27",
    ]);
    assert.deepEqual(england(2026), ["01-01", "04-03", "04-06", "05-04", "05-25", "08-31", "12-25", "12-28"]);
  });

  it("that the hospital adds count like the others", () => {
    const holidays = [{ day: "2026-04-10", name: "A day of mourning", places: ["england"] }] as const;
    const needs = { ...needsAt("2026-03-11T09:00:00Z"), holidays };
    assert.equal(viewClock(answerInOneMonth, run("2026-03-10"), needs).dueDay, "2026-04-13");
  });

  it("follow Easter", () =>
    assert.deepEqual([2024, 2025, 2026, 2038].map(easterSunday), [
      "2024-03-31",
      "2025-04-20",
      "2026-04-05",
      "2038-04-25",
    ]));
});

describe("Whatever the day", () => {
  const someDay = fc.integer({ min: 0, max: 36_500 }).map((days) => addDays("2000-01-01", days));
  const spans = fc.array(fc.tuple(fc.nat(60), fc.nat(40)), { maxLength: 4 });
  const stopsFrom = (day: string, given: readonly (readonly [number, number])[]) =>
    given.map(([after, length]) => ({
      from: `${addDays(day, after)}T09:00:00Z`,
      to: `${addDays(day, after + length)}T09:00:00Z`,
      reason: "r",
    }));

  it("a month ends on a working day, 28 to 31 days on and no more than a week of holidays later", () => {
    fc.assert(
      fc.property(someDay, (day) => {
        const end = due(answerInOneMonth, day);
        const days = daysBetween(day, end);
        assert.ok(isWorkingDay(end, { where: "england", more: [] }));
        assert.ok(days >= 28 && days <= 37, `${day} ${end}`);
        assert.ok(addMonths(day, 1) <= end);
      }),
      { numRuns: 300 },
    );
  });

  it("who asks later is not due earlier", () => {
    fc.assert(
      fc.property(someDay, fc.nat(40), (day, later) => {
        for (const rule of [answerInOneMonth, answerFreedomOfInformation, acknowledgeComplaint]) {
          assert.ok(due(rule, day) <= due(rule, addDays(day, later)));
        }
      }),
      { numRuns: 100 },
    );
  });

  it("a stop never brings the end nearer, and never gives more days than it lasted, but for the days off after it", () => {
    fc.assert(
      fc.property(someDay, spans, (day, given) => {
        const stops = stopsFrom(day, given);
        const view = viewClock(answerInOneMonth, run(day, { stops }), needsAt("2101-01-01T00:00:00Z"));
        const whole = given.reduce((sum, [, length]) => sum + length, 0);
        assert.ok(view.stoppedDays <= whole);
        assert.ok(view.dueDay >= due(answerInOneMonth, day));
        assert.ok(daysBetween(addMonths(day, 1), view.dueDay) <= view.stoppedDays + 6);
      }),
      { numRuns: 200 },
    );
  });

  it("stops are counted by the days that they cover, whatever their order", () => {
    fc.assert(
      fc.property(someDay, spans, (day, given) => {
        const stops = stopsFrom(day, given);
        const days = (each: typeof stops) =>
          viewClock(answerInOneMonth, run(day, { stops: each }), needsAt("2101-01-01T00:00:00Z")).stoppedDays;
        const covered = new Set(given.flatMap(([after, length]) => Array.from({ length }, (_, at) => after + at)));
        assert.equal(days(stops), covered.size);
        assert.equal(days(stops.toReversed()), covered.size);
      }),
      { numRuns: 200 },
    );
  });
});

import { type HospitalTime, type Instant, instant, toIso } from "#kernel";
import type { Holiday } from "./bank-holidays.ts";
import { addDays, addMonths, type Day, daysBetween } from "./civil-day.ts";
import type { ClockRule, ClockRun, ClockStop } from "./clock-rule.ts";
import { addWorkingDays, type Calendar, workingDayFrom } from "./working-days.ts";

/** How a clock stands. */
export interface ClockView {
  readonly name: string;
  readonly title: string;
  /** `late`: it was done, after it was due. */
  readonly state: "running" | "stopped" | "overdue" | "met" | "late";
  /** The last day on which it is in time. Of a clock that stands: what it would be if it went on today. */
  readonly dueDay: Day;
  /** The first moment that is too late. */
  readonly dueAt: string;
  /** Whole days from today to the due day; negative when it is past. Absent once it was done. */
  readonly daysLeft?: number;
  /** The same of a clock of hours. */
  readonly hoursLeft?: number;
  /** How many days it stood, or was put off, in all. */
  readonly stoppedDays: number;
  readonly isExtended: boolean;
  readonly endedAt?: string;
  readonly source: string;
}

export interface ClockNeeds {
  readonly now: Instant;
  readonly hospitalTime: HospitalTime;
  /** Holidays that the hospital has added. */
  readonly holidays: readonly Holiday[];
}

/** How a clock stands at a moment. Days are the hospital's. */
export function viewClock(rule: ClockRule, run: ClockRun, needs: ClockNeeds): ClockView {
  const { now, hospitalTime } = needs;
  const dueAt = dueAtOf(rule, run, needs);
  const dueDay = hospitalTime.local(dueAt - 1).date;
  const state = stateOf(run, dueAt, now);
  const stoppedDays = rule.waiting === "nothing" ? 0 : stoppedDaysOf(run.stops, needs);
  const isOpen = run.endedAt === undefined;
  const isHours = "hours" in rule.length;
  return {
    name: rule.name,
    title: rule.title,
    state,
    dueDay,
    dueAt: toIso(instant(dueAt)),
    ...(isOpen && !isHours ? { daysLeft: daysBetween(hospitalTime.day(now), dueDay) } : {}),
    ...(isOpen && isHours ? { hoursLeft: Math.floor((dueAt - now) / 3_600_000) } : {}),
    stoppedDays,
    isExtended: run.extension !== undefined,
    ...(run.endedAt === undefined ? {} : { endedAt: run.endedAt }),
    source: rule.source,
  };
}

function stateOf({ endedAt, stops }: ClockRun, dueAt: number, now: Instant): ClockView["state"] {
  if (endedAt !== undefined) return Date.parse(endedAt) < dueAt ? "met" : "late";
  if (stops.some(({ to }) => to === undefined)) return "stopped";
  return now < dueAt ? "running" : "overdue";
}

/** The first moment that is too late, in milliseconds since 1970. */
export function dueAtOf(rule: ClockRule, run: ClockRun, needs: ClockNeeds): number {
  const { hospitalTime } = needs;
  if ("hours" in rule.length) return Date.parse(run.startsAt) + rule.length.hours * 3_600_000;
  const dayOf = (at: string) => hospitalTime.local(Date.parse(at)).date;
  const start = startOf(rule, run, needs);
  return hospitalTime.startOfDay(addDays(dueDayOf(rule, { run, startDay: dayOf(start) }, needs), 1));
}

interface Started {
  readonly run: ClockRun;
  readonly startDay: Day;
}

/**
 * The stop is added to the end, and only the day that comes of it is moved to a working day.
 * Source: UK GDPR art 12A (inserted by the Data (Use and Access) Act 2025 s 76); ICO, time limits for responding to requests.
 */
function dueDayOf({ length, extension, holidays, waiting }: ClockRule, { run, startDay }: Started, needs: ClockNeeds) {
  const calendar: Calendar = { where: holidays, more: needs.holidays };
  const more = run.extension === undefined ? undefined : extension;
  if ("workingDays" in length) {
    const extended = more !== undefined && "workingDays" in more ? more.workingDays : 0;
    return addWorkingDays(startDay, length.workingDays + extended, calendar);
  }
  const moreMonths = more !== undefined && "months" in more ? more.months : 0;
  const months = ("months" in length ? length.months : 0) + moreMonths;
  const unstopped = "days" in length ? addDays(addMonths(startDay, months), length.days) : addMonths(startDay, months);
  const stopped = waiting === "pauses" ? stoppedDaysOf(run.stops, needs) : 0;
  return workingDayFrom(addDays(unstopped, stopped), calendar);
}

/** A clock that begins anew does so with the last answer; while it is waited for, as if it came now. */
function startOf({ waiting }: ClockRule, { startsAt, stops }: ClockRun, { now }: ClockNeeds): string {
  const last = stops.at(-1);
  if (waiting !== "restarts" || last === undefined) return startsAt;
  return last.to ?? toIso(now);
}

/** From the day it was stopped to the day it went on; two stops that touch do not count a day twice. */
function stoppedDaysOf(stops: readonly ClockStop[], { now, hospitalTime }: ClockNeeds): number {
  const dayOf = (at: string) => hospitalTime.local(Date.parse(at)).date;
  let days = 0;
  let counted = "";
  for (const { from, to } of stops.toSorted((a, b) => (a.from < b.from ? -1 : 1))) {
    const [first, last] = [dayOf(from), dayOf(to ?? toIso(now))];
    const start = first > counted ? first : counted;
    if (last > start) days += daysBetween(start, last);
    if (last > counted) counted = last;
  }
  return days;
}

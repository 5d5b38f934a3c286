import { addDays, type Day, weekday, yearOf } from "./civil-day.ts";

/** Where a day is a holiday: in England and Wales, or only in Scotland, or only in Northern Ireland. */
export type HolidayPlace = "england" | "scotland" | "northern-ireland";

export interface Holiday {
  readonly day: Day;
  readonly name: string;
  readonly places: readonly HolidayPlace[];
}

const everywhere: readonly HolidayPlace[] = ["england", "scotland", "northern-ireland"];
const scotland: readonly HolidayPlace[] = ["scotland"];
const northernIreland: readonly HolidayPlace[] = ["northern-ireland"];
const notScotland: readonly HolidayPlace[] = ["england", "northern-ireland"];

interface YearlyHoliday {
  readonly name: string;
  readonly places: readonly HolidayPlace[];
  /** A fixed day, `12-25`, of which a weekend's is made up for on the next working day. */
  readonly on?: string;
  /** The first Monday of a month (`first`), or its last. */
  readonly monday?: { readonly which: "first" | "last"; readonly month: string };
  /** Days after Easter Sunday. */
  readonly easter?: number;
}

/** Holidays of every year. Source: Banking and Financial Dealings Act 1971, schedule 1, and yearly proclamations. */
const yearly: readonly YearlyHoliday[] = [
  { name: "New Year's Day", places: everywhere, on: "01-01" },
  { name: "2nd January", places: scotland, on: "01-02" },
  { name: "St Patrick's Day", places: northernIreland, on: "03-17" },
  { name: "Good Friday", places: everywhere, easter: -2 },
  { name: "Easter Monday", places: notScotland, easter: 1 },
  { name: "Early May bank holiday", places: everywhere, monday: { which: "first", month: "05" } },
  { name: "Spring bank holiday", places: everywhere, monday: { which: "last", month: "05" } },
  { name: "Battle of the Boyne", places: northernIreland, on: "07-12" },
  { name: "Summer bank holiday in Scotland", places: scotland, monday: { which: "first", month: "08" } },
  { name: "Summer bank holiday", places: notScotland, monday: { which: "last", month: "08" } },
  { name: "St Andrew's Day", places: scotland, on: "11-30" },
  { name: "Christmas Day", places: everywhere, on: "12-25" },
  { name: "Boxing Day", places: everywhere, on: "12-26" },
];

/** Days that a proclamation moved or added once. Hospitals add further ones under `Bank holidays`. */
const once: readonly (Holiday & { readonly insteadOf?: Day })[] = [
  { day: "2020-05-08", name: "Early May bank holiday (VE Day)", places: everywhere, insteadOf: "2020-05-04" },
  { day: "2022-06-02", name: "Spring bank holiday", places: everywhere, insteadOf: "2022-05-30" },
  { day: "2022-06-03", name: "Platinum Jubilee", places: everywhere },
  { day: "2022-09-19", name: "State funeral of Queen Elizabeth II", places: everywhere },
  { day: "2023-05-08", name: "Coronation of King Charles III", places: everywhere },
  { day: "2026-06-15", name: "World Cup bank holiday", places: scotland },
];

/** The bank holidays of one year, in their order, as the law has them; `more` are those that the hospital knows besides. */
export function holidaysOf(year: number, more: readonly Holiday[] = []): readonly Holiday[] {
  const known = years.get(year) ?? usualHolidays(year);
  years.set(year, known);
  const added = more.filter(({ day }) => yearOf(day) === year);
  return added.length === 0 ? known : [...known, ...added].sort(byDay);
}

/** What was worked out once: at most a few centuries of years are ever asked for. */
const years = new Map<number, readonly Holiday[]>();

function usualHolidays(year: number): readonly Holiday[] {
  const special = once.filter(({ day }) => yearOf(day) === year);
  const moved = new Set(special.flatMap(({ insteadOf }) => insteadOf ?? []));
  const taken: Holiday[] = special.map(({ day, name, places }) => ({ day, name, places }));
  for (const each of yearly) {
    const day = observedDay(each, year, taken);
    if (!moved.has(day)) taken.push({ day, name: each.name, places: each.places });
  }
  return taken.sort(byDay);
}

/** A holiday on a weekend, or on one that stands already, is made up for on the next day that is free. */
function observedDay({ on, monday, easter, places }: YearlyHoliday, year: number, taken: readonly Holiday[]): Day {
  if (easter !== undefined) return addDays(easterSunday(year), easter);
  if (monday !== undefined) return mondayOf(year, monday);
  const isFree = (day: Day) =>
    !isWeekend(day) && !taken.some((holiday) => holiday.day === day && places.some((p) => holiday.places.includes(p)));
  let day = `${year}-${on ?? "01-01"}`;
  if (on === "12-25" && isWeekend(day)) return `${year}-12-27`;
  while (!isFree(day)) day = addDays(day, 1);
  return day;
}

function mondayOf(year: number, { which, month }: { readonly which: "first" | "last"; readonly month: string }): Day {
  const start = which === "first" ? `${year}-${month}-01` : `${year}-${month}-25`;
  return addDays(start, (8 - weekday(start)) % 7);
}

function byDay(a: Holiday, b: Holiday): number {
  return a.day < b.day ? -1 : a.day > b.day ? 1 : 0;
}

export function isWeekend(day: Day): boolean {
  return weekday(day) === 0 || weekday(day) === 6;
}

/** Source: the calendar rules of Gregory XIII in the form of Meeus, Astronomical Algorithms, chapter 8. */
export function easterSunday(year: number): Day {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = Math.floor(b / 4);
  const f = Math.floor((b + 8) / 25);
  const g = Math.floor((b - f + 1) / 3);
  const h = (19 * a + b - d - g + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const month = Math.floor((h + l - 7 * m + 114) / 31);
  const date = ((h + l - 7 * m + 114) % 31) + 1;
  return `${year}-${String(month).padStart(2, "0")}-${String(date).padStart(2, "0")}`;
}

import { type Holiday, holidaysOf, isWeekend } from "./bank-holidays.ts";
import { addDays, type Day, yearOf } from "./civil-day.ts";

/**
 * Which holidays count: those of England, or, as the Freedom of Information Act has it, those of any part of the United
 * Kingdom. Source: Freedom of Information Act 2000 s 10(6).
 */
export type HolidaysWhere = "england" | "any-part-of-the-uk";

/** The hospital's working calendar: `more` are holidays that the hospital has added to those of the law. */
export interface Calendar {
  readonly where: HolidaysWhere;
  readonly more: readonly Holiday[];
}

export function isWorkingDay(day: Day, { where, more }: Calendar): boolean {
  if (isWeekend(day)) return false;
  return !holidaysOf(yearOf(day), more).some(
    (holiday) => holiday.day === day && (where === "any-part-of-the-uk" || holiday.places.includes("england")),
  );
}

/** The day itself where it is a working day, otherwise the next that is. */
export function workingDayFrom(day: Day, calendar: Calendar): Day {
  let found = day;
  while (!isWorkingDay(found, calendar)) found = addDays(found, 1);
  return found;
}

/** The so-manyeth working day after a day, which itself does not count. */
export function addWorkingDays(day: Day, count: number, calendar: Calendar): Day {
  let found = day;
  for (let left = count; left > 0; ) {
    found = addDays(found, 1);
    if (isWorkingDay(found, calendar)) left -= 1;
  }
  return found;
}

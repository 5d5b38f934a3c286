/**
 * Whether a day such as `2026-12-28` is a bank holiday in England and Wales by the rules that stand; holidays given for one
 * year alone, as for a coronation, are not known. Source: Banking and Financial Dealings Act 1971, schedule 1.
 */
export function isBankHoliday(day: string): boolean {
  return bankHolidaysOf(Number(day.slice(0, 4))).has(day);
}

function bankHolidaysOf(year: number): ReadonlySet<string> {
  const easter = easterSunday(year);
  return new Set([
    inLieu(isoDay(year, 1, 1)),
    plusDays(easter, -2),
    plusDays(easter, 1),
    firstMonday(isoDay(year, 5, 1)),
    plusDays(firstMonday(isoDay(year, 6, 1)), -7),
    plusDays(firstMonday(isoDay(year, 9, 1)), -7),
    ...christmas(year),
  ]);
}

const sunday = 0;
const saturday = 6;

/** Christmas and Boxing Day, or the days given for them where they fall on a weekend. */
function christmas(year: number): readonly string[] {
  const [first, second] = [isoDay(year, 12, 25), isoDay(year, 12, 26)];
  switch (weekdayOf(first)) {
    case saturday:
      return [plusDays(first, 2), plusDays(second, 2)];
    case sunday:
      return [second, plusDays(first, 2)];
    case saturday - 1:
      return [first, plusDays(second, 2)];
    default:
      return [first, second];
  }
}

/** The day itself, or the Monday after a weekend. */
function inLieu(day: string): string {
  const weekday = weekdayOf(day);
  return plusDays(day, weekday === saturday ? 2 : weekday === sunday ? 1 : 0);
}

/** The first Monday from a day on. */
function firstMonday(day: string): string {
  return plusDays(day, (8 - weekdayOf(day)) % 7);
}

/** 0 is Sunday. */
export function weekdayOf(day: string): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay();
}

function plusDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

function isoDay(year: number, month: number, day: number): string {
  return new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10);
}

/** By the golden number, the century's corrections and the full moon. Source: the Gregorian computus. */
function easterSunday(year: number): string {
  const golden = year % 19;
  const century = Math.floor(year / 100);
  const moonShift = century - Math.floor(century / 4) - Math.floor((8 * century + 13) / 25) + 19 * golden + 15;
  const epact = moonShift % 30;
  const lateness = epact === 29 || (epact === 28 && golden > 10) ? 1 : 0;
  const fullMoonAfterMarch21 = epact - lateness;
  const fullMoon = plusDays(isoDay(year, 3, 21), fullMoonAfterMarch21);
  return plusDays(fullMoon, 7 - weekdayOf(fullMoon));
}

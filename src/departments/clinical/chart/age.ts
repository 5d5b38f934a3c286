const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** A calendar day without a clock; `month` is 1 to 12. */
interface Day {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/**
 * Age as a banner shows it: minutes under 2 hours, hours under 2 days (both only when the time of birth is known), days
 * under 4 weeks, weeks and days under 1 year, months and days under 2 years, years and months under 18, then years.
 * `born` and `on` are dates (`1961-03-12`) of the hospital's calendar. Born on 29 February: a year older on 1 March.
 * Undefined when the date of birth is not known to the day, or `on` lies before it.
 * Source: NHS CUI Patient Banner 2.5 (age).
 */
export function ageText(born: string, on: string): string | undefined {
  const from = dayOf(born);
  const to = dayOf(on);
  if (from === undefined || to === undefined) return undefined;
  const days = dayNumber(to) - dayNumber(from);
  if (days < 0) return undefined;
  const months = wholeMonths(from, to);
  if (days < 28) return `${days}d`;
  if (months < 12) return two([Math.floor(days / 7), "w"], [days % 7, "d"]);
  if (months < 24) return two([months, "m"], [days - daysToMonth(from, months), "d"]);
  if (months < 18 * 12) return two([Math.floor(months / 12), "y"], [months % 12, "m"]);
  return `${Math.floor(months / 12)}y`;
}

/** The age of a newborn by the clock, `45min` or `26hr`; undefined from two days on. */
export function newbornAgeText(bornMs: number | undefined, nowMs: number): string | undefined {
  const ageMs = nowMs - (bornMs ?? Number.NEGATIVE_INFINITY);
  if (ageMs < 0 || ageMs >= 2 * dayMs) return undefined;
  return ageMs < 2 * hourMs ? `${Math.floor(ageMs / 60_000)}min` : `${Math.floor(ageMs / hourMs)}hr`;
}

/** The smaller unit is left out where it is 0: `5w`, `2y`. */
function two([high, highUnit]: readonly [number, string], [low, lowUnit]: readonly [number, string]): string {
  return low === 0 ? `${high}${highUnit}` : `${high}${highUnit} ${low}${lowUnit}`;
}

function dayOf(date: string): Day | undefined {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)/.exec(date) ?? [];
  return year === undefined ? undefined : { year: Number(year), month: Number(month), day: Number(day) };
}

function dayNumber({ year, month, day }: Day): number {
  return Math.round(new Date(0).setUTCFullYear(year, month - 1, day) / dayMs);
}

function wholeMonths(from: Day, to: Day): number {
  const months = (to.year - from.year) * 12 + to.month - from.month;
  return to.day < from.day ? months - 1 : months;
}

/** Days from a date to the same day `months` later, or to the last of that month where it has no such day. */
function daysToMonth(from: Day, months: number): number {
  const first = { year: from.year, month: from.month + months, day: 1 };
  const next = { ...first, month: first.month + 1 };
  const daysInMonth = dayNumber(next) - dayNumber(first);
  return dayNumber({ ...first, day: Math.min(from.day, daysInMonth) }) - dayNumber(from);
}

const dayMs = 86_400_000;

/** Years before this would tell that somebody is over 89. Source: 45 CFR 164.514(b)(2)(i)(C). */
export function earliestYear(currentYear: number): number {
  return currentYear - 90;
}

const fhirDate = /^(\d{4})(?:-(\d{2})(?:-(\d{2})(T.*)?)?)?$/;

/**
 * A date, dateTime or instant of FHIR moved by whole days, its time of day and zone as they were; of a year or month, the one
 * that its middle moves to. What would be before `yearMin` becomes its beginning. Undefined for what is no date.
 */
export function shiftFhirDate(text: string, days: number, yearMin: number): string | undefined {
  const match = fhirDate.exec(text);
  if (match === null) return undefined;
  const [, year = "", month, day, time = ""] = match;
  if (time !== "" && !/^T[0-9:.]+(?:Z|[+-]\d{2}:\d{2})?$/.test(time)) return undefined;
  const moved = movedDate({ year, month: month ?? "07", day: day ?? "15" }, days);
  if (moved === undefined) return undefined;
  const kept = Number(moved.slice(0, 4)) < yearMin ? `${yearMin}-01-01` : moved;
  if (day !== undefined) return kept + time;
  return kept.slice(0, month === undefined ? 4 : 7);
}

/** The year alone; of an instant, which must be whole, the year's beginning. */
export function generalizeFhirDate(text: string, { isInstant, yearMin }: { isInstant: boolean; yearMin: number }) {
  const match = fhirDate.exec(text);
  if (match === null) return undefined;
  const year = Math.max(Number(match[1]), yearMin);
  return isInstant ? `${year}-01-01T00:00:00Z` : String(year);
}

interface Parts {
  readonly year: string;
  readonly month: string;
  readonly day: string;
}

/** `YYYY-MM-DD`, or undefined for a day that does not exist. */
function movedDate({ year, month, day }: Parts, days: number): string | undefined {
  const ms = Date.parse(`${year}-${month}-${day}T00:00:00Z`);
  if (Number.isNaN(ms)) return undefined;
  const moved = new Date(ms + days * dayMs).toISOString();
  return /^\d{4}-/.test(moved) ? moved.slice(0, 10) : undefined;
}

const inText =
  /(?<!\d)(?:(\d{4})-(\d{2})-(\d{2})|(\d{4})(\d{2})(\d{2})(?=\d{0,6}(?!\d))|(\d{1,2})([/.])(\d{1,2})\8(\d{4}))/g;

/** Every date written in digits within a text, moved: `2024-03-01`, `20240301…`, `01/03/2024`, `1.3.2024`. */
export function shiftDatesInText(text: string, days: number): string {
  return text.replace(inText, (...groups: (string | undefined)[]) => {
    const [whole = "", y1, m1, d1, y2, m2, d2, d3 = "", separator = "", m3 = "", y3] = groups;
    if (y1 !== undefined) return movedDate({ year: y1, month: m1 ?? "", day: d1 ?? "" }, days) ?? "";
    if (y2 !== undefined) {
      if (Number(y2) < 1850 || Number(y2) > 2150) return whole;
      return movedDate({ year: y2, month: m2 ?? "", day: d2 ?? "" }, days)?.replaceAll("-", "") ?? whole;
    }
    const moved = movedDate({ year: y3 ?? "", month: m3.padStart(2, "0"), day: d3.padStart(2, "0") }, days);
    return moved === undefined ? "" : moved.split("-").reverse().join(separator);
  });
}

const compact = /^(\d{4})(\d{2})?(\d{2})?(\d{2,6}(?:\.\d{1,6})?)?([+-]\d{4})?$/;

/** `YYYY[MM[DD[hhmmss.ffffff]]][±zzzz]` of HL7 v2 and DICOM, moved as `shiftFhirDate` does. */
export function shiftCompactDate(text: string, days: number, yearMin: number): string | undefined {
  const match = compact.exec(text.trim());
  if (match === null) return undefined;
  const [, year = "", month, day, time = "", zone = ""] = match;
  const moved = movedDate({ year, month: month ?? "07", day: day ?? "15" }, days);
  if (moved === undefined) return undefined;
  const kept = (Number(moved.slice(0, 4)) < yearMin ? `${yearMin}-01-01` : moved).replaceAll("-", "");
  if (day !== undefined) return kept + time + zone;
  return kept.slice(0, month === undefined ? 4 : 6);
}

/** The year of a compact date; undefined for what is none. */
export function compactYear(text: string, yearMin: number): string | undefined {
  const match = compact.exec(text.trim());
  return match === null ? undefined : String(Math.max(Number(match[1]), yearMin));
}

import { failed, incorrect, ok, type Result } from "#kernel";

/** How much of a time the sender gave. */
export type Precision = "year" | "month" | "day" | "hour" | "minute" | "second" | "fraction";

/** A DTM, or a TS of older versions, in the form of a FHIR dateTime. */
export interface DateTime {
  /**
   * `2024`, `2024-03`, `2024-03-14`, `2024-03-14T12:59:00+00:00`, `2024-03-14T12:59:07.250+01:00`. What a FHIR
   * dateTime must have beyond the day is filled with zeros: `precision` tells.
   */
  readonly text: string;
  /** The date alone, as a FHIR date: at most `2024-03-14`. */
  readonly date: string;
  readonly precision: Precision;
  /** Where the offset is from; `absent` when the time has none, and then `text` is no FHIR dateTime yet. */
  readonly zone: "given" | "default" | "absent";
}

export interface DateTimeOptions {
  /**
   * Minutes east of UTC at a local time such as `2024-03-14T12:59:00`, for times sent without an offset. It may know
   * summer time (`HospitalTime`) or be the offset of MSH-7, which HL7 makes the default of the message.
   */
  readonly offsetMinutesAt?: (localTime: string) => number;
}

/** What a time is read from: a `Value`, or a text from elsewhere. */
export interface TimeText {
  readonly text: string;
  readonly where?: string;
}

const dtm = /^(\d{4})(?:(\d\d)(?:(\d\d)(?:(\d\d)(?:(\d\d)(?:(\d\d)(?:\.(\d{1,9}))?)?)?)?)?)?([+-]\d{4})?$/;

/**
 * `YYYY[MM[DD[HH[MM[SS[.S[S[S[S]]]]]]]]][+/-ZZZZ]`. `date-invalid` when the text is no such time, or when the calendar
 * or the clock has none such: 30 February, hour 24.
 * Source: HL7 v2.5.1 §2.A.22 (DTM), §2.A.77 (TS); FHIR R4 §2.24.0.1 (dateTime).
 */
export function readDateTime(value: TimeText, options: DateTimeOptions = {}): Result<DateTime> {
  const match = dtm.exec(value.text.trim());
  if (match === null) return invalid(value, "is not a date or time of the form YYYYMMDDHHMMSS");
  const [, year = "", month, day, hour, minute, second, fraction, offset] = match;
  if (!isDate(year, month, day)) return invalid(value, "is a date that does not exist");
  const date = [year, month, day].filter((part) => part !== undefined).join("-");
  if (hour === undefined) {
    return ok({ text: date, date, precision: day ? "day" : month ? "month" : "year", zone: "absent" });
  }
  if (!isTime(hour, minute, second)) return invalid(value, "is a time that does not exist");
  const local = `${date}T${hour}:${minute ?? "00"}:${second ?? "00"}${fraction === undefined ? "" : `.${fraction}`}`;
  const precision = fraction ? "fraction" : second ? "second" : minute ? "minute" : "hour";
  if (offset !== undefined) {
    if (!isOffset(offset)) return invalid(value, "has an offset from UTC that does not exist");
    return ok({ text: `${local}${offset.slice(0, 3)}:${offset.slice(3)}`, date, precision, zone: "given" });
  }
  if (options.offsetMinutesAt === undefined) return ok({ text: local, date, precision, zone: "absent" });
  const minutes = options.offsetMinutesAt(local.slice(0, 19));
  return ok({ text: local + formatOffset(minutes), date, precision, zone: "default" });
}

const tm = /^(\d\d)(?:(\d\d)(?:(\d\d)(?:\.(\d{1,9}))?)?)?(?:[+-]\d{4})?$/;

/**
 * `HH[MM[SS[.S[S[S[S]]]]]][+/-ZZZZ]` as a FHIR time, `12:59:00`, which has no offset. `time-invalid` otherwise.
 * Source: HL7 v2.5.1 §2.A.75 (TM).
 */
export function readTime(value: TimeText): Result<string> {
  const [, hour, minute, second, fraction] = tm.exec(value.text.trim()) ?? [];
  if (hour === undefined || !isTime(hour, minute, second)) {
    return failed(incorrect("time-invalid", "The value is not a time of the form HHMMSS.", placed(value)));
  }
  return ok(`${hour}:${minute ?? "00"}:${second ?? "00"}${fraction === undefined ? "" : `.${fraction}`}`);
}

function isDate(year: string, month = "01", day = "01"): boolean {
  const isMonth = month >= "01" && month <= "12";
  return year !== "0000" && isMonth && day >= "01" && Number(day) <= daysOf(Number(year), Number(month));
}

function daysOf(year: number, month: number): number {
  const isLeapYear = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  if (month === 2) return isLeapYear ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Second 60 is a leap second. */
function isTime(hour: string, minute = "00", second = "00"): boolean {
  return hour <= "23" && minute <= "59" && second <= "60";
}

/** FHIR has offsets up to 14 hours, as the world has. */
function isOffset(offset: string): boolean {
  return Number(offset.slice(1)) <= 1400 && offset.slice(3) <= "59";
}

function formatOffset(minutes: number): string {
  const size = Math.abs(minutes);
  const two = (number: number) => String(number).padStart(2, "0");
  return `${minutes < 0 ? "-" : "+"}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

function invalid(value: TimeText, reason: string): Result<DateTime> {
  return failed(incorrect("date-invalid", `The value ${reason}.`, placed(value)));
}

function placed({ where }: TimeText): { readonly where?: string } {
  return where === undefined ? {} : { where };
}

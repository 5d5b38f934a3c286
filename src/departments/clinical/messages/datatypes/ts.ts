import type { Period } from "#standards/fhir";
import type { FieldReader, Origin } from "../message-reader.ts";
import { presentOrNone } from "../present.ts";

/**
 * TS, DTM and DT as FHIR writes them, as precise as they were sent. What is no time is not carried over: it stays
 * in the list of values that were not.
 * Source: HL7 v2.5.1 §2.A.22; v2-to-FHIR DTM[dateTime].
 */
export function dateTimeIn(field: FieldReader | undefined, component = 1): string | undefined {
  return carriedAs(field, { component, convert: dateTimeOf });
}

/** The day alone, for what FHIR keeps as a date. */
export function dateIn(field: FieldReader | undefined, component = 1): string | undefined {
  return carriedAs(field, { component, convert: (text, origin) => dateTimeOf(text, origin)?.slice(0, 10) });
}

/** A point in time; what is not known of it is taken to be zero. */
export function instantIn(field: FieldReader | undefined, component = 1): string | undefined {
  return carriedAs(field, { component, convert: instantOf });
}

export function timeIn(field: FieldReader | undefined, component = 1): string | undefined {
  return carriedAs(field, { component, convert: timeOf });
}

export function periodIn(field: FieldReader, { from, to }: { readonly from: number; readonly to: number }) {
  return presentOrNone<Period>({ start: dateTimeIn(field, from), end: dateTimeIn(field, to) });
}

interface Conversion {
  readonly component: number;
  convert(text: string, origin: Origin): string | undefined;
}

function carriedAs(field: FieldReader | undefined, { component, convert }: Conversion): string | undefined {
  const text = field?.peek(component);
  if (field === undefined || text === undefined) return undefined;
  const converted = convert(text, field.origin);
  if (converted !== undefined) field.text(component);
  return converted;
}

const pattern =
  /^(\d{4})(?:(\d\d)(?:(\d\d)(?:(\d\d)(?:(\d\d)(?:(\d\d)(?:\.(\d{1,4}))?)?)?)?)?)?(?:([+-])(\d\d):?(\d\d))?$/;

/** A FHIR dateTime; minutes and seconds that were left out are zero, for FHIR has no hours alone. */
export function dateTimeOf(text: string, origin: Origin): string | undefined {
  const match = pattern.exec(text);
  if (match === null) return undefined;
  const [, year = "", month, day, hour, minute = "00", second = "00", fraction, sign, zoneHours, zoneMinutes] = match;
  if (year === "0000") return undefined;
  if (month === undefined) return year;
  if (day === undefined) return isDay(`${year}-${month}-01`) ? `${year}-${month}` : undefined;
  const date = `${year}-${month}-${day}`;
  if (!isDay(date)) return undefined;
  if (hour === undefined) return date;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  const time = `${hour}:${minute}:${second}${fraction === undefined ? "" : `.${fraction}`}`;
  const zone = sign === undefined ? zoneAt(`${date}T${time}`, origin) : `${sign}${zoneHours}:${zoneMinutes}`;
  return isOffset(zone) ? `${date}T${time}${zone}` : undefined;
}

/** A FHIR instant: only of a time that has at least an hour. */
export function instantOf(text: string, origin: Origin): string | undefined {
  const dateTime = dateTimeOf(text, origin);
  return dateTime?.includes("T") ? dateTime : undefined;
}

/** HHMM[SS[.SSSS]] as a FHIR time. Source: HL7 v2.5.1 §2.A.75. */
export function timeOf(text: string): string | undefined {
  const match = /^([01]\d|2[0-3])([0-5]\d)(?:([0-5]\d)(\.\d{1,4})?)?(?:[+-]\d{4})?$/.exec(text);
  if (match === null) return undefined;
  const [, hour, minute, second = "00", fraction = ""] = match;
  return `${hour}:${minute}:${second}${fraction}`;
}

function isDay(date: string): boolean {
  const at = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(at) && Number(date.slice(8)) === Number(new Date(at).toISOString().slice(8, 10));
}

function isOffset(zone: string): boolean {
  return /^[+-](?:0\d|1[0-3]):[0-5]\d$|^[+-]14:00$/.test(zone);
}

function zoneAt(local: string, origin: Origin): string {
  const minutes = origin.offsetMinutesAt(local);
  const size = Math.abs(minutes);
  const [hours, rest] = [Math.floor(size / 60), size % 60].map((part) => String(part).padStart(2, "0"));
  return `${minutes < 0 ? "-" : "+"}${hours}:${rest}`;
}

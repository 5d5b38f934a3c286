import type { Period } from "#standards/fhir";
import { readDateTime, readTime } from "#standards/hl7v2";
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

/** A FHIR dateTime; what it must have beyond the day is filled with zeros. */
export function dateTimeOf(text: string, { offsetMinutesAt }: Origin): string | undefined {
  const read = readDateTime({ text }, { offsetMinutesAt });
  return read.ok ? read.value.text : undefined;
}

/** A FHIR instant: only of a time that has at least an hour. */
export function instantOf(text: string, origin: Origin): string | undefined {
  const dateTime = dateTimeOf(text, origin);
  return dateTime?.includes("T") ? dateTime : undefined;
}

function timeOf(text: string): string | undefined {
  const read = readTime({ text });
  return read.ok ? read.value : undefined;
}

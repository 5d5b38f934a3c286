import type { Appointment, Period } from "#standards/fhir";
import { instantIn } from "../messages/datatypes/ts.ts";
import type { SegmentReader } from "../messages/message-reader.ts";
import { present, presentOrNone } from "../messages/present.ts";

type Times = Pick<Appointment, "start" | "end" | "minutesDuration" | "requestedPeriod">;

export interface TimedSegments {
  readonly sch: SegmentReader;
  readonly tq1: SegmentReader | undefined;
  /** AIS, AIG, AIL and AIP. */
  readonly resources: readonly SegmentReader[];
}

/** Where each kind of slot says when it begins, and how long it is. */
const slotFields: Readonly<Record<string, readonly [start: number, duration: number]>> = {
  AIS: [4, 7],
  AIG: [8, 11],
  AIL: [6, 9],
  AIP: [6, 9],
};

/**
 * When it takes place: TQ1 where there is one that says, else SCH-11, else the first slot. FHIR wants start and end or
 * neither: an end that is not told follows from how long it takes, and a start alone is the time that was asked for.
 * Source: v2-to-FHIR TQ[Appointment], SCH-9, SCH-11, AIS-4; FHIR R4 Appointment app-2.
 */
export function appointmentTimes({ sch, tq1, resources }: TimedSegments): Times {
  const minutes = minutesIn(sch, 9) ?? resources.map((slot) => slotMinutes(slot)).find((each) => each !== undefined);
  const told = tq1?.field(7) !== undefined;
  const start = told ? instantIn(tq1?.field(7)) : (instantIn(sch.field(11), 4) ?? firstSlot(resources));
  const stated = told ? instantIn(tq1?.field(8)) : instantIn(sch.field(11), 5);
  const end = stated ?? (start === undefined || minutes === undefined ? undefined : later(start, minutes));
  const isWhole = start !== undefined && end !== undefined;
  const asked = isWhole ? undefined : presentOrNone<Period>({ start, end });
  return present<Times>({
    start: isWhole ? start : undefined,
    end: isWhole ? end : undefined,
    minutesDuration: minutes === undefined || minutes < 1 ? undefined : Math.round(minutes),
    requestedPeriod: asked && [asked],
  });
}

/** When one slot is taken; undefined where it does not say. */
export function slotPeriod(slot: SegmentReader): Period | undefined {
  const start = instantIn(slot.field(slotFields[slot.name]?.[0] ?? 0));
  const minutes = slotMinutes(slot);
  return presentOrNone<Period>({
    start,
    end: start === undefined || minutes === undefined ? undefined : later(start, minutes),
  });
}

function firstSlot(resources: readonly SegmentReader[]): string | undefined {
  for (const slot of resources) {
    const start = instantIn(slot.field(slotFields[slot.name]?.[0] ?? 0));
    if (start !== undefined) return start;
  }
  return undefined;
}

function slotMinutes(slot: SegmentReader): number | undefined {
  return minutesIn(slot, slotFields[slot.name]?.[1] ?? 0);
}

const minutesOfUnit: Readonly<Record<string, number>> = {
  s: 1 / 60,
  sec: 1 / 60,
  min: 1,
  m: 1,
  h: 60,
  hr: 60,
  d: 1_440,
};

/** A number and, in the field behind it, its unit; minutes where none is given. */
function minutesIn(segment: SegmentReader, field: number): number | undefined {
  const text = segment.peek(field) ?? "";
  const unit = (segment.peek(field + 1) ?? "min").toLowerCase().replace(/[^a-z]/g, "");
  const factor = minutesOfUnit[unit] ?? minutesOfUnit[unit.slice(0, 3)] ?? minutesOfUnit[unit.charAt(0)];
  if (field === 0 || factor === undefined || !/^\d{1,6}(\.\d+)?$/.test(text)) return undefined;
  segment.text(field);
  segment.text(field + 1);
  return Number(text) * factor;
}

function later(instant: string, minutes: number): string | undefined {
  const ms = Date.parse(instant) + minutes * 60_000;
  return Number.isNaN(ms) ? undefined : new Date(ms).toISOString();
}

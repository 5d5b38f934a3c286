import { incorrect, type Problem } from "#kernel";
import type { Message, Segment } from "#standards/hl7v2";
import type { SaidMoment } from "../messages/formats/foreign-message.ts";

type FutureCode = SaidMoment["code"];

interface TimedField {
  readonly field: number;
  readonly code: FutureCode;
}

const said = (field: number): TimedField => ({ field, code: "time-in-future" });
const reported = (field: number): TimedField => ({ field, code: "report-time-in-future" });

/**
 * The fields that tell when something happened. Those that decide which version of a result is the newer one stand apart:
 * a version of next year would win over every correction until then.
 */
const timedFields: Readonly<Record<string, readonly TimedField[]>> = {
  MSH: [said(7)],
  EVN: [said(2), said(6)],
  PID: [{ field: 7, code: "birth-date-in-future" }, said(29)],
  OBR: [said(7), said(8), said(14), reported(22)],
  OBX: [said(14), reported(19)],
  SPM: [said(17), said(18)],
};

const sentences: Readonly<Record<FutureCode, string>> = {
  "birth-date-in-future": "The date of birth is in the future.",
  "report-time-in-future": "The result is said to be reported in the future, so it would win over its own corrections.",
  "time-in-future": "The time is in the future.",
};

const dayMs = 24 * 60 * 60_000;

/**
 * Times that lie behind tomorrow, as the digits stand: clocks that go wrong by hours, and offsets, are not worth a word.
 * `birth-date-in-future`, `report-time-in-future`, `time-in-future`. `arrivedAt` is an instant.
 */
export function futureTimes({ segments }: Message, arrivedAt: string): readonly Problem[] {
  const tomorrow = new Date(Date.parse(arrivedAt) + dayMs).toISOString().slice(0, 10).replaceAll("-", "");
  const problems: Problem[] = [];
  for (const segment of segments) {
    const fields = timedFields[segment.name];
    if (fields === undefined) continue;
    for (const field of fields) if (isAfter(segment, field, tomorrow)) problems.push(problemOf(segment, field));
  }
  return problems;
}

/** The same of moments that a message says in other words than HL7 v2. */
export function futureMoments(moments: readonly SaidMoment[], arrivedAt: string): readonly Problem[] {
  const tomorrow = new Date(Date.parse(arrivedAt) + dayMs).toISOString().slice(0, 10).replaceAll("-", "");
  return moments
    .filter(({ digits }) => digits.slice(0, 8) > tomorrow)
    .map(({ code, where }) => incorrect(code, sentences[code], { where }));
}

/** Digits compare as dates do, and a shorter date is before the longer ones that it begins. */
function isAfter(segment: Segment, { field }: TimedField, day: string): boolean {
  const text = segment.fieldText(field);
  return text > day && /^\d{4,}/.test(text) && text.slice(0, 8) > day;
}

function problemOf({ where }: Segment, { field, code }: TimedField): Problem {
  return incorrect(code, sentences[code], { where: `${where}-${field}` });
}

import type { z } from "zod";
import { dayAfter, failed, type HospitalTime, incorrect, instant, ok, type Result, toIso } from "#kernel";
import type { Clause } from "#record";
import { checkNhsNumber, parseDateTime } from "#standards/fhir";
import type { messagesQuery } from "../api.ts";
import { anyKey } from "../clauses.ts";

type Query = z.infer<typeof messagesQuery>;

/** The clauses of a search in the message browser. Problems: incorrect `time-incorrect`, where `?from` or `?to`. */
export function messagesClauses(query: Query, time: HospitalTime): Result<readonly Clause[]> {
  const arrived = arrivedClauses(query, time);
  if (!arrived.ok) return arrived;
  const { q, link, type, state } = query;
  return ok([
    ...(q === undefined || q === "" ? [] : [anyKey(...numberKeys(q))]),
    ...(link === undefined ? [] : [anyKey(`link=${link}`)]),
    ...(type === undefined ? [] : [anyKey(`type=${type}`)]),
    ...(state === undefined || state.length === 0 ? [] : [anyKey(...state.map((each) => `state=${each}`))]),
    ...arrived.value,
  ]);
}

/** Any number that a message carries, as typed and in capitals; an NHS number with or without its spaces. */
function numberKeys(text: string): readonly string[] {
  const nhsNumber = checkNhsNumber(text);
  const typed = [...new Set([text, text.toUpperCase()])];
  return [
    ...(nhsNumber.ok ? [`nhs-number=${nhsNumber.value}`] : []),
    ...typed.flatMap((number) => [`control-id=${number}`, `hospital-number=${number}`, `order-number=${number}`]),
  ];
}

function arrivedClauses({ from, to }: Query, time: HospitalTime): Result<readonly Clause[]> {
  const fromMs = from === undefined ? undefined : startMs(from, time);
  const toMs = to === undefined ? undefined : endMs(to, time);
  if (Number.isNaN(fromMs)) return wrongTime("?from");
  if (Number.isNaN(toMs)) return wrongTime("?to");
  if (fromMs === undefined && toMs === undefined) return ok([]);
  const bounds = {
    ...(fromMs === undefined ? {} : { fromMinMs: fromMs }),
    ...(toMs === undefined ? {} : { fromMaxMs: toMs - 1 }),
  };
  return ok([{ is: "date", parameter: "arrived", any: [bounds] }]);
}

function startMs(text: string, time: HospitalTime): number {
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return parseDateTime(text) === undefined ? Number.NaN : time.startOfDay(text);
  return instantMs(text, time);
}

/** The first instant that is too late. */
function endMs(text: string, time: HospitalTime): number {
  if (/^\d{4}-\d\d-\d\d$/.test(text))
    return parseDateTime(text) === undefined ? Number.NaN : time.startOfDay(dayAfter(text));
  return instantMs(text, time);
}

/** A time without an offset is on the clock of the hospital. */
function instantMs(text: string, { offsetMinutesAt }: HospitalTime): number {
  const parsed = parseDateTime(text);
  if (parsed === undefined) return Number.NaN;
  const { zoned, fromMs } = parsed;
  return zoned ? fromMs : fromMs - offsetMinutesAt(toIso(instant(fromMs)).slice(0, 19)) * 60_000;
}

function wrongTime(where: string): Result<never> {
  return failed(
    incorrect("time-incorrect", "Give a date such as 2026-11-23 or a time such as 2026-11-23T09:30.", { where }),
  );
}

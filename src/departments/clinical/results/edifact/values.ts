import type { CodeableConcept, Identifier } from "#standards/fhir";
import { urnPart } from "../../messages/coding-systems.ts";
import { authoritySystem } from "../../messages/datatypes/hd.ts";
import { dateTimeOf } from "../../messages/datatypes/ts.ts";
import type { Origin } from "../../messages/message-reader.ts";
import { list, present, presentOrNone } from "../../messages/present.ts";
import type { SegmentBook } from "./segment-book.ts";

/** DTM-1.3, code list 2379, with the digits each has. */
const timeFormats: Readonly<Record<string, RegExp>> = {
  "102": /^\d{8}$/,
  "203": /^\d{12}$/,
  "204": /^\d{14}$/,
  "602": /^\d{4}$/,
  "610": /^\d{6}$/,
};

/** DTM: a FHIR dateTime, as precise as sent. Undefined, and not carried, where it is not of its format. */
export function timeIn(dtm: SegmentBook | undefined, target: string, origin: Origin): string | undefined {
  const time = peekTime(dtm, origin);
  if (time !== undefined) dtm?.carry(target, [1, 1], [1, 2], [1, 3]);
  return time;
}

/** Likewise an instant, without carrying it over: a day alone is none. */
export function peekInstant(dtm: SegmentBook | undefined, origin: Origin): string | undefined {
  const time = peekTime(dtm, origin);
  return time?.includes("T") ? time : undefined;
}

function peekTime(dtm: SegmentBook | undefined, origin: Origin): string | undefined {
  const text = dtm?.peek(1, 2);
  if (dtm === undefined || text === undefined || !timeFormats[dtm.peek(1, 3) ?? ""]?.test(text)) return undefined;
  return dateTimeOf(text, origin);
}

const textLinesMax = 5;

/** FTX-4: up to five lines, in their layout. */
export function linesIn(ftx: SegmentBook, target: string): string {
  const components = Array.from({ length: textLinesMax }, (_, at) => at + 1);
  ftx.carry(target, [1], ...components.map((component) => [4, component] as const));
  return components
    .map((component) => ftx.peek(4, component) ?? "")
    .join("\n")
    .trimEnd();
}

/** Several FTX as one text; undefined where there is none. */
export function textOf(segments: readonly SegmentBook[], target: string): string | undefined {
  const text = segments.map((ftx) => linesIn(ftx, target)).join("\n");
  return text.trim() === "" ? undefined : text;
}

/** Code lists of investigations and coded results. Source: PMIP EDIFACT, code list 1131. */
const codeLists: Readonly<Record<string, string>> = {
  "911": "http://read.info/readv2",
  "921": "http://snomed.info/sct",
};

export interface SentCode {
  readonly code: string | undefined;
  readonly list: string | undefined;
  readonly text: string | undefined;
}

/** A code and its words; codes of no list are the sender's own. */
export function conceptOf({ code, list: name, text }: SentCode, origin: Origin): CodeableConcept | undefined {
  const system =
    name === undefined ? origin.localCodes : (codeLists[name] ?? `urn:corridor:codes:edifact:${urnPart(name)}`);
  return presentOrNone<CodeableConcept>({
    coding: code === undefined ? undefined : list({ system, code, ...(text === undefined ? {} : { display: text }) }),
    text,
  });
}

/** A number that the sender has given. */
export function senderNumber(value: string, { sender }: Origin): Identifier {
  return present<Identifier>({ system: authoritySystem(sender), value });
}

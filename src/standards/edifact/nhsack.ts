import type { Problem } from "#kernel";
import type { InterchangeHeader } from "./interchange-header.ts";
import { usualSeparators } from "./separators.ts";

/** What became of one message of an interchange. */
export interface MessageVerdict {
  /** UNH-1. */
  readonly reference: string;
  readonly problems: readonly Problem[];
}

export interface Acknowledging {
  /** Of the interchange that is answered. */
  readonly header: InterchangeHeader;
  /** Why none of its messages was looked at; empty otherwise. */
  readonly problems: readonly Problem[];
  readonly messages: readonly MessageVerdict[];
  /** The number of the answer itself, for UNB-5. */
  readonly controlReference: string;
  /** `202611230930`, by the clock on the wall. */
  readonly answeredAt: string;
}

/** IAF all accepted, IAP some, IRA none, IRI the interchange itself was refused. */
export type InterchangeStatus = "IAF" | "IAP" | "IRA" | "IRI";

export function interchangeStatus({
  problems,
  messages,
}: Pick<Acknowledging, "problems" | "messages">): InterchangeStatus {
  if (problems.length > 0) return "IRI";
  const accepted = messages.filter((message) => message.problems.length === 0).length;
  if (accepted === messages.length) return "IAF";
  return accepted === 0 ? "IRA" : "IAP";
}

/**
 * The answer to an interchange of NHS003: an interchange of one NHSACK (NHS001), each message accepted (MA) or rejected
 * (MR) with the first reason. Characters outside of ISO 8859-1 do not occur in it.
 * Source: PMIP EDIFACT, NHSACK (NHS001); examples in NHS integration-adaptor-lab-results.
 */
export function nhsack(acknowledging: Acknowledging): string {
  const { header, controlReference, answeredAt } = acknowledging;
  const { sender, recipient } = header;
  const from = [recipient.id, recipient.qualifier ?? ""];
  const to = [sender.id, sender.qualifier ?? ""];
  const status = interchangeStatus(acknowledging);
  const body = [
    ["UNH", "1", ["NHSACK", "D", "1", "NH", "NHS001"]],
    ["BGM", "AKR"],
    ["DTM", ["137", answeredAt.slice(0, 8), "102"]],
    ["NIR", ["SIR", header.controlReference], to, from, status],
    ...errorText(acknowledging.problems),
    ...(status === "IRI" ? [] : acknowledging.messages.flatMap(verdictSegments)),
  ] satisfies readonly SegmentDraft[];
  const prepared = [answeredAt.slice(2, 8), answeredAt.slice(8, 12)];
  const segments = [
    ["UNB", ["UNOC", "3"], from, to, prepared, controlReference, "", "PATH_MEDRPT_V3_ACK"],
    ...body,
    ["UNT", String(body.length + 1), "1"],
    ["UNZ", "1", controlReference],
  ] satisfies readonly SegmentDraft[];
  return `UNA:+.? '\r\n${segments.map(written).join("\r\n")}\r\n`;
}

type SegmentDraft = readonly (string | readonly string[])[];

function verdictSegments({ reference, problems }: MessageVerdict): readonly SegmentDraft[] {
  return [["NMR", ["AGO", reference], problems.length === 0 ? "MA" : "MR"], ...errorText(problems)];
}

/** FTX-4.1 has 70 characters. */
const errorCharactersMax = 70;

function errorText([first]: readonly Problem[]): readonly SegmentDraft[] {
  if (first === undefined) return [];
  const where = first.where === undefined ? "" : `${first.where} `;
  return [["FTX", "ERD", "", "", `${where}${first.message}`.slice(0, errorCharactersMax)]];
}

function written(draft: SegmentDraft): string {
  const { component, element, terminator } = usualSeparators;
  const elements = draft.map((part) => (typeof part === "string" ? [part] : part).map(released).join(component));
  return `${elements.join(element)}${terminator}`;
}

function released(value: string): string {
  return value.replace(/[?:+']/g, "?$&");
}

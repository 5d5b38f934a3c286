import { readInterchange } from "./interchange.ts";
import type { InterchangeStatus } from "./nhsack.ts";
import { type EdifactSegment, valueAt } from "./segment.ts";

/** What an NHSACK says of the interchange that it answers. */
export interface ReadNhsack {
  /** NIR-1.2: UNB-5 of what is answered. */
  readonly controlReference: string;
  readonly status: InterchangeStatus;
  /** The first reason why the interchange was refused; undefined where it was not, or none is given. */
  readonly reason: string | undefined;
  readonly messages: readonly ReadVerdict[];
}

export interface ReadVerdict {
  /** UNH-1 of the message that is answered. */
  readonly reference: string;
  /** MA; anything else is a refusal. */
  readonly isAccepted: boolean;
  readonly reason: string | undefined;
}

const statuses: readonly string[] = ["IAF", "IAP", "IRA", "IRI"] satisfies readonly InterchangeStatus[];

/** Undefined where it is none, or its NIR names no interchange or no status. Source: PMIP EDIFACT, NHSACK (NHS001). */
export function readNhsack(bytes: Uint8Array): ReadNhsack | undefined {
  const message = readInterchange(bytes).messages.find(({ type }) => type === "NHSACK");
  const nir = message?.segments.find(({ tag }) => tag === "NIR");
  const [controlReference, status] = [nir && valueAt(nir, 1, 2), nir && valueAt(nir, 4)];
  if (message === undefined || controlReference === undefined || !statuses.includes(status ?? "")) return undefined;
  const verdicts: ReadVerdict[] = [];
  let reason: string | undefined;
  for (const segment of message.segments) {
    if (segment.tag === "NMR") verdicts.push(verdictOf(segment));
    if (segment.tag !== "FTX") continue;
    const said = valueAt(segment, 4);
    const last = verdicts.pop();
    if (last === undefined) reason ??= said;
    else verdicts.push({ ...last, reason: last.reason ?? said });
  }
  return { controlReference, status: status as InterchangeStatus, reason, messages: verdicts };
}

function verdictOf(nmr: EdifactSegment): ReadVerdict {
  return { reference: valueAt(nmr, 1, 2) ?? "", isAccepted: valueAt(nmr, 2) === "MA", reason: undefined };
}

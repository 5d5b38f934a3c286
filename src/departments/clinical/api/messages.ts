import { z } from "zod";
import { type IsoInstant, type Named, pageQuery } from "./page.ts";

export const messageStates = ["received", "mapped", "stale", "held", "rejected", "routed", "filtered"] as const;
export type MessageState = (typeof messageStates)[number];

export const messagesQuery = pageQuery.extend({
  /** An NHS number, hospital number, control id, placer or filler order number: exactly. */
  q: z.string().trim().max(200).optional(),
  /** Words anywhere in the message, or how they begin; all of them. */
  text: z.string().trim().max(200).optional(),
  link: z.string().max(100).optional(),
  /** `ORU^R01`, or `ORU` for all of its triggers. */
  type: z.string().max(20).optional(),
  /** One or several, with commas. */
  state: z
    .string()
    .transform((text) => text.split(",").filter((part) => part !== ""))
    .pipe(z.array(z.enum(messageStates)))
    .optional(),
  /** Arrived at or after: a date (its start, in the hospital's time zone) or an instant. */
  from: z.string().max(40).optional(),
  /** Arrived before: an instant, or a date, which is included to its end. */
  to: z.string().max(40).optional(),
});

/** Newest first. */
export interface MessagesPage {
  readonly messages: readonly MessageRow[];
  readonly next?: string;
  /** Of a search by text that ended before it had found a page: how far back it looked. `next` looks further. */
  readonly lookedBackTo?: IsoInstant;
  /** Not all messages that came lately can be found by their text yet. */
  readonly isBehind?: true;
  readonly position: number;
}

export interface MessageRow {
  readonly id: string;
  readonly arrivedAt: IsoInstant;
  readonly link: string;
  /** `ORU^R01`. */
  readonly type?: string;
  readonly hl7Version?: string;
  readonly controlId?: string;
  /** `WINPATH at RXX`: MSH-3 and MSH-4. */
  readonly sender: string;
  readonly patient: SentPatient;
  readonly orders: readonly { readonly placer?: string; readonly filler?: string }[];
  readonly state: MessageState;
  readonly stateText: string;
  readonly reasons: readonly MessageReasonView[];
  readonly ackCode?: "AA" | "AE" | "AR";
  readonly sizeBytes: number;
}

/** Numbers as they were sent; `record` is the patient of the record that they led to. */
export interface SentPatient {
  /** `999 000 1234`. */
  readonly nhsNumber?: string;
  readonly hospitalNumbers: readonly string[];
  /** Id of the Patient. */
  readonly record?: string;
}

export interface MessageReasonView {
  readonly category: string;
  readonly code: string;
  readonly message: string;
  /** `OBX[3]-5`. */
  readonly where?: string;
}

export interface MessageView extends MessageRow {
  readonly connection: string;
  /** MSH-7 as sent. */
  readonly sentAt?: string;
  /** MSH-5 and MSH-6. */
  readonly receiver: string;
  /** Name of the patient as sent in PID-5: `OSEI, Adaeze (Mrs)`. */
  readonly patientName?: string;
  readonly raw: RawView;
  readonly segments: readonly SegmentView[];
  /** Problems of reading the message again now. */
  readonly remarks: readonly MessageReasonView[];
  readonly resources: readonly WrittenView[];
  readonly acknowledgement?: { readonly code: string; readonly sentAt: IsoInstant; readonly lines: readonly string[] };
  /** Absent when the message was never mapped. */
  readonly ledger?: LedgerView;
  /** Every state it has been in, oldest first; the last is now. */
  readonly states: readonly StateView[];
}

export interface RawView {
  /** The segments, decoded. At most `linesMax`; `cut` tells that there are more, which `/raw` gives in full. */
  readonly lines: readonly string[];
  readonly cut: boolean;
  readonly charset: string;
  readonly sizeBytes: number;
  /** SHA-256 of the bytes. */
  readonly hash: string;
  /** Why there are no lines, nor anything at `url`: what was received is no longer kept. */
  readonly retired?: string;
  /** Path to download the bytes as received. */
  readonly url: string;
}

export interface SegmentView {
  /** `OBX`. */
  readonly name: string;
  /** `Observation/Result`; absent for a segment that HL7 does not define (Z-segments). */
  readonly title?: string;
  /** How the ledger and problems name it: `OBX[3]`. */
  readonly where: string;
  /** Only fields that hold something. */
  readonly fields: readonly FieldView[];
}

export interface FieldView {
  /** `OBX[3]-5`; with a repetition `PID-3[2]`. */
  readonly where: string;
  /** 5. */
  readonly number: number;
  /** `Observation Value`; absent where HL7 names none. */
  readonly title?: string;
  /** As sent, escapes left. */
  readonly raw: string;
  /** Escapes decoded; for a field without components. */
  readonly text?: string;
  /** Components with a value, escapes decoded; empty for a field without components. */
  readonly components: readonly ComponentView[];
  /** True when HL7 null (`""`) was sent: "delete what you have". */
  readonly isNull: boolean;
  readonly outcome?: LeafOutcome;
  /** A very long value was cut; `/raw` has the whole. */
  readonly cut?: true;
}

export interface ComponentView {
  /** `PID-5.1`, `PID-3[2].4.2`. */
  readonly where: string;
  /** `Family Name`. */
  readonly title?: string;
  readonly text: string;
  readonly isNull: boolean;
  readonly outcome?: LeafOutcome;
  /** A very long value was cut; `/raw` has the whole. */
  readonly cut?: true;
}

/** What became of one value. */
export type LeafOutcome =
  /** `element`: `Observation.valueQuantity`. */
  | { readonly is: "mapped"; readonly element?: string }
  | { readonly is: "unmapped"; readonly code: string; readonly reason: string };

export interface LedgerView {
  /** `oru-r01/1`. */
  readonly mapping: string;
  /** leaves = mapped + unmapped.length */
  readonly leaves: number;
  readonly mapped: number;
  readonly unmapped: readonly { readonly where: string; readonly code: string; readonly reason: string }[];
}

export interface WrittenView extends Named {
  readonly kind: string;
  readonly id: string;
  readonly version: number;
  readonly effect: "created" | "updated";
  /** Path of that version: `/fhir/Observation/7c…/_history/2`. */
  readonly url: string;
}

export interface StateView {
  readonly state: MessageState;
  readonly stateText: string;
  readonly at: IsoInstant;
  readonly reasons: readonly MessageReasonView[];
}

import type { ProblemCategory } from "#kernel";
import type { BlobHash } from "#record";

export const linkMessageKind = "LinkMessage";

/** What has become of a message. Every one that was acknowledged is in one of these. */
export const linkMessageStates = [
  "received", // kept as it came, its sender told so (CA), and about to be mapped
  "mapped", // its resources are in the record
  "stale", // understood, and everything in it is older than what the record holds: nothing was written
  "held", // kept for a person to look at: nothing was written
  "rejected", // refused: the sender must change it, or Corridor does not do this type
  "routed", // passed on to destinations, on a link whose messages are not mapped
  "filtered", // on such a link, and no destination wants it: see `filteredBy`
] as const;

export type LinkMessageState = (typeof linkMessageStates)[number];

/**
 * A message as it came in over a link: what was received, what became of it and what was answered.
 * The body of a document of kind `LinkMessage`; absent fields were absent in the message.
 */
export type LinkMessage = {
  /** Name of the link: `lab`. */
  readonly link: string;
  /** The connection it came on, as the listener names it: `127.0.0.1:50312`. */
  readonly connection: string;
  /** When its last byte was read: `2026-11-23T09:30:00.000Z`. */
  readonly arrivedAt: string;
  readonly state: LinkMessageState;
  /** Why it is in that state, and what was noticed on the way; empty when there is nothing to say. */
  readonly reasons: readonly MessageReason[];
  readonly raw: RawMessage;
  /** What it is written in; absent: HL7 v2. What follows is then what its own words say in the place of these fields. */
  readonly format?: "edifact" | "fhir";
  /** Of what it says, where the same message may come again in other bytes. */
  readonly digest?: string;
  /** MSH-10. */
  readonly controlId?: string;
  /** MSH-9.1 and MSH-9.2: `ORU^R01`. */
  readonly type?: string;
  /** MSH-12: `2.4`. */
  readonly version?: string;
  /** MSH-7 as sent: `20261123093000`. */
  readonly sentAt?: string;
  /** MSH-13, where it is a whole number. */
  readonly sequence?: number;
  readonly sender: MessageEnd;
  readonly receiver: MessageEnd;
  /** Numbers of the patient as they were sent, for searching. */
  readonly patient: SentPatientNumbers;
  readonly orders: readonly SentOrderNumbers[];
  /** The patient of the record that it was matched to or that it made: `Patient/7c…`. */
  readonly patientReference?: string;
  /** Absent until there is an outcome. What was answered, and what a repetition is answered. */
  readonly acknowledgement?: SentAcknowledgement;
  /** When it was decided on, where its sender was told before that it is kept. */
  readonly mappedAt?: string;
  /** Name and version of the mapping: `oru-r01/1`. The whole ledger is recomputed from `raw` and this. */
  readonly mapping?: string;
  /** Every version that this message wrote. */
  readonly resources: readonly WrittenResource[];
  readonly ledger?: LedgerSummary;
  /** How its results are coded; absent where it was not mapped, or brought none. */
  readonly codes?: CodedResults;
  /** Where it was routed to: each has a delivery of it. Absent where it goes nowhere. */
  readonly destinations?: readonly string[];
  /** The route that said that it goes no further; absent where one did not, or none fitted. */
  readonly filteredBy?: string;
  /** What people have decided about it while it was held, oldest first. */
  readonly decisions?: readonly MessageDecision[];
};

/** A message that is not decided on yet. */
export type ReceivedMessage = Omit<LinkMessage, "state">;

export type MessageReason = {
  readonly category: ProblemCategory;
  /** Stable, kebab-case: `nhs-number-check-digit`, `older-than-recorded`. */
  readonly code: string;
  /** One plain sentence, without personal data. */
  readonly message: string;
  /** `PID-3[1].1`, `OBX[3]-5`. */
  readonly where?: string;
};

export type RawMessage = {
  /** The blob with the exact bytes as received, without the MLLP frame. */
  readonly hash: BlobHash;
  readonly sizeBytes: number;
  /** The character set the bytes were read with: `utf-8`, `iso-8859-1`. */
  readonly charset: string;
};

export type MessageEnd = {
  /** MSH-3.1 or MSH-5.1. */
  readonly application?: string;
  /** MSH-4.1 or MSH-6.1. */
  readonly facility?: string;
};

export type SentPatientNumbers = {
  /** Ten digits without spaces. */
  readonly nhsNumber?: string;
  readonly hospitalNumbers: readonly string[];
};

export type SentOrderNumbers = {
  /** ORC-2.1 or OBR-2.1. */
  readonly placer?: string;
  /** ORC-3.1 or OBR-3.1. */
  readonly filler?: string;
};

export type SentAcknowledgement = {
  /** MSA-1. */
  readonly code: "AA" | "AE" | "AR";
  /** The message that was sent back, segments ended by carriage returns. */
  readonly text: string;
  readonly sentAt: string;
};

export type WrittenResource = {
  readonly kind: string;
  readonly id: string;
  readonly version: number;
  readonly effect: "created" | "updated";
};

/** The books of one message: leaves = mapped + unmapped. */
export type LedgerSummary = {
  readonly leaves: number;
  readonly mapped: number;
  readonly unmapped: readonly UnmappedLeaf[];
};

export type UnmappedLeaf = {
  /** Of the value, in full: `OBX[3]-17[1].2.1`. */
  readonly where: string;
  /** A code of `unmappedReasons`, whose sentence explains it. */
  readonly reason: string;
};

/** How many of the results of one message have codes and units that others understand. */
export type CodedResults = {
  /** Observations in it. */
  readonly results: number;
  /** Of these, how many have both a code that is known and, where they have a unit, a UCUM unit. */
  readonly coded: number;
  /** What no map knows, each once. */
  readonly unknown: readonly UnknownInMessage[];
};

export type UnknownInMessage = {
  /** Where such values stand: `OBX-3`. */
  readonly field: "OBR-4" | "OBX-3" | "OBX-5" | "OBX-6";
  /** The coding system, or the system of the sender's units: `urn:corridor:codes:…`. */
  readonly system: string;
  /** The code; of a unit, and where only words were sent, the text. */
  readonly code: string;
  readonly text?: string;
  /** The unit that results of this code have. */
  readonly unit?: string;
  /** The first place: `OBX[3]`. */
  readonly where: string;
  /** How often it stands in the message. */
  readonly count: number;
};

export type MessageDecision = {
  readonly action: "release" | "confirm" | "reject";
  /** `User/3f…`. */
  readonly by: string;
  readonly display: string;
  /** An instant. */
  readonly at: string;
  readonly comment: string;
  /** `Patient/7c…`: released to this one. */
  readonly patient?: string;
  /** It takes a second person. */
  readonly isProposal?: true;
};

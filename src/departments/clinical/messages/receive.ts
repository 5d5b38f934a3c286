import type { Context } from "#access";
import { busy, conflict, failed, fault, type Log, limits, ok, type Result, toIso } from "#kernel";
import { blobOf, parseBody } from "#record";
import { type PassedOn, type PassingOn, passOn } from "../deliveries/pass-on.ts";
import type { Ruling } from "../gates/ruling.ts";
import type { Safeguards } from "../gates/safeguards.ts";
import { type HeldMessage, isWaiting } from "../gates/waiting-orders.ts";
import { sentReports } from "../outputs/sent-reports.ts";
import { readRaw } from "../retention/retired-day.ts";
import { type Decision, decide, refusedDecision } from "./decide.ts";
import type { MessageFormat } from "./formats/foreign-message.ts";
import { findKept, type Keeping, type Kept, keepAs, keptAsNew, toKeep } from "./keep.ts";
import { type LinkMessage, linkMessageKind, type ReceivedMessage, type SentAcknowledgement } from "./link-message.ts";
import { acknowledge, bytesOf, type Outcome, reasonsOf } from "./outcome.ts";
import { present } from "./present.ts";
import { readSent, type SentMessage } from "./sent-message.ts";

export interface Receiving {
  /** The record as the link may see it. Make one for each message. */
  readonly context: Context;
  /** Name of the link: `lab`. */
  readonly link: string;
  /** The connection, as the listener names it. */
  readonly connection: string;
  /** What its messages are written in; absent: HL7 v2. */
  readonly format?: MessageFormat | undefined;
  /** The offsets of the hospital's clock, for times sent without one: see `HospitalTime`. */
  offsetMinutesAt(localTime: string): number;
  readonly log: Log;
  /** What guards this link besides the gates that every message passes. */
  readonly safeguards?: Safeguards;
  /** Where its messages go besides the record; absent: nowhere. */
  readonly passingOn?: PassingOn;
}

/**
 * Takes a message: maps it, and records its bytes, what it says and what became of it in one commit. Settles when that is
 * durable, with the bytes of the acknowledgement. A message that came before is answered as before and has no second
 * effect. One that cannot be taken is kept with the reason, and its sender told.
 * Problems: those of the record (unavailable, busy, forbidden). Then nothing may be acknowledged, and the sender sends
 * again.
 */
export async function receive(frame: Uint8Array, receiving: Receiving): Promise<Result<Uint8Array>> {
  const { context, link, connection } = receiving;
  const sent = readSent(frame, receiving.format);
  const arrivedAt = toIso(context.clock.now());
  const keeping = toKeep({ frame, sent, link, connection, arrivedAt });
  const answered = await answer(keeping, sent, receiving);
  return answered.ok ? ok(bytesOf(answered.value, sent)) : answered;
}

/**
 * Decides and records, as if nobody had sent it before, which is nearly always so; and anew with what the record holds for
 * as long as that, or others who change the same resources, stand against it.
 */
async function answer(keeping: Keeping, sent: SentMessage, receiving: Receiving): Promise<Result<SentAcknowledgement>> {
  const { record } = receiving.context;
  let kept = keptAsNew(keeping);
  for (let attempt = 1; attempt <= limits.linkMessageAttemptsMax; attempt += 1) {
    const { acknowledgement, destinations } = kept.message;
    if (acknowledgement !== undefined) {
      if (destinations !== undefined) receiving.passingOn?.repeated?.(kept.id, destinations);
      return ok(acknowledgement);
    }
    const decision = await decideSafely(kept, sent, receiving);
    if (!decision.ok) return decision;
    const recorded = await recordDecision(decision.value, { keeping, kept, sent, receiving });
    if (recorded.ok) return ok(recorded.value.acknowledgement);
    if (!isRace(recorded.problems)) return recorded;
    const found = await findKept(record, keeping);
    if (!found.ok) return found;
    kept = found.value;
  }
  return failed(busy("message-contended", "Other messages kept changing the same resources."));
}

/**
 * Decides anew on a message that was held, by what people have said, and records it as `receive` does: in one commit with
 * what was decided. Settles with the message as it then is.
 * Problems: conflict `message-changed` when somebody else has decided meanwhile; those of the record.
 */
export async function receiveHeld(kept: HeldMessage, receiving: Ruled): Promise<Result<LinkMessage>> {
  const { record } = receiving.context;
  const { id, version, message } = kept;
  const frame = await readRaw(record, message);
  if (!frame.ok) return frame;
  const again = { ...message, decisions: receiving.ruling?.decisions ?? message.decisions ?? [] };
  const decided = await decideAgain({ id, version, message: again, isImpostor: false }, frame.value, receiving);
  return decided.ok && decided.value === "changed" ? failed(messageChanged) : (decided as Result<LinkMessage>);
}

/**
 * Decides on a message that was committed as it came, and records it as `receive` does. Settles with the message as it is
 * by then, whoever has decided. Problems: those of the record.
 */
export async function receiveCommitted(
  kept: Kept,
  frame: Uint8Array,
  receiving: Receiving,
): Promise<Result<LinkMessage>> {
  const { record, clock } = receiving.context;
  const message = { ...kept.message, mappedAt: toIso(clock.now()) };
  const decided = await decideAgain({ ...kept, message }, frame, receiving);
  if (!decided.ok || decided.value !== "changed") return decided as Result<LinkMessage>;
  const now = await record.read(linkMessageKind, kept.id);
  return now.ok ? ok(parseBody<LinkMessage>(now.value)) : now;
}

/** `changed`: somebody else has decided meanwhile. */
async function decideAgain(kept: Kept, frame: Uint8Array, receiving: Ruled): Promise<Result<LinkMessage | "changed">> {
  const { record } = receiving.context;
  const sent = readSent(frame, kept.message.format);
  const keeping = { id: kept.id, message: kept.message, blob: blobOf(frame) };
  for (let attempt = 1; attempt <= limits.linkMessageAttemptsMax; attempt += 1) {
    const decision = await decideSafely(kept, sent, receiving);
    if (!decision.ok) return decision;
    const recorded = await recordDecision(decision.value, { keeping, kept, sent, receiving });
    if (recorded.ok) return ok(recorded.value);
    if (!isRace(recorded.problems)) return recorded;
    const now = await record.read(linkMessageKind, kept.id);
    if (!now.ok) return now;
    if (now.value.version !== kept.version) return ok("changed");
  }
  return failed(busy("message-contended", "Other messages kept changing the same resources."));
}

const messageChanged = conflict("message-changed", "Somebody else has decided on this message meanwhile; look again.");

/** A message that comes in, or one that people have decided on. */
export interface Ruled extends Receiving {
  readonly ruling?: Ruling;
}

/** A throw is a bug of the mapping: the message is held for us to mend it, and does not stop its link. */
async function decideSafely(kept: Kept, sent: SentMessage, receiving: Ruled): Promise<Result<Decision>> {
  const { context, log, offsetMinutesAt, safeguards, ruling, passingOn } = receiving;
  const isPassedOn = passingOn?.routing.isRecorded === false;
  const given = { ...(safeguards && { safeguards }), ...(ruling && { ruling }), isPassedOn };
  try {
    const decision = await decide({ record: context.record, sent, kept, offsetMinutesAt, ...given });
    if (decision.ok && isWaiting(stateOf(decision.value.outcome))) safeguards?.waiting?.add(kept.message);
    return decision;
  } catch (error) {
    log.error("a message could not be mapped", { message: kept.id, error: error instanceof Error ? error : undefined });
    return ok(heldForFault("mapping-fault", "The mapping of this message failed."));
  }
}

interface Recording {
  readonly keeping: Keeping;
  readonly kept: Kept;
  readonly sent: SentMessage;
  readonly receiving: Ruled;
}

type SettledMessage = LinkMessage & { readonly acknowledgement: SentAcknowledgement };

/** The bytes, everything that the message brought, and what became of it, in one transaction. */
async function recordDecision(decision: Decision, recording: Recording): Promise<Result<SettledMessage>> {
  const { keeping, kept, sent, receiving } = recording;
  const { context, link, log } = receiving;
  const { passingOn } = receiving;
  const reports = passingOn?.routing.needsReports ? await sentReports(context.record, decision) : ok(undefined);
  if (!reports.ok) return reports;
  const passed = passOn(decision, { kept, sent, raw: keeping.blob.bytes, passingOn, reports: reports.value });
  const acknowledgement = acknowledge(sent, passed.decision.outcome, context);
  const body = settledMessage(kept.message, { passed, acknowledgement });
  if (passed.destinations.length > 0) passingOn?.planned?.(kept.id, passed.destinations);
  const recorded = await context.record.transact({
    operations: [...decision.operations, keepAs(kept, body), ...passed.operations],
    blobs: [...(kept.version === 0 ? [keeping.blob] : []), ...passed.blobs],
    ...(decision.seen === undefined ? {} : { seen: decision.seen }),
  });
  if (recorded.ok) {
    if (passed.operations.length > 0) passingOn?.queued(passed.destinations, [keeping.blob, ...passed.blobs]);
    if (decision.outcome.refusals.length > 0) {
      log.warn("message not taken", { link, message: kept.id, state: body.state, reason: body.reasons[0]?.code });
    }
    return ok(body);
  }
  const invalid = recorded.problems.find(({ category }) => category === "incorrect");
  if (invalid === undefined || decision.operations.length === 0) return recorded;
  log.error("a mapping made an invalid resource", { message: kept.id, code: invalid.code, where: invalid.where });
  return recordDecision(
    heldForFault("resource-invalid", `A resource made of it is not valid: ${invalid.where}.`),
    recording,
  );
}

function settledMessage(
  message: ReceivedMessage,
  { passed, acknowledgement }: { readonly passed: PassedOn; readonly acknowledgement: SentAcknowledgement },
): SettledMessage {
  const { decision, destinations, filteredBy } = passed;
  const { outcome, written, patientReference, mapping, ledger, codes } = decision;
  return present<SettledMessage>({
    ...message,
    ...stateOf(outcome),
    patientReference,
    acknowledgement,
    mapping,
    resources: written,
    ledger,
    codes,
    destinations: destinations.length === 0 ? undefined : destinations,
    filteredBy,
  });
}

function stateOf(outcome: Outcome): Pick<LinkMessage, "state" | "reasons"> {
  return { state: outcome.state, reasons: reasonsOf(outcome) };
}

function heldForFault(code: string, message: string): Decision {
  return refusedDecision({ state: "held", problems: [fault(code, message)] });
}

/** Another message was quicker: what was read is no longer so. */
function isRace(problems: readonly { readonly category: string }[]): boolean {
  return problems.some(({ category }) => category === "conflict");
}

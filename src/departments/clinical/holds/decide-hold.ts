import type { Context } from "#access";
import { conflict, failed, forbidden, ok, type Problem, type Result, toIso } from "#kernel";
import { byArrival, type HeldMessage, heldMessage, heldOfOrders } from "../gates/waiting-orders.ts";
import { type LinkMessage, linkMessageKind, type MessageDecision } from "../messages/link-message.ts";
import { present } from "../messages/present.ts";
import { type HoldNeeds, receiveAgain } from "./hold-needs.ts";
import { releaseBehind } from "./release-behind.ts";
import { releaseChoices, releaseProblem } from "./release-choices.ts";

export interface HoldOrder {
  readonly action: MessageDecision["action"];
  readonly comment: string;
  /** Id of the patient that it is released to. */
  readonly patient?: string | undefined;
}

export interface DecidedHold {
  readonly message: LinkMessage;
  readonly waitsForSecond: boolean;
  /** Ids of messages behind it that went on too. */
  readonly released: readonly string[];
}

interface Deciding {
  readonly needs: HoldNeeds;
  /** With the rights of a link. */
  readonly context: Context;
  readonly held: HeldMessage;
}

/**
 * Does with a held message what somebody says, in one commit with who said it, when and why.
 * Problems: not-found; conflict `message-not-held`, `earlier-is-held`, `nothing-proposed`, `message-changed` and those of
 * `releaseProblem`; forbidden `second-person-needed`, `person-needed`; those of the record.
 */
export async function decideHold(
  needs: HoldNeeds,
  { actor }: Pick<Context, "actor">,
  { id, order }: { readonly id: string; readonly order: HoldOrder },
): Promise<Result<DecidedHold>> {
  const context = needs.forLink(actor);
  const read = await context.record.read(linkMessageKind, id);
  if (!read.ok) return read;
  const held = heldMessage(read.value);
  if (held.message.state !== "held") return failed(notHeld);
  const deciding = { needs, context, held };
  switch (order.action) {
    case "release":
      return release(deciding, order);
    case "confirm":
      return confirm(deciding, order);
    case "reject":
      return reject(deciding, order);
  }
}

const notHeld = conflict("message-not-held", "The message is not held any more: somebody has decided on it.");

async function release(deciding: Deciding, order: HoldOrder): Promise<Result<DecidedHold>> {
  const { context, held } = deciding;
  const problem = releaseProblem(held.message, order.patient);
  if (problem !== undefined) return failed(problem);
  const patient = order.patient === undefined ? ok(undefined) : await context.record.read("Patient", order.patient);
  if (!patient.ok) return patient;
  const first = await isFirst(deciding);
  if (!first.ok) return first;
  const needsSecond = order.patient !== undefined || releaseChoices(held.message).people === 2;
  if (!needsSecond) return carryOut(deciding, [decisionBy(context, order)]);
  const unfit = notPerson(context);
  if (unfit !== undefined) return failed(unfit);
  const proposal: MessageDecision = { ...decisionBy(context, order), isProposal: true };
  const message = { ...held.message, decisions: [...decisionsOf(held), proposal] };
  const written = await write(deciding, message);
  return written.ok ? ok({ message, waitsForSecond: true, released: [] }) : written;
}

async function confirm(deciding: Deciding, order: HoldOrder): Promise<Result<DecidedHold>> {
  const { context, held } = deciding;
  const proposal = proposalOf(held.message);
  if (proposal === undefined) return failed(nothingProposed);
  const unfit = notPerson(context) ?? (proposal.by === context.actor.reference ? samePerson : undefined);
  if (unfit !== undefined) return failed(unfit);
  const first = await isFirst(deciding);
  if (!first.ok) return first;
  const { patient } = proposal;
  const confirmed = present<MessageDecision>({ ...decisionBy(context, order), patient });
  return carryOut(deciding, [confirmed]);
}

const nothingProposed = conflict("nothing-proposed", "Nobody has proposed to release this message.");
const samePerson = forbidden("second-person-needed", "Somebody else has to confirm what you proposed.");

async function reject(deciding: Deciding, order: HoldOrder): Promise<Result<DecidedHold>> {
  const { context, held, needs } = deciding;
  const decisions = [...decisionsOf(held), decisionBy(context, order)];
  const reason = { ...rejected, category: rejected.category };
  const reasons = [...held.message.reasons, reason];
  const message: LinkMessage = { ...held.message, state: "rejected", reasons, decisions };
  const written = await write(deciding, message);
  if (!written.ok) return written;
  const behind = await releaseBehind(needs, { context, message });
  return behind.ok ? ok({ message, waitsForSecond: false, released: behind.value }) : behind;
}

const rejected = conflict("rejected-by-person", "Somebody has looked at it and decided not to take it.");

/** The release that waits for a second person. */
export function proposalOf({ decisions = [] }: LinkMessage): MessageDecision | undefined {
  const last = decisions.at(-1);
  return last?.isProposal ? last : undefined;
}

/** Takes the message, and then what waits behind it. */
async function carryOut(deciding: Deciding, made: readonly MessageDecision[]): Promise<Result<DecidedHold>> {
  const { needs, context, held } = deciding;
  const patientId = made.at(-1)?.patient?.slice("Patient/".length);
  const ruling = {
    waived: new Set(held.message.reasons.map(({ code }) => code)),
    decisions: [...decisionsOf(held), ...made],
    ...(patientId === undefined ? {} : { patientId }),
  };
  const taken = await receiveAgain(needs, { context, held, ruling });
  if (!taken.ok) return taken;
  const message = taken.value;
  if (message.state === "held") return ok({ message, waitsForSecond: false, released: [] });
  const behind = await releaseBehind(needs, { context, message });
  return behind.ok ? ok({ message, waitsForSecond: false, released: behind.value }) : behind;
}

/** What came before of the same order is decided on first. */
async function isFirst({ context, held }: Deciding): Promise<Result<undefined>> {
  const others = await heldOfOrders(context.record, held.message);
  if (!others.ok) return others;
  const isLater = others.value.some((other) => other.id !== held.id && byArrival(other, held) < 0);
  return isLater ? failed(earlierHeld) : ok(undefined);
}

const earlierHeld = conflict(
  "earlier-is-held",
  "An earlier message of the same order is held: decide on that one first.",
);

/** Two tokens may be one person's. */
function notPerson({ actor }: Context): Problem | undefined {
  return actor.via === "session" ? undefined : personNeeded;
}

const personNeeded = forbidden("person-needed", "This takes two people who have signed in; a token does not count.");

function decisionBy({ actor, clock }: Context, { action, comment, patient }: HoldOrder): MessageDecision {
  return present<MessageDecision>({
    action,
    by: actor.reference,
    display: actor.display,
    at: toIso(clock.now()),
    comment,
    patient: patient === undefined ? undefined : `Patient/${patient}`,
  });
}

function decisionsOf({ message }: HeldMessage): readonly MessageDecision[] {
  return message.decisions ?? [];
}

async function write({ context, held }: Deciding, body: LinkMessage): Promise<Result<unknown>> {
  const { id, version } = held;
  return context.record.transact({
    operations: [{ action: "update", kind: linkMessageKind, id, body, ifMatch: version }],
  });
}

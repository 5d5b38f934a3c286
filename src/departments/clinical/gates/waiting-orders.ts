import { conflict, limits, ok, type Result } from "#kernel";
import type { HealthRecord, Version } from "#record";
import { anyKey } from "../clauses.ts";
import type { Refusal } from "../messages/gate.ts";
import { type LinkMessage, linkMessageKind, type ReceivedMessage } from "../messages/link-message.ts";

/** Reasons for which a message waits for us, and not for its sender: what comes behind it waits too. */
export const waitingCodes: ReadonlySet<string> = new Set(["unknown-code", "held-behind"]);

/** Names the orders of a message, by the laboratory's numbers, else the requester's: `PATHLAB|MEADOWLAB|26U004417`. */
export function orderNames({ sender, orders }: Pick<ReceivedMessage, "sender" | "orders">): readonly string[] {
  const numbers = new Set(orders.map(({ filler, placer }) => filler ?? placer ?? ""));
  return [...numbers].filter((number) => number !== "").map((number) => `${senderName(sender)}|${number}`);
}

/** `PATHLAB|MEADOWLAB`. */
export function senderName({ application, facility }: ReceivedMessage["sender"]): string {
  return [application, facility].filter((part) => part !== undefined).join("|");
}

/** Whether a message waits for us. */
export function isWaiting({ state, reasons }: Pick<LinkMessage, "state" | "reasons">): boolean {
  return state === "held" && reasons.some(({ code }) => waitingCodes.has(code));
}

/**
 * The orders of which a message waits, so that a later message of the same order waits behind it. It knows more than there
 * are, never fewer, as far as this process has seen: whoever finds an order here asks the record.
 */
export class WaitingOrders {
  readonly #names = new Set<string>();

  /** Whether any order of the message may have another waiting. */
  mayConcern(message: Pick<ReceivedMessage, "sender" | "orders">): boolean {
    return this.#names.size > 0 && orderNames(message).some((name) => this.#names.has(name));
  }

  add(message: Pick<ReceivedMessage, "sender" | "orders">): void {
    for (const name of orderNames(message)) this.#names.add(name);
  }

  /** Whoever asked the record and found none. */
  remove(message: Pick<ReceivedMessage, "sender" | "orders">): void {
    for (const name of orderNames(message)) this.#names.delete(name);
  }
}

/**
 * Why a message waits: an earlier one of the same order does. Nearly always none does, and then nothing is asked of the
 * record. `held-behind`; problems: those of the record.
 */
export async function waitsBehind(
  record: HealthRecord,
  {
    id,
    message,
    waiting,
  }: { readonly id: string; readonly message: ReceivedMessage; readonly waiting: WaitingOrders | undefined },
): Promise<Result<Refusal | undefined>> {
  if (waiting?.mayConcern(message) !== true) return ok(undefined);
  const held = await heldOfOrders(record, message);
  if (!held.ok) return held;
  const waitingNow = held.value.filter((other) => other.id !== id && isWaiting(other.message));
  if (waitingNow.length === 0) waiting.remove(message);
  const isBehind = waitingNow.some((other) => other.message.arrivedAt <= message.arrivedAt);
  return ok(isBehind ? { state: "held", problems: [heldBehind], isOurs: true } : undefined);
}

const heldBehind = conflict("held-behind", "An earlier message of the same order is held; this one follows it.", {
  where: "OBR[1]-3",
});

export interface HeldMessage {
  readonly id: string;
  readonly version: number;
  readonly message: LinkMessage;
}

/**
 * Messages of the same orders that are held, in the order in which they came; `limits.heldOfOrderMax` at most.
 * Problems: those of the record.
 */
export async function heldOfOrders(
  record: HealthRecord,
  message: Pick<ReceivedMessage, "sender" | "orders">,
): Promise<Result<readonly HeldMessage[]>> {
  const names = orderNames(message);
  if (names.length === 0) return ok([]);
  const found = await record.search({
    kind: linkMessageKind,
    all: [anyKey(...names.map(heldOrderKey))],
    sort: { by: { date: "arrived" }, descending: false },
    limit: limits.heldOfOrderMax,
  });
  return found.ok ? ok(found.value.versions.map(heldMessage)) : found;
}

export function heldMessage({ id, version, body }: Version): HeldMessage {
  return { id, version, message: JSON.parse(body) as LinkMessage };
}

/** Negative when the first came before the second. */
export function byArrival(one: HeldMessage, other: HeldMessage): number {
  const [a, b] = [one, other].map(({ message, id }) => `${message.arrivedAt} ${id}`) as [string, string];
  return a < b ? -1 : Number(a > b);
}

/** Only messages that are held have it. */
export function heldOrderKey(name: string): string {
  return `held-order=${name}`;
}

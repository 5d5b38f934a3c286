import { type Clock, failed, forbidden, ok, type Problem, type Result } from "#kernel";
import { pause } from "../feed/pause.ts";
import type { SubscriptionBounds } from "./bounds.ts";
import { signOfLife } from "./message.ts";
import type { HookSender, Subscribers } from "./ports.ts";
import type { Registration } from "./registration.ts";
import type { Terms } from "./terms.ts";

export interface ActivationNeeds {
  readonly subscribers: Subscribers;
  readonly hooks: HookSender;
  readonly bounds: SubscriptionBounds;
  readonly base: () => string;
  readonly clock: Clock;
}

/**
 * Whether a subscription that was asked for can be active: its terms can be met, its owner is there, its address is allowed and,
 * where it is about a topic, answers the handshake. Problems: why not, in a sentence for `Subscription.error`; undefined when it
 * was stopped. Source: Subscriptions R5 Backport 1.1 (handshake).
 */
export async function activate(
  registration: Registration,
  needs: ActivationNeeds,
  stop: AbortSignal,
): Promise<Result<void> | undefined> {
  const { terms, owner } = registration;
  if (!terms.ok) return terms;
  const subscriber = await present(owner, needs, stop);
  if (subscriber === undefined || !subscriber.ok) return subscriber;
  const { channel } = terms.value;
  if (channel.type !== "rest-hook") return ok(undefined);
  const refusal = needs.hooks.refusal(channel.endpoint);
  return refusal === undefined ? shakeHands(registration, { ...needs, terms: terms.value }, stop) : failed(refusal);
}

/** Waits for a record that cannot be reached at the moment. */
async function present(
  owner: string,
  { subscribers, bounds }: ActivationNeeds,
  stop: AbortSignal,
): Promise<Result<void> | undefined> {
  while (!stop.aborted) {
    const found = await subscribers.find(owner);
    if (found.ok) return found.value === undefined ? failed(noOwner) : ok(undefined);
    await pause(bounds.subscriptionRetryFirstMs, stop);
  }
  return undefined;
}

async function shakeHands(
  registration: Registration,
  { terms, hooks, bounds, base, clock }: ActivationNeeds & { readonly terms: Terms },
  stop: AbortSignal,
): Promise<Result<void> | undefined> {
  let last: Problem | undefined;
  for (let attempt = 1; attempt <= bounds.subscriptionHandshakesMax; attempt += 1) {
    const message = signOfLife({ registration, terms, base: base(), at: clock.now() }, "handshake");
    if (message?.hook === undefined) return ok(undefined);
    const sent = await hooks.send(message.hook, stop);
    if (stop.aborted) return undefined;
    if (sent.ok) return sent;
    last = sent.problems[0];
    if (attempt < bounds.subscriptionHandshakesMax)
      await pause(bounds.subscriptionRetryFirstMs * 2 ** (attempt - 1), stop);
  }
  return stop.aborted || last === undefined ? undefined : failed(last);
}

const noOwner = forbidden("owner-gone", "The account that wrote this subscription is not valid here.");

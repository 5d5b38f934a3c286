import { type Instant, instant, limits, type Problem, type SendOutcome, toIso } from "#kernel";
import type { RetrySettings } from "../../configuration/link-settings.ts";
import type { MessageReason } from "../../messages/link-message.ts";
import type { Delivery, DeliveryAcknowledgement } from "../delivery.ts";
import { waitBeforeNextMs } from "./retry.ts";

interface Tried {
  readonly retry: RetrySettings;
  readonly now: Instant;
}

/** The delivery as a try leaves it; undefined where nothing was sent, of which nothing is to be written. */
export function afterTry(delivery: Delivery, outcome: SendOutcome, { retry, now }: Tried): Delivery | undefined {
  switch (outcome.is) {
    case "accepted":
      return {
        ...withoutTry(delivery),
        state: "delivered",
        attempts: delivery.attempts + 1,
        ...answered(outcome.answer, now),
        settledAt: toIso(now),
      };
    case "refused": {
      const tried = { ...delivery, ...answered(outcome.answer, now, outcome.code) };
      return inVain(tried, outcome.problem, { retry, now, isOver: retry.refused === "park" });
    }
    case "unanswered":
      return inVain(delivery, outcome.problem, { retry, now, isOver: false });
    case "unreachable":
      return undefined;
  }
}

function inVain(
  delivery: Delivery,
  problem: Problem,
  { retry, now, isOver }: Tried & { readonly isOver: boolean },
): Delivery {
  const attempts = delivery.attempts + 1;
  const waitMs = isOver ? undefined : waitBeforeNextMs(retry, attempts);
  const failed = { ...withoutTry(delivery), attempts, lastProblem: reasonOf(problem) };
  if (waitMs === undefined) return { ...failed, state: "parked", settledAt: toIso(now) };
  return { ...failed, nextTryAt: toIso(instant(now + waitMs)) };
}

function withoutTry({ nextTryAt: _next, settledAt: _settled, comment: _comment, ...delivery }: Delivery): Delivery {
  return { ...delivery, from: delivery.state };
}

function answered(
  answer: Uint8Array | undefined,
  now: Instant,
  code?: string,
): { readonly acknowledgement?: DeliveryAcknowledgement } {
  if (answer === undefined && code === undefined) return {};
  const kept = Buffer.from(answer ?? []).toString("utf8");
  const text = kept.slice(0, limits.acknowledgementKeptCharacters);
  return { acknowledgement: { ...(code === undefined ? {} : { code }), text, at: toIso(now) } };
}

export function reasonOf({ category, code, message }: Problem): MessageReason {
  return { category, code, message };
}

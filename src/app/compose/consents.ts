import { setTimeout } from "node:timers/promises";
import { Consents } from "#access";
import { type Clock, type Log, limits, ok, type Result } from "#kernel";
import type { HealthRecord, SearchConcepts } from "#record";
import type { ShutdownStack } from "./shutdown-stack.ts";

export interface ConsentParts {
  /** The whole record. */
  readonly record: HealthRecord;
  readonly clock: Clock;
  readonly log: Log;
  /** What stands below a code. */
  readonly concepts: SearchConcepts;
  readonly stack: ShutdownStack;
}

/** What patients said about who may see their record, read before any door opens, and followed from then on. */
export async function openConsents({ record, clock, log, stack, concepts }: ConsentParts): Promise<Result<Consents>> {
  const consents = new Consents({ record, clock, concepts });
  const opened = await consents.open();
  if (!opened.ok) return opened;
  const ending = new AbortController();
  const following = follow(consents, { record, log, ending: ending.signal });
  stack.defer("consents", async () => {
    ending.abort();
    await following;
  });
  return ok(consents);
}

/** Should it fail, every question looks for itself until it goes on. */
async function follow(
  consents: Consents,
  { record, log, ending }: { readonly record: HealthRecord; readonly log: Log; readonly ending: AbortSignal },
): Promise<void> {
  while (!ending.aborted) {
    const caughtUp = await consents.catchUp().catch(() => undefined);
    const isFollowed = caughtUp?.ok === true;
    if (consents.isFollowed && !isFollowed) log.warn("consents-not-followed", {});
    consents.isFollowed = isFollowed;
    if (isFollowed) await record.changed(consents.position, ending);
    await setTimeout(limits.consentFollowMs, undefined, { signal: ending }).catch(() => undefined);
  }
}

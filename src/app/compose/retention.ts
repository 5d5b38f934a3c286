import { type Access, workerActor } from "#access";
import { retireDays } from "#departments/clinical";
import { type Log, limits } from "#kernel";
import type { BlobStore, InlineBlobStore } from "#record";
import type { Links } from "../links/links.ts";
import type { ShutdownStack } from "./shutdown-stack.ts";

export interface RetentionNeeds {
  readonly access: Access;
  readonly store: { readonly blobs: InlineBlobStore };
  readonly blobs: BlobStore;
  readonly links: Pick<Links, "statuses" | "settingsOf">;
  readonly log: Log;
  /** It ends with this, when the round under way is done. */
  readonly stack: ShutdownStack;
}

/** Takes away what links carried and need not keep, every `limits.retentionRoundMs`. Twice at once does no harm. */
export function openRetention({ access, store, blobs, links, log, stack }: RetentionNeeds): void {
  const settings = () => links.statuses().flatMap(({ name }) => links.settingsOf(name) ?? []);
  const stores = [store.blobs.daily, blobs.daily];
  const context = access.contextOf(workerActor("retention"));
  const stop = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  const round = async () => {
    try {
      const done = await retireDays({ stores, links: settings, context, log });
      if (!done.ok) log.warn("retention was not looked after", { reason: done.problems[0].code });
    } catch (error) {
      log.error("retention was not looked after", error instanceof Error ? { error } : {});
    }
  };
  const again = (afterMs: number) => {
    if (stop.signal.aborted) return;
    timer = setTimeout(() => {
      running = round().finally(() => again(limits.retentionRoundMs));
    }, afterMs).unref();
  };
  again(limits.retentionFirstMs);
  stack.defer("retention", async () => {
    stop.abort();
    clearTimeout(timer);
    await running;
  });
}

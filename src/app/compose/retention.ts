import { type Access, workerActor } from "#access";
import { retireDays } from "#departments/clinical";
import { limits } from "#kernel";
import type { BlobStore, InlineBlobStore } from "#record";
import type { Links } from "../links/links.ts";
import { openRounds, type RoundsNeeds } from "./rounds.ts";

export interface RetentionNeeds extends RoundsNeeds {
  readonly access: Access;
  readonly store: { readonly blobs: InlineBlobStore };
  readonly blobs: BlobStore;
  readonly links: Pick<Links, "statuses" | "settingsOf">;
}

/** Takes away what links carried and need not keep, every `limits.retentionRoundMs`. Twice at once does no harm. */
export function openRetention({ access, store, blobs, links, log, stack }: RetentionNeeds): void {
  const settings = () => links.statuses().flatMap(({ name }) => links.settingsOf(name) ?? []);
  const stores = [store.blobs.daily, blobs.daily];
  const context = access.contextOf(workerActor("retention"));
  const round = () => retireDays({ stores, links: settings, context, log });
  const { retentionFirstMs: firstMs, retentionRoundMs: everyMs } = limits;
  openRounds({ name: "retention", firstMs, everyMs, round }, { log, stack });
}

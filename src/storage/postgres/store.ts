import type { ImageErasure, ImageIndex, SmallObjects } from "#imaging";
import { failed, limits, ok, type Result } from "#kernel";
import type {
  AuditStore,
  AuditStretches,
  AuditTreeStore,
  CursorStore,
  DocumentStore,
  ErasureStore,
  IndexingStore,
  InlineBlobStore,
  Kind,
  SubscriptionStore,
} from "#record";
import type { TerminologyStore } from "#terminology";
import { auditStore } from "./audit.ts";
import type { Seal } from "./audit-chain.ts";
import { auditStretches } from "./audit-stretches.ts";
import { auditTreeStore } from "./audit-tree.ts";
import { cursorStore } from "./cursors.ts";
import {
  type ConnectionTarget,
  type Database,
  openDatabase,
  openForSearches,
  openOnce,
  openSteady,
} from "./database.ts";
import { erasureStore } from "./erasures.ts";
import { HeldKinds } from "./held-kinds.ts";
import { imageErasure } from "./images/erase.ts";
import { imageIndex } from "./images/image-index.ts";
import { smallObjects } from "./images/small-objects.ts";
import { indexedKeys } from "./indexed-keys.ts";
import { indexingStore } from "./indexing.ts";
import { inlineBlobs } from "./inline-blobs.ts";
import { registerKinds } from "./kinds.ts";
import { migrate } from "./migrate.ts";
import { Pipeline } from "./pipeline.ts";
import { readChanges, readHistory, readMany, readNewest, readPosition, readVersion } from "./read.ts";
import { countMatches, searchPage } from "./search.ts";
import { subscriptionStore } from "./subscriptions.ts";
import { terminologyStore } from "./terminology.ts";
import { WaitingKeys } from "./waiting-keys.ts";

export interface PostgresStore {
  readonly documents: DocumentStore;
  readonly blobs: InlineBlobStore;
  readonly audit: AuditStore & AuditStretches;
  readonly auditTree: AuditTreeStore;
  readonly cursors: CursorStore;
  readonly subscriptions: SubscriptionStore;
  readonly terminology: TerminologyStore;
  readonly indexing: IndexingStore;
  readonly images: ImageIndex;
  /** Apart from all that writes: see `Erasures`. */
  readonly erasures: ErasureStore;
  readonly imageErasure: ImageErasure;
  readonly smallImages: SmallObjects;
  /** For `backup`, `restore`, `verify` and health checks only. */
  readonly database: Database;
  close(): Promise<void>;
}

export interface OpenOptions {
  readonly target: ConnectionTarget;
  /** Every kind that will be written or read. */
  readonly kinds: readonly Kind[];
  readonly seal: Seal;
  /** Connections for reading, and as many for searching; writing has one besides. */
  readonly readersMax?: number;
  /** `limits.searchTimeMsMax` where it is left out. */
  readonly searchTimeMsMax?: number;
}

/** Connects, brings the tables up to date, and returns the ports. Problems: conflict `database-newer`. */
export async function openPostgres(options: OpenOptions): Promise<Result<PostgresStore>> {
  const readers = openDatabase(options.target, options.readersMax ?? 6);
  const searchers = openForSearches(
    options.target,
    options.readersMax ?? 6,
    options.searchTimeMsMax ?? limits.searchTimeMsMax,
  );
  const steady = openSteady(options.target, options.searchTimeMsMax ?? limits.searchTimeMsMax);
  const pools = [readers, searchers, steady];
  const close = async () => {
    await Promise.all(pools.map((pool) => pool.end({ timeout: 5 })));
  };
  const migrated = await migrate(readers);
  if (!migrated.ok) {
    await close();
    return failed(...migrated.problems);
  }
  const kinds = await registerKinds(readers, options.kinds);
  const cursors = cursorStore(readers);
  const writes = new Pipeline({ open: () => openOnce(options.target), readers: steady, kinds, seal: options.seal });
  const waitingKeys = new WaitingKeys(readers);
  return ok({
    documents: documentStore({ readers, searchers, steady, writes, waitingKeys, kinds }),
    blobs: inlineBlobs(readers),
    // Stretches are read by workers and by `verify`, at their own pace: they have no time limit.
    audit: { ...auditStore(searchers), ...auditStretches(readers) },
    auditTree: auditTreeStore(readers),
    cursors,
    subscriptions: subscriptionStore(readers, cursors),
    terminology: terminologyStore({ readers, searchers }),
    indexing: indexingStore(readers, kinds),
    images: imageIndex({ database: readers, searchers, kinds }),
    erasures: erasureStore({ database: readers, kinds, termsGone: () => writes.forgetTerms() }),
    imageErasure: imageErasure(readers),
    smallImages: smallObjects(readers),
    database: readers,
    close: async () => {
      cursors.close();
      await writes.close();
      await waitingKeys.close();
      await close();
    },
  });
}

interface StoreNeeds {
  readonly readers: Database;
  readonly searchers: Database;
  readonly steady: Database;
  readonly writes: Pipeline;
  readonly waitingKeys: WaitingKeys;
  readonly kinds: Awaited<ReturnType<typeof registerKinds>>;
}

function documentStore({ readers, searchers, steady, writes, waitingKeys, kinds }: StoreNeeds): DocumentStore {
  const needs = { database: readers, kinds };
  const searching = { database: searchers, steady, kinds };
  const naming = { database: steady, kinds };
  const heldKinds = new HeldKinds({ steady, kinds });
  return {
    ready: indexedKeys,
    write: async (reading, decide) => {
      const value = await writes.write(reading, decide);
      waitingKeys.written();
      return value;
    },
    appendAudit: (entries) => writes.appendAudit(entries),
    look: (question) => writes.look(question),
    read: (kind, id) => readNewest(naming, kind, id),
    readMany: (keys) => readMany(naming, keys),
    readVersion: (kind, id, version) => readVersion(needs, { kind, id }, version),
    history: (query) => readHistory(searching, query),
    search: (query) => searchPage(searching, query),
    count: (query) => countMatches(searching, query),
    kindsHolding: (asked, key) => heldKinds.among(asked, key),
    changes: (after, limit) => readChanges(needs, after, limit),
    position: () => readPosition(needs),
  };
}

import { type Clock, conflict, failed, type Log, limits, ok, type Result, unavailable } from "#kernel";
import type { BlobHash } from "../blobs/blob.ts";
import { type Key, keyText } from "../documents/document.ts";
import type { KindDefinition } from "../documents/index-entries.ts";
import type { BlobStore } from "../ports.ts";
import type { ErasurePlan, ErasureProgress, ErasureStore, TermsOf } from "./erasure-store.ts";

/**
 * Taking documents out of the record for good. It is apart from everything else that the record does: nothing is erased that
 * is not deleted first, by the usual way, and whoever asks for it has a decision of two people.
 */
export interface Erasures {
  /** Writes down what is to go, in the record's list and in those kept elsewhere, before anything goes. */
  plan(plan: ErasurePlan): Promise<Result<void>>;
  /** Undefined where nothing was planned by that decision. */
  progress(decision: string): Promise<Result<ErasureProgress | undefined>>;
  /** Documents that were deleted before and are found by no search. */
  deletedNaming(reference: string): Promise<Result<readonly Key[]>>;
  /**
   * Takes away what was planned: content of all versions, images, blobs. Cut short anywhere, it goes on where it was.
   * Problems: conflict `not-deleted`, where a document is there again; `erasure-stopped`; unavailable.
   */
  carryOut(decision: string, isToGoOn: () => Promise<Result<void>>): Promise<Result<ErasureProgress>>;
}

/** What was erased, kept where a backup of the record does not reach; a restored record is compared with it. */
export interface ErasureLists {
  /** Durable when it resolves. */
  append(plan: ErasurePlan): Promise<void>;
}

export interface ErasuresNeeds {
  readonly store: ErasureStore;
  /** Large content, beside the database. */
  readonly blobs: Pick<BlobStore, "remove">;
  readonly lists: ErasureLists;
  readonly kinds: readonly KindDefinition[];
  /** Takes away all that is kept of a study of images, by the SHA-256 of its UID. Answers how many objects. */
  readonly eraseStudy: (study: string) => Promise<Result<number>>;
  readonly clock: Clock;
  readonly log: Log;
}

export function openErasures(needs: ErasuresNeeds): Erasures {
  const { store, lists } = needs;
  return {
    plan: (plan) =>
      attempt(async () => {
        await lists.append(plan);
        await store.plan(plan);
      }),
    progress: (decision) => attempt(() => store.progress(decision)),
    deletedNaming: (reference) => attempt(() => store.deletedNaming(reference)),
    carryOut: async (decision, isToGoOn) => {
      const done = await attempt(() => carryOut(needs, decision, isToGoOn));
      return done.ok ? done.value : done;
    },
  };
}

async function carryOut(
  needs: ErasuresNeeds,
  decision: string,
  isToGoOn: () => Promise<Result<void>>,
): Promise<Result<ErasureProgress>> {
  const { store, clock, log } = needs;
  for (const step of [eraseStudies, blankDocuments, removeBlobs]) {
    const done = await step(needs, decision, isToGoOn);
    if (!done.ok) return done;
  }
  await store.finish(decision, clock.now());
  const progress = await store.progress(decision);
  if (progress === undefined) return failed(nothingPlanned);
  log.info("an erasure is finished", { decision, versions: progress.versions, blobs: progress.blobs.done });
  return ok(progress);
}

type Step = (needs: ErasuresNeeds, decision: string, isToGoOn: () => Promise<Result<void>>) => Promise<Result<void>>;

const eraseStudies: Step = async ({ store, eraseStudy }, decision, isToGoOn) => {
  for (const study of await store.studiesLeft(decision)) {
    const on = await isToGoOn();
    if (!on.ok) return on;
    const images = await eraseStudy(study);
    if (!images.ok) return images;
    await store.studyGone(decision, study, images.value);
  }
  return ok(undefined);
};

const blankDocuments: Step = async ({ store, kinds }, decision, isToGoOn) => {
  const known = new Map(kinds.map((definition) => [definition.kind, definition]));
  const termsOf: TermsOf = (kind, body) => known.get(kind)?.index(JSON.parse(body)).terms ?? [];
  for (;;) {
    const keys = await store.documentsLeft(decision, limits.erasureDocumentsAtOnce);
    if (keys.length === 0) return ok(undefined);
    const on = await isToGoOn();
    if (!on.ok) return on;
    const [standing] = await store.blank(decision, keys, termsOf);
    if (standing !== undefined) return failed(notDeleted(standing));
  }
};

/** Somebody may be storing the very same content as it goes: see decision 0020. */
const removeBlobs: Step = async ({ store, blobs }, decision, isToGoOn) => {
  const beforeAny = await isToGoOn();
  if (!beforeAny.ok) return beforeAny;
  const gone: readonly BlobHash[] = await store.takeBlobs(decision);
  for (let start = 0; start < gone.length; start += limits.erasureDocumentsAtOnce) {
    const on = await isToGoOn();
    if (!on.ok) return on;
    const some = gone.slice(start, start + limits.erasureDocumentsAtOnce);
    for (const hash of some) await blobs.remove(hash);
    await store.blobsGone(decision, some);
  }
  return ok(undefined);
};

async function attempt<T>(work: () => Promise<T>): Promise<Result<T>> {
  try {
    return ok(await work());
  } catch (cause) {
    return failed(
      unavailable("erasure-unavailable", "What is to be erased cannot be reached at the moment.", { cause }),
    );
  }
}

function notDeleted(key: Key) {
  return conflict("not-deleted", `${keyText(key)} is there: only what is deleted can be erased.`);
}

const nothingPlanned = conflict("erasure-unknown", "Nothing was planned by this decision.");

import { busy, type Clock, failed, fault, type Log, limits, notFound, ok, type Result } from "#kernel";
import { type BlobHash, type OpenBlob, type SearchConcepts, type StreamedBlobs, withConcepts } from "#record";
import { attempt } from "./attempt.ts";
import type { DuplicatePolicy } from "./duplicate-policy.ts";
import type { ImageIndex, ImageScope } from "./image-index.ts";
import type { ImageQuery } from "./image-query.ts";
import type { ImageArchive, Images } from "./images.ts";
import { IndexCommitter } from "./ingest/index-committer.ts";
import { type Arrival, type ImageReceiver, type Received, receiver } from "./ingest/receiver.ts";
import { dropTwin, showTwin } from "./twins.ts";

export interface ImagesNeeds {
  readonly index: ImageIndex;
  readonly blobs: StreamedBlobs;
  readonly clock: Clock;
  readonly log: Log;
  /** Another process may have the archive open: what it has on its way is left alone. */
  readonly isGuest?: boolean;
  /** What becomes of another object under a UID that is there, from this sender; left out, `keep-both`. */
  readonly duplicates?: (source: string) => Promise<DuplicatePolicy>;
  /** Asked at each search, as in the record. */
  readonly concepts?: () => SearchConcepts | undefined;
}

export interface OpenedImages extends ImageArchive {
  /** The same, of which only the studies in this scope are seen. Taking in is not narrowed. */
  within(scope: ImageScope): Images;
}

/**
 * The archive of images. What an earlier process finished and never indexed is taken away first, so that every file is one
 * that the index names.
 */
export async function openImages(needs: ImagesNeeds): Promise<OpenedImages> {
  const { index, blobs } = needs;
  if (needs.isGuest !== true) await sweep(needs);
  const all = imagesWithin(needs, { is: "all" }, new Receivers(needs));
  return {
    ...all,
    within: (scope) => ({ ...imagesWithin(needs, scope, undefined), receive: all.receive }),
    changed: index.changed,
    twins: () => attempt(() => index.twins(limits.imageTwinsListedMax)),
    dropTwin: async (twin) => present(await attempt(() => dropTwin(needs, twin)), "object kept aside"),
    relate: (study, relation) => attempt(() => index.relate(study, relation)),
    overlay: async (address, edit) =>
      present(await attempt(() => index.overlay(address, edit)), "study, series or object"),
    hide: (address, code) => attempt(() => index.hide(address, code)),
    hidden: (study) => attempt(() => index.hidden(limits.imageHiddenListedMax, study)),
    showTwin: (twin) => showTwin(needs, twin),
    arrivals: (since) => attempt(() => index.arrivals(since)),
    lastCheck: () => attempt(() => index.lastCheck()),
    remove: (address) =>
      attempt(async () => {
        for (const blob of await index.remove(address)) await blobs.remove(blob);
      }),
    statistics: () => attempt(() => index.statistics()),
  };
}

function imagesWithin(needs: ImagesNeeds, scope: ImageScope, receivers: Receivers | undefined): Images {
  const { index } = needs;
  const seen = async <T>(work: (scope: ImageScope) => Promise<T>): Promise<Result<T>> => {
    if (scope.is === "all") return attempt(() => work(scope));
    const all = await withConcepts(scope.all, needs.concepts?.());
    return all.ok ? attempt(() => work({ ...scope, all: all.value })) : all;
  };
  return {
    receive: async (arrival) => receivers?.receive(arrival) ?? failed(noReceivers),
    find: (query) => seen((known) => index.find(bounded(query), known)),
    count: (query) => seen((known) => index.count(query, known)),
    instances: (question) => {
      const limit = Math.min(question.limit, limits.imageInstancesPageMax);
      return seen((known) => index.instances({ ...question, limit }, known));
    },
    open: (blob) => openBlob(needs, blob),
  };
}

const noReceivers = fault("images-not-received-here", "Something went wrong in Corridor.");

function bounded(query: ImageQuery): ImageQuery {
  return { ...query, limit: Math.min(query.limit, limits.imageRowsMax) };
}

/** Objects being received, of which there is a bound. */
class Receivers {
  readonly #needs: ImagesNeeds;
  readonly #committer: IndexCommitter;
  #open = 0;

  constructor(needs: ImagesNeeds) {
    this.#needs = needs;
    this.#committer = new IndexCommitter(needs.index);
  }

  /** What was not taken is counted; that it could not be counted changes nothing for the sender. */
  async #noted(received: Result<Received>, { source }: Arrival): Promise<Result<Received>> {
    if (received.ok) return received;
    const { index, clock, log } = this.#needs;
    const [{ code, message }] = received.problems;
    await index
      .noteRefusal({ source, code, message, at: clock.now() })
      .catch((error: unknown) => log.warn("a refused image could not be counted", { error: String(error) }));
    return received;
  }

  receive(arrival: Arrival): Result<ImageReceiver> {
    if (this.#open >= limits.imagesReceivingMax)
      return failed(busy("images-receiving-full", "Too many objects are being received. Send it again in a moment."));
    this.#open += 1;
    const { duplicates = async () => "keep-both" as const } = this.#needs;
    const own = receiver({ ...this.#needs, duplicates, committer: this.#committer }, arrival);
    const once = () => {
      this.#open -= 1;
    };
    let isOver = false;
    const over = async <T>(work: Promise<T>): Promise<T> => {
      try {
        return await work;
      } finally {
        if (!isOver) once();
        isOver = true;
      }
    };
    return ok({
      write: (pieces) => own.write(pieces),
      finish: () => over(own.finish().then((received) => this.#noted(received, arrival))),
      abandon: () => over(own.abandon()),
    });
  }
}

async function openBlob({ blobs, log }: ImagesNeeds, hash: BlobHash): Promise<Result<OpenBlob>> {
  const opened = await attempt(() => blobs.open(hash));
  if (!opened.ok) return opened;
  if (opened.value !== undefined) return ok(opened.value);
  log.error("an image that the index names is gone", { blob: hash });
  return failed(
    fault("image-gone", "The object is in the index, and its bytes are gone. `corridor verify` names all such."),
  );
}

async function sweep({ index, blobs, log }: ImagesNeeds): Promise<void> {
  for await (const { hash, settle } of blobs.unsettled()) {
    const named = await index.named([hash]);
    if (!named.has(hash)) {
      await blobs.remove(hash);
      log.info("an image that was not acknowledged when Corridor stopped was taken away", { blob: hash });
    }
    await settle();
  }
}

function present(found: Result<boolean>, what: string): Result<void> {
  if (!found.ok) return found;
  return found.value ? ok(undefined) : failed(notFound("image-not-found", `There is no such ${what}.`));
}

import { cache, imageLoader } from "@cornerstonejs/core";
import { ahead } from "./load-options.ts";

/** Pictures of one pane, read ahead. */
export interface Wanted {
  readonly imageIds: readonly string[];
  readonly index: number;
  /** 1 when the reader last went on, −1 when back. */
  readonly direction: 1 | -1;
}

export interface Prefetch {
  /** What a pane shows now; the nearest pictures come first, those ahead before those behind. */
  want(pane: number, wanted: Wanted | undefined): void;
  close(): void;
}

/** A browser has six connections to an address: those that are left are for what the reader waits for. */
const requestsMax = 4;

interface Progress {
  /** How many pictures of a pane are in memory. */
  onLoaded(pane: number, loaded: number): void;
  readonly bytesMax: number;
}

/** Reads pictures ahead of their being looked at, of all panes in turn, and no more of them than memory holds. */
export function openPrefetch({ onLoaded, bytesMax }: Progress): Prefetch {
  const panes = new Map<number, Wanted>();
  const failed = new Set<string>();
  let running = 0;
  let turn = 0;
  let isOpen = true;

  const go = () => {
    while (isOpen && running < requestsMax) {
      const next = nextOf([...panes.entries()], turn++, { failed, bytesMax });
      if (next === undefined) return;
      running++;
      void load(next.imageId)
        .catch(() => failed.add(next.imageId))
        .then(() => {
          running--;
          tell(next.pane);
          go();
        });
    }
  };
  const tell = (pane: number) => {
    const wanted = panes.get(pane);
    if (!isOpen || wanted === undefined) return;
    const loaded = wanted.imageIds.filter(isLoaded).length;
    const step = Math.max(1, Math.floor(wanted.imageIds.length / 40));
    // A page that is drawn again for each of a thousand pictures has no time for them.
    if (loaded === wanted.imageIds.length || loaded % step === 0) onLoaded(pane, loaded);
  };
  return {
    want(pane, wanted) {
      if (wanted === undefined) panes.delete(pane);
      else panes.set(pane, wanted);
      tell(pane);
      go();
    },
    close() {
      isOpen = false;
      panes.clear();
    },
  };
}

const asked = new Set<string>();

async function load(imageId: string): Promise<void> {
  asked.add(imageId);
  try {
    await imageLoader.loadAndCacheImage(imageId, ahead());
  } finally {
    asked.delete(imageId);
  }
}

function isLoaded(imageId: string): boolean {
  return cache.getImage(imageId) !== undefined;
}

interface Bounds {
  readonly failed: ReadonlySet<string>;
  readonly bytesMax: number;
}

function nextOf(panes: readonly (readonly [number, Wanted])[], turn: number, bounds: Bounds) {
  const share = bounds.bytesMax / Math.max(1, panes.length);
  for (let offset = 0; offset < panes.length; offset++) {
    const entry = panes[(turn + offset) % panes.length];
    if (entry === undefined) continue;
    const imageId = nearestMissing(entry[1], { ...bounds, bytesMax: share });
    if (imageId !== undefined) return { pane: entry[0], imageId };
  }
  return undefined;
}

/** The nearest picture that is missing: twice as many ahead as behind, and no more than memory holds. */
function nearestMissing({ imageIds, index, direction }: Wanted, { failed, bytesMax }: Bounds): string | undefined {
  const reach = imagesFor(imageIds[index], bytesMax);
  const isWhole = reach >= imageIds.length;
  const aheadMax = isWhole ? imageIds.length : Math.floor((reach * 2) / 3);
  const behindMax = isWhole ? imageIds.length : Math.floor(reach / 3);
  const isMissing = (id: string | undefined): id is string =>
    id !== undefined && !isLoaded(id) && !asked.has(id) && !failed.has(id);
  for (let step = 1; step <= Math.max(aheadMax, behindMax * 2); step++) {
    const ahead = step <= aheadMax ? imageIds[index + direction * step] : undefined;
    if (isMissing(ahead)) return ahead;
    const behind = step % 2 === 0 && step / 2 <= behindMax ? imageIds[index - (direction * step) / 2] : undefined;
    if (isMissing(behind)) return behind;
  }
  return undefined;
}

/** How many pictures as large as this one fit; one for a picture that is not there yet. */
function imagesFor(imageId: string | undefined, bytesMax: number): number {
  const bytes = imageId === undefined ? undefined : cache.getImage(imageId)?.sizeInBytes;
  return bytes === undefined || bytes === 0 ? 1 : Math.floor((bytesMax * 0.9) / bytes);
}

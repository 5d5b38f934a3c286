import type { JsonDataSet } from "../dicomweb/attributes.ts";
import type { Series } from "../dicomweb/series.ts";
import { goTo } from "../engine/gestures.ts";
import { nearestImage } from "../engine/image-values.ts";
import { fetchOutline } from "../outlines/fetch-outlines.ts";
import { middleOf, type Outline } from "../outlines/outline.ts";
import { setPane } from "../state/viewer-state.ts";
import type { Desk } from "./desk-context.ts";
import { messageOf } from "./message-of.ts";

interface Opening extends Pick<Desk, "store" | "box" | "stackFor" | "series"> {
  instancesFor(series: Series): Promise<readonly JsonDataSet[]>;
}

/**
 * Lays a segmentation or structure set over its images, which are opened where the pane does not show them. Without its images a
 * segmentation is shown as it is, and a structure set says what is missing.
 */
export async function openOutline(opening: Opening, one: Series, pane: number): Promise<void> {
  const { store, box, stackFor } = opening;
  const before = store.get().panes[pane];
  setPane(store, pane, { paper: undefined, ...(before?.stack === undefined ? { status: "loading" } : {}) });
  try {
    const outlines = await Promise.all((await opening.instancesFor(one)).map(fetchOutline));
    const images = imagesOf(opening, outlines);
    if (images === undefined) return await showBare(opening, one, pane);
    const isOpen = before?.stack?.id === images.uid && before.status === "shown";
    if (!isOpen) await box.show(pane, await stackFor(images));
    lay(opening, outlines);
    goToMiddle(opening, outlines, pane);
  } catch (error) {
    setPane(store, pane, { status: "failed", problem: messageOf(error) });
  }
}

/** The series that most was marked out on; of several, the first of the study. */
function imagesOf({ series }: Opening, outlines: readonly Outline[]): Series | undefined {
  const named = new Set(outlines.flatMap(({ imageSeries }) => imageSeries));
  return series.find(({ uid, kind }) => kind === "images" && named.has(uid));
}

async function showBare({ store, box, stackFor }: Opening, one: Series, pane: number): Promise<void> {
  const stack = await stackFor(one);
  if (stack.frames.length > 0) await box.show(pane, stack);
  else setPane(store, pane, { paper: one, status: "empty" });
}

/** In the place of what was there of them before. */
function lay({ store }: Opening, outlines: readonly Outline[]): void {
  const ids = new Set(outlines.map(({ id }) => id));
  const opened = outlines.map((outline) => ({ outline, hidden: new Set<number>() }));
  store.set((state) => ({
    ...state,
    areOutlinesShown: true,
    outlines: [...state.outlines.filter(({ outline }) => !ids.has(outline.id)), ...opened],
  }));
}

function goToMiddle({ box }: Opening, outlines: readonly Outline[], pane: number): void {
  const point = outlines
    .flatMap((outline) => outline.regions.map(({ number }) => middleOf(outline, number)))
    .find((place) => place !== undefined);
  const index = point === undefined ? undefined : nearestImage(box.imageIds(pane), point);
  const viewport = box.viewport(pane);
  if (index !== undefined && viewport !== undefined) goTo(viewport, index);
}

import type { StackViewport } from "@cornerstonejs/core";
import { cutImageIds } from "../engine/cut-loader.ts";
import { eraseSelected } from "../engine/drawn.ts";
import * as gestures from "../engine/gestures.ts";
import { nearestImage } from "../engine/image-values.ts";
import { evidenceOfFrame, keyOfFrame } from "../stack/frame.ts";
import type { Vector } from "../stack/vector.ts";
import {
  emptyPane,
  isUnsaved,
  type Layout,
  type OpenOutline,
  paneCounts,
  type Saving,
  setPane,
  type Tilt,
  type ToolName,
} from "../state/viewer-state.ts";
import type { Desk } from "./desk-context.ts";
import { messageOf } from "./message-of.ts";
import { presetsOf } from "./presets.ts";

/** What buttons and keys do, on the active pane. */

function withViewport(desk: Desk, act: (viewport: StackViewport) => void): void {
  const { active, panes } = desk.store.get();
  const viewport = desk.box.viewport(active);
  if (viewport !== undefined && panes[active]?.stack !== undefined) act(viewport);
}

export const invert = (desk: Desk) => withViewport(desk, gestures.invert);
export const flipAcross = (desk: Desk) => withViewport(desk, (viewport) => gestures.flip(viewport, "across"));
export const flipDown = (desk: Desk) => withViewport(desk, (viewport) => gestures.flip(viewport, "down"));
export const rotate = (desk: Desk) => withViewport(desk, gestures.rotate);
export const reset = (desk: Desk) => withViewport(desk, gestures.reset);
export const zoom = (desk: Desk, factor: number) => withViewport(desk, (viewport) => gestures.zoomBy(viewport, factor));
export const move = (desk: Desk, by: readonly [number, number]) =>
  withViewport(desk, (viewport) => gestures.moveBy(viewport, by));

export function goTo(desk: Desk, index: number): void {
  withViewport(desk, (viewport) => gestures.goTo(viewport, index));
}

export function goBy(desk: Desk, images: number): void {
  withViewport(desk, (viewport) => gestures.goTo(viewport, viewport.getTargetImageIdIndex() + images));
}

/** The number of a preset, counted from 1; 0 is the image's own window. */
export function chooseWindow(desk: Desk, number: number): void {
  const { active, panes } = desk.store.get();
  const preset = presetsOf(panes[active]?.stack?.series.modality)[number - 1];
  if (number === 0) withViewport(desk, gestures.setOwnWindow);
  else if (preset !== undefined) withViewport(desk, (viewport) => gestures.setWindow(viewport, preset));
}

export function chooseTool({ store, box }: Desk, tool: ToolName): void {
  store.set((state) => ({ ...state, tool }));
  box.tools.choose(tool);
}

export function chooseLayout({ store, box }: Desk, layout: Layout): void {
  const count = paneCounts[layout];
  for (let pane = count; pane < 4; pane++) if (store.get().panes[pane]?.stack !== undefined) box.clear(pane);
  store.set((state) => ({
    ...state,
    layout,
    active: Math.min(state.active, count - 1),
    panes: state.panes.map((pane, index) => (index < count ? pane : emptyPane)),
  }));
}

export function choosePane({ store }: Desk, active: number): void {
  store.set((state) => (state.active === active ? state : { ...state, active }));
}

export function nextPane(desk: Desk, step: 1 | -1): void {
  const { active, layout } = desk.store.get();
  const count = paneCounts[layout];
  choosePane(desk, (active + step + count) % count);
}

export function toggleWords({ store }: Desk): void {
  store.set((state) => ({ ...state, areWordsShown: !state.areWordsShown }));
}

export function toggleLink({ store }: Desk): void {
  store.set((state) => ({ ...state, isLinked: !state.isLinked }));
}

export function togglePlay({ store }: Desk): void {
  const { active, panes } = store.get();
  const pane = panes[active];
  if (pane?.stack !== undefined && pane.count > 1) setPane(store, active, { isPlaying: !pane.isPlaying });
}

export const speedMax = 60;

export function setSpeed({ store }: Desk, framesPerSecond: number): void {
  setPane(store, store.get().active, { framesPerSecond: Math.min(speedMax, Math.max(1, framesPerSecond)) });
}

export function changeSpeed(desk: Desk, by: number): void {
  const { active, panes } = desk.store.get();
  setSpeed(desk, (panes[active]?.framesPerSecond ?? 15) + by);
}

/** Marks the image that is shown as a key image, or takes the mark away. */
export function toggleKeyImage({ store, box, study }: Desk): void {
  const { active, panes } = store.get();
  const pane = panes[active];
  const frame = pane?.cut === "acquired" ? pane.stack?.frames[pane.index] : undefined;
  if (frame === undefined || box.viewport(active) === undefined) return;
  // A selection of key images is of one study.
  if (pane?.stack?.series.studyUid !== study.uid) return;
  const key = keyOfFrame(frame);
  store.set((state) => {
    const keyImages = new Set(state.keyImages);
    if (!keyImages.delete(key)) keyImages.add(key);
    const marked = new Map(state.marked).set(key, evidenceOfFrame(frame));
    return { ...state, keyImages, marked, areMarksChanged: true };
  });
}

export function eraseChosen(desk: Desk): void {
  if (eraseSelected() > 0) redraw(desk);
}

export function toggleOutlines({ store }: Desk): void {
  store.set((state) => ({ ...state, areOutlinesShown: !state.areOutlinesShown }));
}

export function toggleRegion({ store }: Desk, id: string, region: number): void {
  const toggled = (open: OpenOutline): OpenOutline => {
    const hidden = new Set(open.hidden);
    if (!hidden.delete(region)) hidden.add(region);
    return { ...open, hidden };
  };
  store.set((state) => ({
    ...state,
    outlines: state.outlines.map((open) => (open.outline.id === id ? toggled(open) : open)),
  }));
}

export function closeOutline({ store }: Desk, id: string): void {
  store.set((state) => ({ ...state, outlines: state.outlines.filter(({ outline }) => outline.id !== id) }));
}

/** Shows the image of the active pane that lies nearest to a point. */
export function goToPoint(desk: Desk, point: Vector): void {
  const index = nearestImage(desk.box.imageIds(desk.store.get().active), point);
  if (index !== undefined) goTo(desk, index);
}

/** Draws every pane again, as what lies over its image is another. */
export function redraw({ store, box }: Desk): void {
  for (const pane of store.get().panes.keys()) box.viewport(pane)?.render();
}

/** Writes what was measured and marked into the archive, and tells how that went. */
export async function save({ store, save: write }: Desk): Promise<void> {
  if (!isUnsaved(store.get()) || store.get().saving.is === "saving") return;
  store.set((state) => ({ ...state, saving: { is: "saving" } }));
  const saving = await write().then(
    (): Saving => ({ is: "saved" }),
    (error: unknown): Saving => ({ is: "failed", message: messageOf(error) }),
  );
  store.set((state) => ({ ...state, saving }));
}

/** The series before or after the one that is shown. */
export function nextSeries(desk: Desk, step: 1 | -1): void {
  const { active, panes } = desk.store.get();
  const pane = panes[active];
  const current = (pane?.paper ?? pane?.stack?.series)?.uid;
  const at = desk.series.findIndex(({ uid }) => uid === current);
  const next = desk.series[at + step];
  if (next !== undefined) void desk.open(next);
}

/** Turns the cut of the active pane about the middle of its volume; place and window stay. */
export async function tiltCut({ store, box }: Desk, tilt: Tilt): Promise<void> {
  const { active: pane } = store.get();
  const { stack, cut, index, count } = store.get().panes[pane] ?? emptyPane;
  const viewport = box.viewport(pane);
  if (stack?.volume === undefined || cut === "acquired" || viewport === undefined) return;
  const { voiRange, invert: isInverted } = viewport.getProperties();
  const before = index - (count - 1) / 2;
  const after = (cutImageIds(stack, cut, tilt).length - 1) / 2 + before;
  await box.show(pane, stack, { cut, tilt, index: Math.max(0, Math.round(after)) });
  if (voiRange !== undefined) viewport.setProperties({ voiRange, invert: isInverted === true });
  viewport.render();
}

/** The three cuts of the volume that is shown, beside the images as they were acquired; and back again. */
export async function toggleCuts(desk: Desk): Promise<void> {
  const { active, panes } = desk.store.get();
  const stack = panes[active]?.stack;
  if (stack === undefined) return;
  if (panes.some(({ cut }) => cut !== "acquired")) {
    const index = panes.find((pane) => pane.stack?.id === stack.id && pane.cut === "acquired")?.index ?? 0;
    chooseLayout(desk, "1x1");
    await desk.box.show(0, stack, { index });
    return;
  }
  const index = panes[active]?.index ?? 0;
  chooseLayout(desk, "2x2");
  await Promise.all([
    desk.box.show(0, stack, { cut: "axial", index: "middle" }),
    desk.box.show(1, stack, { cut: "sagittal", index: "middle" }),
    desk.box.show(2, stack, { cut: "coronal", index: "middle" }),
    desk.box.show(3, stack, { index }),
  ]);
}

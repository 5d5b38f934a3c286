import { type StackViewport, utilities } from "@cornerstonejs/core";

/** What buttons and keys do to the picture of a pane. */

export function setWindow(viewport: StackViewport, { centre, width }: { centre: number; width: number }): void {
  const { lower, upper } = utilities.windowLevel.toLowHighRange(width, centre);
  viewport.setProperties({ voiRange: { lower, upper } });
  viewport.render();
}

/** The window that the image itself, or its values, ask for. */
export function setOwnWindow(viewport: StackViewport): void {
  const { invert = false } = viewport.getProperties();
  viewport.resetProperties();
  viewport.setProperties({ invert });
  viewport.render();
}

export function invert(viewport: StackViewport): void {
  viewport.setProperties({ invert: viewport.getProperties().invert !== true });
  viewport.render();
}

export function flip(viewport: StackViewport, axis: "across" | "down"): void {
  const { flipHorizontal = false, flipVertical = false } = viewport.getCamera();
  viewport.setCamera(axis === "across" ? { flipHorizontal: !flipHorizontal } : { flipVertical: !flipVertical });
  viewport.render();
}

/** By a quarter, clockwise. */
export function rotate(viewport: StackViewport): void {
  const rotation = (Math.round(viewport.getRotation()) + 90) % 360;
  viewport.setViewPresentation({ rotation });
  viewport.render();
}

export function zoomBy(viewport: StackViewport, factor: number): void {
  viewport.setZoom(Math.min(40, Math.max(0.1, viewport.getZoom() * factor)));
  viewport.render();
}

/** Moves the picture by pixels of the screen. */
export function moveBy(viewport: StackViewport, [x, y]: readonly [number, number]): void {
  const [from, to] = [viewport.canvasToWorld([0, 0]), viewport.canvasToWorld([x, y])];
  const { focalPoint, position } = viewport.getCamera();
  const moved = (point: readonly number[] | undefined): [number, number, number] => [
    (point?.[0] ?? 0) - (to[0] - from[0]),
    (point?.[1] ?? 0) - (to[1] - from[1]),
    (point?.[2] ?? 0) - (to[2] - from[2]),
  ];
  viewport.setCamera({ focalPoint: moved(focalPoint), position: moved(position) });
  viewport.render();
}

/** As it was when it was opened: whole, upright, in its own window. */
export function reset(viewport: StackViewport): void {
  viewport.setViewPresentation({ rotation: 0 });
  viewport.setCamera({ flipHorizontal: false, flipVertical: false });
  viewport.resetCamera();
  viewport.resetProperties();
  viewport.render();
}

export function goTo(viewport: StackViewport, index: number): void {
  const target = Math.min(viewport.getImageIds().length - 1, Math.max(0, index));
  viewport.scroll(target - viewport.getTargetImageIdIndex());
}

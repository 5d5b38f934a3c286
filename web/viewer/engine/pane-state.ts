import { cache, type StackViewport } from "@cornerstonejs/core";
import { directionLetters } from "../stack/orientation.ts";
import { minus, type Vector } from "../stack/vector.ts";
import type { Pane } from "../state/viewer-state.ts";
import { planeOfImage } from "./image-values.ts";

/** What a pane shows now, as its buttons and words tell it. */
export function paneStateOf(viewport: StackViewport): Partial<Pane> {
  const camera = viewport.getCamera();
  const { voiRange, invert } = viewport.getProperties();
  const image = viewport.getCornerstoneImage();
  return {
    index: viewport.getCurrentImageIdIndex(),
    window: image?.color === true ? undefined : windowOf(voiRange),
    zoom: round(viewport.getZoom()),
    isInverted: invert === true,
    isFlippedAcross: camera.flipHorizontal === true,
    isFlippedDown: camera.flipVertical === true,
    rotation: Math.round(viewport.getRotation()),
    edges: edgesOf(viewport),
  };
}

/** Cornerstone has none, or null, until the first image is there. */
function windowOf(range: { readonly lower: number; readonly upper: number } | null | undefined) {
  if (range === undefined || range === null) return undefined;
  // Source: PS3.3 C.11.2.1.2.1, where a window of width w and centre c ends half a value before c + w/2.
  return { centre: Math.round((range.upper + range.lower + 1) / 2), width: Math.round(range.upper - range.lower + 1) };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

/** In which directions of the patient the right and the lower edge lie. */
function edgesOf(viewport: StackViewport): Pane["edges"] {
  const imageId = viewport.getCurrentImageId();
  if (imageId === undefined || !knowsWhereItLies(imageId) || cache.getImage(imageId) === undefined) return undefined;
  const { clientWidth, clientHeight } = viewport.element;
  const at = (x: number, y: number): Vector => {
    const [px, py, pz] = viewport.canvasToWorld([x, y]);
    return [px, py, pz];
  };
  const across = minus(at(clientWidth, 0), at(0, 0));
  const down = minus(at(0, clientHeight), at(0, 0));
  return { right: directionLetters(ofLengthOne(across)), bottom: directionLetters(ofLengthOne(down)) };
}

function knowsWhereItLies(imageId: string): boolean {
  const plane = planeOfImage(imageId);
  // Cornerstone lays what does not know into this place.
  const isDefault = plane?.across[0] === 1 && plane.down[1] === 1 && plane.origin.every((part) => part === 0);
  return plane !== undefined && !isDefault;
}

function ofLengthOne(a: Vector): Vector {
  const length = Math.hypot(...a) || 1;
  return [a[0] / length, a[1] / length, a[2] / length];
}

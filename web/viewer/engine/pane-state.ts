import { cache, type StackViewport } from "@cornerstonejs/core";
import { textOf, textsOf } from "../dicomweb/attributes.ts";
import { directionLetters, oppositeLetters } from "../stack/orientation.ts";
import { minus, ofLengthOne, type Vector } from "../stack/vector.ts";
import type { Pane } from "../state/viewer-state.ts";
import { instanceOf } from "./frame-metadata.ts";
import { planeOfImage } from "./image-values.ts";
import { isDrawnByServer } from "./server-picture.ts";

/** What a pane shows now, as its buttons and words tell it. */
export function paneStateOf(viewport: StackViewport): Partial<Pane> {
  const camera = viewport.getCamera();
  const { voiRange, invert } = viewport.getProperties();
  const image = viewport.getCornerstoneImage();
  const imageId = viewport.getCurrentImageId() ?? "";
  return {
    index: viewport.getCurrentImageIdIndex(),
    window: image?.color === true ? undefined : windowOf(voiRange),
    zoom: magnificationOf(viewport),
    isInverted: (invert === true) !== isMadeInverted(imageId),
    isDrawnByServer: isDrawnByServer(imageId),
    isFlippedAcross: camera.flipHorizontal === true,
    isFlippedDown: camera.flipVertical === true,
    rotation: Math.round(viewport.getRotation()),
    edges: edgesOf(viewport),
  };
}

/** Of these, low values are light as they are. Source: PS3.3 C.7.6.3.1.2. */
function isMadeInverted(imageId: string): boolean {
  return textOf(instanceOf(imageId) ?? {}, "00280004") === "MONOCHROME1";
}

/** Cornerstone has none, or null, until the first image is there. */
function windowOf(range: { readonly lower: number; readonly upper: number } | null | undefined) {
  if (range === undefined || range === null) return undefined;
  // Source: PS3.3 C.11.2.1.2.1, where a window of width w and centre c ends half a value before c + w/2.
  return { centre: Math.round((range.upper + range.lower + 1) / 2), width: Math.round(range.upper - range.lower + 1) };
}

/** How many pixels of the screen a pixel of the image has, rounded to hundredths. */
function magnificationOf(viewport: StackViewport): number {
  const plane = planeOfImage(viewport.getCurrentImageId() ?? "");
  if (plane === undefined || viewport.getCornerstoneImage() === undefined) return 1;
  const screenPx = 100;
  const worldMm = Math.hypot(...minus(pointAt(viewport, screenPx, 0), pointAt(viewport, 0, 0)));
  return worldMm === 0 ? 1 : Math.round((plane.columnMm * screenPx * 100) / worldMm) / 100;
}

/** Where a place of the pane lies in the patient. */
function pointAt(viewport: StackViewport, x: number, y: number): Vector {
  const [px, py, pz] = viewport.canvasToWorld([x, y]);
  return [px, py, pz];
}

/** In which directions of the patient the right and the lower edge lie. */
function edgesOf(viewport: StackViewport): Pane["edges"] {
  const imageId = viewport.getCurrentImageId();
  if (imageId === undefined || cache.getImage(imageId) === undefined) return undefined;
  const { clientWidth, clientHeight } = viewport.element;
  const across = minus(pointAt(viewport, clientWidth, 0), pointAt(viewport, 0, 0));
  const down = minus(pointAt(viewport, 0, clientHeight), pointAt(viewport, 0, 0));
  if (!knowsWhereItLies(imageId)) return toldEdges(imageId, { across, down });
  return { right: directionLetters(ofLengthOne(across)), bottom: directionLetters(ofLengthOne(down)) };
}

/** Of a projection, which says only where its rows and columns lead. Source: PS3.3 C.7.6.1.1.1 (Patient Orientation). */
function toldEdges(
  imageId: string,
  { across, down }: { readonly across: Vector; readonly down: Vector },
): Pane["edges"] {
  const [row, column] = textsOf(instanceOf(imageId) ?? {}, "00200020");
  if (row === undefined || column === undefined) return undefined;
  const towards = ([x, y]: Vector) => {
    const [letters, part] = Math.abs(x) >= Math.abs(y) ? [row, x] : [column, y];
    return part >= 0 ? letters : oppositeLetters(letters);
  };
  return { right: towards(across), bottom: towards(down) };
}

function knowsWhereItLies(imageId: string): boolean {
  const plane = planeOfImage(imageId);
  // Cornerstone lays what does not know into this place.
  const isDefault = plane?.across[0] === 1 && plane.down[1] === 1 && plane.origin.every((part) => part === 0);
  return plane !== undefined && !isDefault;
}

import type { StackViewport } from "@cornerstonejs/core";
import { contourCrossing, liesOn, maskCrossing, type Segment } from "../outlines/crossing.ts";
import type { Contour, Mask, Outline, Region } from "../outlines/outline.ts";
import { depthOf, isParallel, type Plane, pointAt, thicknessOf } from "../stack/plane.ts";
import { cross, dot, minus, type Vector } from "../stack/vector.ts";
import type { OpenOutline } from "../state/viewer-state.ts";
import { cutStepMm } from "./cut-loader.ts";
import { frameNumberOf, instanceOf } from "./frame-metadata.ts";
import { planeOfImage } from "./image-values.ts";

interface Drawing {
  readonly canvas: CanvasRenderingContext2D;
  readonly viewport: StackViewport;
  readonly imageId: string;
  readonly plane: Plane;
  /** What lies this near to the image belongs to it. */
  readonly nearMm: number;
}

/** Draws what is marked out on the image of a pane, in the colours of its regions, over a canvas as large as the pane. */
export function drawOutlines(
  canvas: CanvasRenderingContext2D,
  viewport: StackViewport,
  outlines: readonly OpenOutline[],
): void {
  const imageId = viewport.getCurrentImageId();
  const plane = imageId === undefined ? undefined : planeOfImage(imageId);
  if (imageId === undefined || plane === undefined || viewport.getCornerstoneImage() === undefined) return;
  const drawing: Drawing = { canvas, viewport, imageId, plane, nearMm: reachOf(viewport, imageId, plane) };
  for (const { outline, hidden } of outlines) {
    if (!isSharedFrame(outline, plane)) continue;
    for (const region of outline.regions) if (!hidden.has(region.number)) drawRegion(drawing, outline, region);
  }
}

/** Coordinates mean the same where both name one frame of reference, or one of them names none. */
function isSharedFrame({ frameOfReference }: Outline, plane: Plane): boolean {
  const other = plane.frameOfReference;
  return frameOfReference === undefined || other === undefined || frameOfReference === other;
}

/** Half of the way to the next image; half of the slice's thickness where there is no next one. */
function reachOf(viewport: StackViewport, imageId: string, plane: Plane): number {
  const cutMm = cutStepMm(imageId);
  if (cutMm !== undefined) return cutMm / 2;
  const ids = viewport.getImageIds();
  const index = viewport.getCurrentImageIdIndex();
  const gaps = [ids[index - 1], ids[index + 1]].flatMap((id) => {
    const next = id === undefined ? undefined : planeOfImage(id);
    return next === undefined ? [] : [Math.abs(dot(minus(next.origin, plane.origin), plane.normal))];
  });
  const gapMm = Math.min(...gaps.filter((gap) => gap > 0));
  if (Number.isFinite(gapMm)) return gapMm / 2 + 1e-3;
  return (thicknessOf(instanceOf(imageId) ?? {}) ?? 1) / 2;
}

function drawRegion(drawing: Drawing, outline: Outline, region: Region): void {
  const contours = outline.contours.filter((contour) => contour.region === region.number);
  const masks = outline.masks.filter((mask) => mask.region === region.number);
  const flat = contours.filter((contour) => liesOn(contour, drawing.plane, drawing.nearMm));
  drawContours(drawing, flat, region);
  for (const mask of masks.filter((one) => liesOnImage(one, drawing))) drawMask(drawing, mask, region);
  const crossings = [
    ...contours.filter((contour) => !flat.includes(contour)).map((one) => contourCrossing(one, drawing.plane)),
    ...masks.map((mask) => maskCrossing(mask, drawing.plane)),
  ].flat();
  if (crossings.length > 0)
    drawCrossings(drawing, crossings, { region, widthMm: slicesApart(contours, masks, drawing) });
}

function drawContours({ canvas, viewport }: Drawing, contours: readonly Contour[], { colour }: Region): void {
  canvas.save();
  canvas.strokeStyle = colour;
  canvas.fillStyle = `${colour}2e`;
  canvas.lineWidth = 2;
  canvas.beginPath();
  for (const { points, kind } of contours) {
    for (const [at, point] of points.entries()) {
      const [x, y] = viewport.worldToCanvas([...point]);
      if (kind === "point") canvas.rect(x - 3, y - 3, 6, 6);
      else if (at === 0) canvas.moveTo(x, y);
      else canvas.lineTo(x, y);
    }
    if (kind === "closed") canvas.closePath();
  }
  // What lies within an inner contour is outside.
  if (contours.some(({ kind }) => kind === "closed")) canvas.fill("evenodd");
  canvas.stroke();
  canvas.restore();
}

function liesOnImage({ plane: own, image }: Mask, { imageId, plane, nearMm }: Drawing): boolean {
  if (own !== undefined)
    return isParallel(own, plane) && Math.abs(depthOf(own, plane.normal) - depthOf(plane, plane.normal)) < nearMm;
  const instance = instanceOf(imageId);
  const isSame = instance?.["00080018"]?.Value?.[0] === image?.sopInstance;
  return isSame && (image?.frameNumber === undefined || image.frameNumber === frameNumberOf(imageId));
}

/** Masks do not change: each is coloured once. */
const coloured = new WeakMap<Mask, OffscreenCanvas>();

function drawMask({ canvas, viewport, plane }: Drawing, mask: Mask, region: Region): void {
  const picture = coloured.get(mask) ?? colouredMask(mask, region);
  coloured.set(mask, picture);
  const own = mask.plane ?? plane;
  const at = (point: Vector) => viewport.worldToCanvas([...point]);
  // A pixel reaches half a pixel to each side of its centre.
  const [[x, y], [rightX, rightY], [belowX, belowY]] = [
    at(pointAt(own, [-0.5, -0.5])),
    at(pointAt(own, [0.5, -0.5])),
    at(pointAt(own, [-0.5, 0.5])),
  ];
  canvas.save();
  canvas.transform(rightX - x, rightY - y, belowX - x, belowY - y, x, y);
  canvas.imageSmoothingEnabled = false;
  canvas.drawImage(picture, 0, 0);
  canvas.restore();
}

const [inner, edge] = [90, 230] as const;

/** A mask in its colour: seen through, with a stronger edge. */
function colouredMask({ columns, rows, shareAt }: Mask, { colour }: Region): OffscreenCanvas {
  const picture = new OffscreenCanvas(columns, rows);
  const image = new ImageData(columns, rows);
  const parts = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
  for (let pixel = 0; pixel < columns * rows; pixel++) {
    const share = shareAt(pixel);
    if (share === 0) continue;
    const column = pixel % columns;
    const isInside =
      column > 0 &&
      column < columns - 1 &&
      pixel >= columns &&
      pixel < columns * (rows - 1) &&
      [pixel - 1, pixel + 1, pixel - columns, pixel + columns].every((next) => shareAt(next) > 0);
    image.data.set([...parts, Math.round((isInside ? inner : edge) * share)], pixel * 4);
  }
  picture.getContext("2d")?.putImageData(image, 0, 0);
  return picture;
}

/** How far the slices of a region lie apart on a plane that runs through them: so thick is a slice there. */
function slicesApart(contours: readonly Contour[], masks: readonly Mask[], { plane }: Drawing): number {
  const origins = masks.map(({ plane }) => plane?.origin);
  const places = [...origins, ...contours.map(({ points }) => points[0])].filter((place) => place !== undefined);
  const normal = masks[0]?.plane?.normal ?? normalOf(contours[0]);
  const depths = [...new Set(places.map((place) => Math.round(dot(place, normal) * 100) / 100))].toSorted(
    (one, other) => one - other,
  );
  const gaps = depths.slice(1).map((depth, at) => depth - (depths[at] ?? 0));
  const gapMm = gaps.toSorted((one, other) => one - other)[Math.floor(gaps.length / 2)] ?? 1;
  return gapMm / Math.max(0.05, Math.hypot(...cross(normal, plane.normal)));
}

/** Along the axis in which the points of a contour do not move. */
function normalOf(contour: Contour | undefined): Vector {
  const [first, ...others] = contour?.points ?? [];
  const moves = ([0, 1, 2] as const).map((axis) =>
    Math.max(0, ...others.map((point) => Math.abs(point[axis] - (first?.[axis] ?? 0)))),
  );
  const still = moves.indexOf(Math.min(...moves));
  return [still === 0 ? 1 : 0, still === 1 ? 1 : 0, still === 2 ? 1 : 0];
}

interface Crossed {
  readonly region: Region;
  readonly widthMm: number;
}

function drawCrossings({ canvas, viewport, plane }: Drawing, segments: readonly Segment[], crossed: Crossed): void {
  const [x, y] = viewport.worldToCanvas([...plane.origin]);
  const [nextX, nextY] = viewport.worldToCanvas([...pointAt(plane, [1, 0])]);
  const screenPxPerMm = Math.hypot(nextX - x, nextY - y) / plane.columnMm;
  canvas.save();
  canvas.strokeStyle = `${crossed.region.colour}66`;
  canvas.lineWidth = Math.max(1, crossed.widthMm * screenPxPerMm);
  canvas.beginPath();
  for (const [from, to] of segments) {
    canvas.moveTo(...(viewport.worldToCanvas([...from]) as [number, number]));
    canvas.lineTo(...(viewport.worldToCanvas([...to]) as [number, number]));
  }
  canvas.stroke();
  canvas.restore();
}

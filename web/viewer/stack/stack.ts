import { itemsOf, type JsonDataSet, numberOf, numbersOf } from "../dicomweb/attributes.ts";
import type { Series } from "../dicomweb/series.ts";
import { type Frame, framesOf } from "./frame.ts";
import { depthOf, isParallel, type Plane } from "./plane.ts";
import { along, dot, minus, type Vector } from "./vector.ts";

/** The pictures of a series in the order in which they are scrolled through. */
export interface Stack {
  /** UID of the series. */
  readonly id: string;
  readonly series: Series;
  readonly frames: readonly Frame[];
  /** How fast its makers mean it to be played; undefined for what is no film. */
  readonly framesPerSecond: number | undefined;
  /** Where its slices lie evenly on top of each other, and can be cut in other directions. */
  readonly volume: VolumeShape | undefined;
}

export interface VolumeShape {
  readonly first: Plane;
  /** From a pixel of a slice to that of the next one: not upright on the slices where the gantry was tilted. */
  readonly step: Vector;
  readonly columns: number;
  readonly rows: number;
  readonly slices: number;
}

/** Ordered by position where the slices are parallel, else by number. */
export function stackOf(series: Series, instances: readonly JsonDataSet[]): Stack {
  const numbered = instances.flatMap(framesOf).toSorted(byNumber);
  const frames = inSpace(numbered) ?? numbered;
  return { id: series.uid, series, frames, framesPerSecond: speedOf(frames), volume: volumeOf(frames) };
}

function byNumber(one: Frame, other: Frame): number {
  const number = (one.instanceNumber ?? Infinity) - (other.instanceNumber ?? Infinity);
  if (number !== 0 && !Number.isNaN(number)) return number;
  return one.sopInstance.localeCompare(other.sopInstance) || one.frameNumber - other.frameNumber;
}

/** Undefined where slices are not parallel, or lie on one another as those of a film do. */
function inSpace(frames: readonly Frame[]): readonly Frame[] | undefined {
  const first = frames[0]?.plane;
  const last = frames.at(-1)?.plane;
  if (first === undefined || last === undefined || frames.length < 2) return undefined;
  const placed = frames.flatMap((frame) =>
    frame.plane === undefined || !isParallel(frame.plane, first)
      ? []
      : [{ frame, depthMm: depthOf(frame.plane, first.normal) }],
  );
  if (placed.length < frames.length) return undefined;
  const direction = Math.sign(depthOf(last, first.normal) - depthOf(first, first.normal));
  if (direction === 0) return undefined;
  const sorted = placed.toSorted((one, other) => direction * (one.depthMm - other.depthMm));
  const isDistinct = sorted.every(
    ({ depthMm }, index) => index === 0 || Math.abs(depthMm - (sorted[index - 1]?.depthMm ?? 0)) > 0.001,
  );
  return isDistinct ? sorted.map(({ frame }) => frame) : undefined;
}

const slicesMin = 8;

/** Undefined for fewer slices than make sense, for uneven gaps, and for what is not grey. */
function volumeOf(frames: readonly Frame[]): VolumeShape | undefined {
  const planes = frames.flatMap(({ plane }) => (plane === undefined ? [] : [plane]));
  const [first, last] = [planes[0], planes.at(-1)];
  const instance = frames[0]?.instance;
  if (planes.length < Math.max(slicesMin, frames.length) || first === undefined || last === undefined) return undefined;
  if (instance === undefined || (numberOf(instance, "00280002") ?? 1) !== 1) return undefined;
  const [rows, columns] = [numberOf(instance, "00280010") ?? 0, numberOf(instance, "00280011") ?? 0];
  const isOneSize = frames.every(
    (frame) => numberOf(frame.instance, "00280010") === rows && numberOf(frame.instance, "00280011") === columns,
  );
  const way = minus(last.origin, first.origin);
  const parts = planes.length - 1;
  const step: Vector = [way[0] / parts, way[1] / parts, way[2] / parts];
  const stepMm = Math.hypot(...step);
  const isEven = planes.every((plane, index) => {
    const offMm = Math.hypot(...minus(plane.origin, along(first.origin, step, index)));
    return offMm < stepMm * 0.15 && isAlike(plane, first);
  });
  // Slices that hardly move across their own plane lie beside each other, not on one another.
  const isStacked = Math.abs(dot(step, first.normal)) > stepMm * 0.5;
  return isOneSize && isEven && isStacked ? { first, step, columns, rows, slices: frames.length } : undefined;
}

/** Turned alike, with pixels of one size. */
function isAlike(one: Plane, other: Plane): boolean {
  const isTurnedAlike = dot(one.across, other.across) > 0.9999 && dot(one.down, other.down) > 0.9999;
  const isSpacedAlike = Math.abs(one.columnMm - other.columnMm) + Math.abs(one.rowMm - other.rowMm) < 0.001;
  return isTurnedAlike && isSpacedAlike;
}

/** Source: PS3.3 C.7.6.5 (Cine): frame time and the rates. */
function speedOf(frames: readonly Frame[]): number | undefined {
  const [first] = frames;
  if (first === undefined || first.frameCount < 2) return undefined;
  const { instance } = first;
  const frameMs = numberOf(instance, "00181063") ?? numbersOf(instance, "00181065")[1];
  const told = numberOf(instance, "00082144") ?? numberOf(instance, "00180040");
  if (told !== undefined && told > 0) return told;
  if (frameMs !== undefined && frameMs > 0) return 1000 / frameMs;
  return itemsOf(instance, "52009230").some((item) => itemsOf(item, "00209113").length > 0) ? undefined : 15;
}

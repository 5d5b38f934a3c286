import { itemsOf, type JsonDataSet, numberOf, numbersOf } from "../dicomweb/attributes.ts";
import type { Series } from "../dicomweb/series.ts";
import { type Frame, framesOf } from "./frame.ts";
import { depthOf, isParallel, type Plane } from "./plane.ts";
import { cross, dot, type Vector } from "./vector.ts";

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
  /** From the first slice to the last. */
  readonly normal: Vector;
  readonly sliceMm: number;
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
  const [first, second] = planes;
  const instance = frames[0]?.instance;
  if (planes.length < Math.max(slicesMin, frames.length) || first === undefined || second === undefined)
    return undefined;
  if (instance === undefined || (numberOf(instance, "00280002") ?? 1) !== 1) return undefined;
  const upright = cross(first.across, first.down);
  const direction = Math.sign(depthOf(second, upright) - depthOf(first, upright));
  const normal: Vector = [upright[0] * direction, upright[1] * direction, upright[2] * direction];
  const depths = planes.map((plane) => dot(plane.origin, normal));
  const sliceMm = ((depths.at(-1) ?? 0) - (depths[0] ?? 0)) / (depths.length - 1);
  const isEven = depths.every((depth, index) => Math.abs(depth - (depths[0] ?? 0) - index * sliceMm) < sliceMm * 0.15);
  const [rows, columns] = [numberOf(instance, "00280010") ?? 0, numberOf(instance, "00280011") ?? 0];
  const isOneSize = frames.every(
    (frame) => numberOf(frame.instance, "00280010") === rows && numberOf(frame.instance, "00280011") === columns,
  );
  if (!isEven || !isOneSize || sliceMm <= 0 || !planes.every((plane) => isParallel(plane, first))) return undefined;
  return { first, normal, sliceMm, columns, rows, slices: frames.length };
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

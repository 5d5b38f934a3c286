import type { Plane } from "../stack/plane.ts";
import type { Vector } from "../stack/vector.ts";

/** What was marked out on images: an organ, a tumour, a target of treatment. */
export interface Region {
  readonly number: number;
  readonly name: string;
  /** `#rrggbb`. */
  readonly colour: string;
}

/** A region on one slice, pixel by pixel. */
export interface Mask {
  /** Number of the region. */
  readonly region: number;
  /** Where it lies; undefined where the object does not say, and it lies on its image. */
  readonly plane: Plane | undefined;
  /** The image that it was made from. */
  readonly image: { readonly sopInstance: string; readonly frameNumber: number | undefined } | undefined;
  readonly columns: number;
  readonly rows: number;
  /** How much of a pixel, counted row after row, belongs to the region: 0 to 1. */
  shareAt(pixel: number): number;
}

/** A line around a region on one slice, or a point of it. */
export interface Contour {
  readonly region: number;
  readonly kind: "closed" | "open" | "point";
  readonly points: readonly Vector[];
}

/** A segmentation or a structure set as it is laid over images. */
export interface Outline {
  /** UID of the instance. */
  readonly id: string;
  readonly name: string;
  readonly frameOfReference: string | undefined;
  /** UIDs of the series whose images it was made on. */
  readonly imageSeries: readonly string[];
  readonly regions: readonly Region[];
  readonly masks: readonly Mask[];
  readonly contours: readonly Contour[];
}

/** A point in the middle slice of a region; undefined for one without a place. */
export function middleOf({ masks, contours }: Outline, region: number): Vector | undefined {
  const ofMasks = masks.filter((mask) => mask.region === region).map(({ plane }) => plane?.origin);
  const ofContours = contours.filter((contour) => contour.region === region).map(({ points }) => points[0]);
  const places = [...ofMasks, ...ofContours].filter((place) => place !== undefined);
  return places[Math.floor(places.length / 2)];
}

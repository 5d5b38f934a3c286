import { type JsonDataSet, numberOf, textOf } from "../dicomweb/attributes.ts";
import { dicomweb } from "../dicomweb/requests.ts";
import type { Evidence } from "../reports/object-head.ts";
import { type Plane, planeOf } from "./plane.ts";

/** One picture of a stack. */
export interface Frame {
  /** How Cornerstone names it: `wadors:` and the address of its pixels. */
  readonly imageId: string;
  readonly instance: JsonDataSet;
  readonly sopClass: string;
  readonly sopInstance: string;
  readonly instanceNumber: number | undefined;
  /** Counted from 1. */
  readonly frameNumber: number;
  readonly frameCount: number;
  readonly plane: Plane | undefined;
}

/** The frames of an instance; none for one without a picture. */
export function framesOf(instance: JsonDataSet): readonly Frame[] {
  const rows = numberOf(instance, "00280010") ?? 0;
  const columns = numberOf(instance, "00280011") ?? 0;
  if (rows * columns === 0) return [];
  const [study, series, sopInstance] = ["0020000D", "0020000E", "00080018"].map((tag) => textOf(instance, tag) ?? "");
  const path = `${dicomweb}/studies/${study}/series/${series}/instances/${sopInstance}/frames`;
  const frameCount = Math.max(1, numberOf(instance, "00280008") ?? 1);
  return Array.from({ length: Math.min(frameCount, framesMax) }, (_, index) => ({
    imageId: `wadors:${path}/${index + 1}`,
    instance,
    sopClass: textOf(instance, "00080016") ?? "",
    sopInstance: sopInstance ?? "",
    instanceNumber: numberOf(instance, "00200013"),
    frameNumber: index + 1,
    frameCount,
    plane: planeOf(instance, index + 1),
  }));
}

/** How a key image is kept: by its instance, with the frame where there are several. */
export function keyOfFrame({ sopInstance, frameCount, frameNumber }: Frame): string {
  return frameCount > 1 ? `${sopInstance}#${frameNumber}` : sopInstance;
}

/** How a document names a frame. */
export function evidenceOfFrame({ instance, sopClass, sopInstance, frameCount, frameNumber }: Frame): Evidence {
  const series = textOf(instance, "0020000E") ?? "";
  return { series, sopClass, sopInstance, ...(frameCount > 1 ? { frameNumber } : {}) };
}

/** More frames of one instance are not listed: a page could not hold them. */
const framesMax = 20_000;

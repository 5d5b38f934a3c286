import { itemsOf, type JsonDataSet, numberOf, numbersOf, textOf } from "../dicomweb/attributes.ts";
import { planeOf } from "../stack/plane.ts";
import { labColour, otherColour } from "./colour.ts";
import type { Mask, Outline, Region } from "./outline.ts";

/** A segmentation, with its pixels as they are without compression. Source: PS3.3 C.8.20. */
export function readSegmentation(instance: JsonDataSet, pixels: Uint8Array): Outline {
  const regions = itemsOf(instance, "00620002").map(regionOf);
  const frames = Math.max(1, numberOf(instance, "00280008") ?? 1);
  const values = valuesOf(instance, pixels);
  const masks = Array.from({ length: frames }, (_, frame) => masksOf(instance, frame, { regions, values })).flat();
  return {
    id: textOf(instance, "00080018") ?? "",
    name: textOf(instance, "0008103E") ?? textOf(instance, "00700080") ?? "Segmentation",
    frameOfReference: textOf(instance, "00200052"),
    imageSeries: itemsOf(instance, "00081115").flatMap((series) => textOf(series, "0020000E") ?? []),
    regions,
    masks,
    contours: [],
  };
}

function regionOf(segment: JsonDataSet, place: number): Region {
  const number = numberOf(segment, "00620004") ?? place + 1;
  const [type] = itemsOf(segment, "0062000F");
  return {
    number,
    name: textOf(segment, "00620005") ?? textOf(type ?? {}, "00080104") ?? `Segment ${number}`,
    colour: labColour(numbersOf(segment, "0062000D")) ?? otherColour(place),
  };
}

/** A value of a pixel by its place among those of all frames, and what stands for the whole of it. */
interface Values {
  readonly type: "BINARY" | "FRACTIONAL" | "LABELMAP";
  readonly whole: number;
  at(pixel: number): number;
}

/** Source: PS3.5 §8.1.1: single bits follow each other from the lowest, across the ends of frames. */
function valuesOf(instance: JsonDataSet, pixels: Uint8Array): Values {
  const told = textOf(instance, "00620001");
  const type = told === "FRACTIONAL" || told === "LABELMAP" ? told : "BINARY";
  const whole = type === "FRACTIONAL" ? (numberOf(instance, "0062000E") ?? 255) : 1;
  const bits = numberOf(instance, "00280100") ?? 1;
  if (bits === 1) return { type, whole, at: (pixel) => ((pixels[pixel >> 3] ?? 0) >> (pixel & 7)) & 1 };
  if (bits === 16) return { type, whole, at: (pixel) => (pixels[pixel * 2] ?? 0) + (pixels[pixel * 2 + 1] ?? 0) * 256 };
  return { type, whole, at: (pixel) => pixels[pixel] ?? 0 };
}

interface Segmented {
  readonly regions: readonly Region[];
  readonly values: Values;
}

function masksOf(instance: JsonDataSet, frame: number, { regions, values }: Segmented): readonly Mask[] {
  const [rows, columns] = [numberOf(instance, "00280010") ?? 0, numberOf(instance, "00280011") ?? 0];
  const [shared] = itemsOf(instance, "52009229");
  const own = itemsOf(instance, "52009230")[frame];
  const group = (tag: string) => itemsOf(own ?? {}, tag)[0] ?? itemsOf(shared ?? {}, tag)[0] ?? {};
  const [source] = itemsOf(group("00089124"), "00082112");
  const sopInstance = textOf(source ?? {}, "00081155");
  const start = frame * rows * columns;
  const mask = (region: number, shareAt: Mask["shareAt"]): Mask => ({
    region,
    plane: planeOf(instance, frame + 1),
    image: sopInstance === undefined ? undefined : { sopInstance, frameNumber: numberOf(source ?? {}, "00081160") },
    columns,
    rows,
    shareAt,
  });
  if (values.type === "LABELMAP")
    return regions.map(({ number }) => mask(number, (pixel) => (values.at(start + pixel) === number ? 1 : 0)));
  const number = numberOf(group("0062000A"), "0062000B") ?? regions[0]?.number ?? 1;
  return [mask(number, (pixel) => Math.min(1, values.at(start + pixel) / values.whole))];
}

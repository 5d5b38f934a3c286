import { failed, incorrect, limits, notFound, ok, type Result } from "#kernel";
import { type DataSet, tagNamed, tags, tagText } from "#standards/dicom";
import type { Display } from "./display.ts";
import { displayOf } from "./display-of.ts";
import type { FrameImage } from "./engine.ts";
import { type Photometric, type PixelLayout, photometrics } from "./layout.ts";

/** What a data set says of its pixels. Plain data. */
export interface Image {
  readonly layout: PixelLayout;
  readonly frames: number;
  /** UID of the transfer syntax. */
  readonly syntax: string;
  /** One for all frames, or one for each. */
  readonly displays: readonly [Display, ...Display[]];
}

/**
 * The image in a data set that was read at least up to its pixel data. Attributes that senders forget are taken to be what they
 * mostly are. Problems: `no-image` (no rows or columns), `image-attribute-incorrect`, `image-too-large`.
 * Source: PS3.3 §C.7.6.3, §C.7.6.6, §C.7.6.16.
 */
export function imageOf(dataSet: DataSet, syntax: string): Result<Image> {
  const rows = dataSet.number("Rows") ?? 0;
  const columns = dataSet.number("Columns") ?? 0;
  if (rows === 0 || columns === 0)
    return failed(incorrect("no-image", "The object has no picture: its rows or columns are missing."));
  const layout = layoutOf(dataSet, { rows, columns, isLittleEndian: syntax !== bigEndian });
  if (!layout.ok) return layout;
  const frames = Math.max(1, Math.trunc(dataSet.number("NumberOfFrames") ?? 1));
  if (frames > limits.imageFramesMax) return failed(tooLarge("NumberOfFrames"));
  if (rows * columns > limits.framePixelsMax) return failed(tooLarge("Rows"));
  return ok({ layout: layout.value, frames, syntax, displays: displaysOf(dataSet, layout.value, frames) });
}

const bigEndian = "1.2.840.10008.1.2.2";

function tooLarge(keyword: string) {
  return incorrect("image-too-large", "The picture has more pixels or frames than Corridor works on.", where(keyword));
}

function where(keyword: string) {
  return { where: tagText(tagNamed(keyword) ?? tags.pixelData) };
}

type Extent = Pick<PixelLayout, "rows" | "columns" | "isLittleEndian">;

const allocations = [1, 8, 16, 32, 64];

function layoutOf(dataSet: DataSet, extent: Extent): Result<PixelLayout> {
  const numbers = numbersOf(dataSet);
  const bitsAllocated = dataSet.number("BitsAllocated") ?? 0;
  const isInteger = numbers === "integer";
  const bitsStored = isInteger ? (dataSet.number("BitsStored") ?? bitsAllocated) : bitsAllocated;
  const highBit = isInteger ? (dataSet.number("HighBit") ?? bitsStored - 1) : bitsAllocated - 1;
  const samplesPerPixel = dataSet.number("SamplesPerPixel") ?? 1;
  const isSound =
    allocations.includes(bitsAllocated) && bitsStored >= 1 && bitsStored <= bitsAllocated && highBit < bitsAllocated;
  if (!isSound || highBit + 1 < bitsStored)
    return failed(
      incorrect("image-attribute-incorrect", "The bits of the pixels make no sense.", where("BitsAllocated")),
    );
  if (samplesPerPixel < 1 || samplesPerPixel > 4)
    return failed(
      incorrect("image-attribute-incorrect", "The samples of a pixel make no sense.", where("SamplesPerPixel")),
    );
  return ok({
    ...extent,
    samplesPerPixel,
    bitsAllocated,
    bitsStored,
    highBit,
    isSigned: !isInteger || dataSet.number("PixelRepresentation") === 1,
    numbers,
    photometric: photometricOf(dataSet, samplesPerPixel),
    isPlanar: samplesPerPixel > 1 && dataSet.number("PlanarConfiguration") === 1,
  });
}

/** Floating point pixels have neither Bits Stored nor a Pixel Representation. Source: PS3.3 §C.7.6.24. */
function numbersOf(dataSet: DataSet): PixelLayout["numbers"] {
  if (dataSet.get(tags.floatPixelData) !== undefined) return "float";
  if (dataSet.get(tags.doubleFloatPixelData) !== undefined) return "double";
  const isPlain = dataSet.get("BitsStored") !== undefined || dataSet.get("PixelRepresentation") !== undefined;
  if (isPlain) return "integer";
  const bits = dataSet.number("BitsAllocated");
  return bits === 32 ? "float" : bits === 64 ? "double" : "integer";
}

function photometricOf(dataSet: DataSet, samplesPerPixel: number): Photometric {
  const named = photometrics.find((one) => one === dataSet.text("PhotometricInterpretation")?.trim());
  if (named !== undefined) return samplesPerPixel === 1 && isColour(named) ? "MONOCHROME2" : named;
  return samplesPerPixel === 1 ? "MONOCHROME2" : "RGB";
}

function isColour(photometric: Photometric): boolean {
  return !photometric.startsWith("MONOCHROME") && photometric !== "PALETTE COLOR";
}

/** Only frames that have groups, or overlays, of their own need displays of their own. */
function displaysOf(dataSet: DataSet, layout: PixelLayout, frames: number): Image["displays"] {
  const [shared] = dataSet.items("SharedFunctionalGroupsSequence");
  const own = dataSet.items("PerFrameFunctionalGroupsSequence");
  const groupsOf = (index: number) => [own[index], shared].filter((group) => group !== undefined);
  const display = (index: number) => displayOf({ dataSet, groups: groupsOf(index), layout, frame: index + 1 });
  const isEachItsOwn = frames > 1 && (own.some(hasDisplay) || hasOverlayFrames(dataSet));
  const first = display(0);
  return isEachItsOwn ? [first, ...Array.from({ length: frames - 1 }, (_, index) => display(index + 1))] : [first];
}

const groupsOfDisplay = ["PixelValueTransformationSequence", "FrameVOILUTSequence", "PixelMeasuresSequence"];

function hasDisplay(group: DataSet): boolean {
  return groupsOfDisplay.some((keyword) => group.get(keyword) !== undefined);
}

function hasOverlayFrames({ elements }: DataSet): boolean {
  return elements.some(({ tag }) => (tag & 0xff00_ffff) >>> 0 === 0x6000_0015);
}

/** What one frame is, counted from 1. Problem: `frame-out-of-range`. */
export function frameImage({ layout, displays, frames }: Image, frame: number): Result<FrameImage> {
  if (!Number.isInteger(frame) || frame < 1 || frame > frames)
    return failed(notFound("frame-out-of-range", `There is no frame ${frame}; the image has ${frames}.`));
  return ok({ layout, display: displays[frame - 1] ?? displays[0] });
}

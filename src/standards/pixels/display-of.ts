import type { DataSet } from "#standards/dicom";
import {
  type Display,
  type Modality,
  type StoredRange,
  type Window,
  type WindowFunction,
  windowFunctions,
} from "./display.ts";
import { isMonochrome, type PixelLayout } from "./layout.ts";
import { lookupTables } from "./lookup-table.ts";
import { overlaysOf } from "./overlay.ts";
import { paletteOf } from "./palette.ts";

/** Where the attributes of a frame stand: its own functional groups, those it shares, the data set; the first that has them counts. */
export interface FrameSources {
  readonly dataSet: DataSet;
  readonly groups: readonly DataSet[];
  readonly layout: PixelLayout;
  /** Counted from 1. */
  readonly frame: number;
}

/** How a frame is displayed. What makes no sense is left out, so that something can be seen. Source: PS3.3 §C.7.6.16.2.9, .10. */
export function displayOf(sources: FrameSources): Display {
  const { dataSet, layout, frame } = sources;
  const voi = sourceOf(sources, "FrameVOILUTSequence");
  return {
    modality: modalityOf(sources),
    windows: windowsOf(voi),
    voiTables: lookupTables(voi.items("VOILUTSequence"), false),
    isInverted: layout.photometric === "MONOCHROME1" || dataSet.text("PresentationLUTShape") === "INVERSE",
    padding: isMonochrome(layout) ? paddingOf(dataSet, layout) : undefined,
    palette: layout.photometric === "PALETTE COLOR" ? paletteOf(dataSet, layout.isSigned) : undefined,
    pixelAspect: aspectOf(sources),
    overlays: overlaysOf(dataSet, frame),
  };
}

/** The item of a functional group, or else the data set, which has the same attributes in images of one frame. */
function sourceOf({ groups, dataSet }: FrameSources, keyword: string): DataSet {
  for (const group of groups) {
    const [item] = group.items(keyword);
    if (item !== undefined) return item;
  }
  return dataSet;
}

function modalityOf(sources: FrameSources): Modality {
  const { layout } = sources;
  const source = sourceOf(sources, "PixelValueTransformationSequence");
  const [table] = lookupTables(source.items("ModalityLUTSequence"), layout.isSigned);
  if (table !== undefined) return { is: "table", table };
  const slope = source.number("RescaleSlope");
  const intercept = source.number("RescaleIntercept");
  return { is: "rescale", slope: slope === undefined || slope === 0 ? 1 : slope, intercept: intercept ?? 0 };
}

/** Windows of which both numbers are there. A width that the function cannot have is none. Source: PS3.3 §C.11.2.1.2.1. */
function windowsOf(source: DataSet): readonly Window[] {
  const centers = source.numbers("WindowCenter");
  const widths = source.numbers("WindowWidth");
  const explanations = source.texts("WindowCenterWidthExplanation");
  const named = source.text("VOILUTFunction") as WindowFunction | undefined;
  const kind = named !== undefined && windowFunctions.includes(named) ? named : "LINEAR";
  return centers.flatMap((center, index) => {
    const width = widths[index];
    if (width === undefined || !(kind === "LINEAR" ? width >= 1 : width > 0)) return [];
    const explanation = explanations[index];
    return [{ center, width, function: kind, ...(explanation ? { explanation } : {}) }];
  });
}

function paddingOf(dataSet: DataSet, layout: PixelLayout): StoredRange | undefined {
  const value = dataSet.number("PixelPaddingValue") ?? dataSet.number("FloatPixelPaddingValue");
  if (value === undefined) return undefined;
  const limit = dataSet.number("PixelPaddingRangeLimit") ?? dataSet.number("FloatPixelPaddingRangeLimit") ?? value;
  const [one, other] = [signedAsPixels(value, layout), signedAsPixels(limit, layout)];
  return { from: Math.min(one, other), to: Math.max(one, other) };
}

/** Senders write a negative padding value without its sign, and the other way round. */
function signedAsPixels(value: number, { isSigned, numbers, bitsAllocated }: PixelLayout): number {
  if (numbers !== "integer" || bitsAllocated !== 16) return value;
  return isSigned ? (value << 16) >> 16 : value & 0xffff;
}

function aspectOf(sources: FrameSources): number {
  const { dataSet } = sources;
  const measures = sourceOf(sources, "PixelMeasuresSequence");
  for (const [vertical, horizontal] of [
    dataSet.numbers("PixelAspectRatio"),
    measures.numbers("PixelSpacing"),
    dataSet.numbers("ImagerPixelSpacing"),
    dataSet.numbers("NominalScannedPixelSpacing"),
  ]) {
    if (vertical !== undefined && horizontal !== undefined && vertical > 0 && horizontal > 0)
      return Math.min(Math.max(vertical / horizontal, 0.05), 20);
  }
  return 1;
}

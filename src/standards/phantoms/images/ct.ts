import { seedFrom } from "../chance.ts";
import { dataSetOf, decimal, elementsOf } from "../header/attributes.ts";
import { storageClassNamed } from "../header/classes.ts";
import { instanceUid, laterBy, patientModule, seriesModule, sopModule, studyModule } from "../header/modules.ts";
import { pixelModule, storedPixels } from "../header/pixels.ts";
import type { PhantomInstance } from "../instance.ts";
import { addNoise, soften } from "../noise.ts";
import { type Anatomy, type Grid, paintSlice } from "../paint.ts";
import type { PhantomStudy } from "../study.ts";
import { uidFrom } from "../uid.ts";

export interface CtSeries {
  readonly number: number;
  readonly description: string;
  readonly bodyPart: string;
  readonly anatomy: Anatomy;
  readonly slices: number;
  /** Height of the first slice, at the head's end, and of the last. */
  readonly fromZ: number;
  readonly toZ: number;
  /** Rows and columns. */
  readonly size: number;
  /** Of the noise, in Hounsfield units: 12 is that of thick slices, 38 that of thin and sharp ones. */
  readonly noiseHu: number;
  readonly window: { readonly centre: number; readonly width: number };
}

const intercept = -1024;
const bitsStored = 12;
/** What a scanner writes outside the circle that it sees. */
const padding = 0;
const fieldMm = 430;

/** A series of axial slices, each made when it is asked for. Source: PS3.3 Table A.3-1 (CT Image IOD). */
export function* ctSeries(study: PhantomStudy, series: CtSeries): Generator<PhantomInstance> {
  const { size, slices } = series;
  const grid: Grid = { columns: size, rows: size, columnMm: fieldMm / size, rowMm: fieldMm / size };
  const outside = circleOutside(size);
  const common = dataSetOf(commonOf(study, series, grid));
  const pixels = new Float32Array(size * size);
  for (let at = 0; at < slices; at += 1) {
    const z = series.fromZ + ((series.toZ - series.fromZ) * at) / Math.max(1, slices - 1);
    drawSlice(pixels, { grid, z, series, seed: seedFrom(study.seed, "ct", series.number, at) });
    const stored = storedPixels(pixels, bitsStored);
    const words = new Uint16Array(stored.buffer);
    for (const pixel of outside) words[pixel] = padding;
    yield instanceAt({ study, series, common, stored, z, at });
  }
}

interface Drawing {
  readonly grid: Grid;
  readonly z: number;
  readonly series: CtSeries;
  readonly seed: number;
}

function drawSlice(pixels: Float32Array, { grid, z, series, seed }: Drawing): void {
  pixels.fill(-1000);
  paintSlice(pixels, grid, { anatomy: series.anatomy, z });
  soften(pixels, grid.columns);
  addNoise(pixels, { deviation: series.noiseHu, seed });
  for (let at = 0; at < pixels.length; at += 1) pixels[at] = Math.max(1, (pixels[at] as number) - intercept);
}

interface Slice {
  readonly study: PhantomStudy;
  readonly series: CtSeries;
  readonly common: ReturnType<typeof dataSetOf>;
  readonly stored: Uint8Array;
  readonly z: number;
  readonly at: number;
}

function instanceAt({ study, series, common, stored, z, at }: Slice): PhantomInstance {
  const sopInstance = instanceUid(study, series.number, at + 1);
  const reach = fieldMm / 2 - fieldMm / series.size / 2;
  const time = laterBy(study.time, 20 + at * 0.02);
  const dataSet = common.with(
    ...elementsOf({
      SOPInstanceUID: sopInstance,
      InstanceNumber: at + 1,
      ImagePositionPatient: [decimal(-reach), decimal(-reach), decimal(z)],
      SliceLocation: decimal(z),
      AcquisitionTime: time,
      ContentTime: time,
      PixelData: stored,
    }),
  );
  return { sopClass: ctClass, sopInstance, dataSet };
}

const ctClass = storageClassNamed("CT Image Storage");

function commonOf(study: PhantomStudy, series: CtSeries, grid: Grid) {
  const { number, description, bodyPart, size, window } = series;
  const spacing = Math.abs(series.toZ - series.fromZ) / Math.max(1, series.slices - 1);
  return {
    ...sopModule(ctClass, ""),
    ...patientModule(study),
    ...studyModule(study),
    ...seriesModule(study, { modality: "CT", number, description, bodyPart, protocol: description, afterSeconds: 20 }),
    ...pixelModule({ rows: size, columns: size, bitsStored, photometric: "MONOCHROME2" }),
    ImageType: ["ORIGINAL", "PRIMARY", "AXIAL"],
    PatientPosition: "HFS",
    FrameOfReferenceUID: uidFrom(study.seed, "frame", study.accessionNumber),
    PositionReferenceIndicator: "",
    ImageOrientationPatient: [1, 0, 0, 0, 1, 0],
    PixelSpacing: [decimal(grid.rowMm), decimal(grid.columnMm)],
    SliceThickness: decimal(spacing),
    SpacingBetweenSlices: decimal(spacing),
    AcquisitionNumber: 1,
    AcquisitionDate: study.date,
    ContentDate: study.date,
    PixelPaddingValue: padding,
    RescaleIntercept: intercept,
    RescaleSlope: 1,
    RescaleType: "HU",
    WindowCenter: window.centre,
    WindowWidth: window.width,
    KVP: 120,
    XRayTubeCurrent: 240,
    ExposureTime: 500,
    ConvolutionKernel: "STANDARD",
    ReconstructionDiameter: fieldMm,
    GantryDetectorTilt: 0,
    ContrastBolusAgent: "Made-up contrast medium",
  };
}

/** The pixels outside of the circle. */
function circleOutside(size: number): Uint32Array {
  const middle = (size - 1) / 2;
  const isOutside = (at: number) => Math.hypot((at % size) - middle, Math.floor(at / size) - middle) > size / 2;
  return Uint32Array.from(Array.from({ length: size * size }, (_, at) => at).filter(isOutside));
}

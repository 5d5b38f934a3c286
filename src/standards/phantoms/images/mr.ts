import type { Attributes } from "#standards/dicom";
import { type Head, headTissue } from "../anatomy/head.ts";
import { chanceOf, seedFrom } from "../chance.ts";
import { dataSetOf, decimal, elementsOf } from "../header/attributes.ts";
import { storageClassNamed } from "../header/classes.ts";
import { instanceUid, laterBy, patientModule, seriesModule, sopModule, studyModule } from "../header/modules.ts";
import { pixelModule, storedPixels } from "../header/pixels.ts";
import type { PhantomInstance } from "../instance.ts";
import { addNoise, soften } from "../noise.ts";
import type { Grid } from "../paint.ts";
import type { PhantomStudy } from "../study.ts";
import { uidFrom } from "../uid.ts";

export interface MrSeries {
  readonly number: number;
  readonly weighting: Weighting;
  readonly head: Head;
  readonly slices: number;
  readonly spacingMm: number;
  /** Rows and columns. */
  readonly size: number;
}

export type Weighting = "T1" | "T2";

interface Sequence {
  readonly repetitionMs: number;
  readonly echoMs: number;
  readonly echoTrain: number;
  readonly scale: number;
}

const sequences: Readonly<Record<Weighting, Sequence>> = {
  T1: { repetitionMs: 520, echoMs: 11, echoTrain: 1, scale: 2_300 },
  T2: { repetitionMs: 4_200, echoMs: 98, echoTrain: 15, scale: 3_000 },
};

interface Relaxation {
  readonly t1Ms: number;
  readonly t2Ms: number;
  /** Of protons, water being 1. */
  readonly density: number;
}

/** At 1.5 tesla, in the order of the tissues' numbers. Source: usual values of the textbooks, rounded. */
const relaxations: readonly Relaxation[] = [
  { t1Ms: 1, t2Ms: 1, density: 0 },
  { t1Ms: 260, t2Ms: 85, density: 0.9 },
  { t1Ms: 400, t2Ms: 20, density: 0.06 },
  { t1Ms: 4_000, t2Ms: 1_900, density: 1 },
  { t1Ms: 950, t2Ms: 100, density: 0.82 },
  { t1Ms: 600, t2Ms: 80, density: 0.7 },
  { t1Ms: 900, t2Ms: 45, density: 0.78 },
  { t1Ms: 1_350, t2Ms: 210, density: 0.86 },
];

/** Of a spin echo. */
function signalOf({ t1Ms, t2Ms, density }: Relaxation, { repetitionMs, echoMs, scale }: Sequence): number {
  return scale * density * (1 - Math.exp(-repetitionMs / t1Ms)) * Math.exp(-echoMs / t2Ms);
}

const bitsStored = 12;
const fieldMm = 232;
const mrClass = storageClassNamed("MR Image Storage");

/** A series of axial slices from the feet's end up. Source: PS3.3 Table A.4-1 (MR Image IOD). */
export function* mrSeries(study: PhantomStudy, series: MrSeries): Generator<PhantomInstance> {
  const { size, slices, spacingMm, weighting } = series;
  const grid: Grid = { columns: size, rows: size, columnMm: fieldMm / size, rowMm: fieldMm / size };
  const signals = relaxations.map((each) => signalOf(each, sequences[weighting]));
  const coil = coilOf(size, chanceOf(seedFrom(study.seed, "coil")));
  const common = dataSetOf(commonOf(study, series, grid));
  const pixels = new Float32Array(size * size);
  for (let at = 0; at < slices; at += 1) {
    const z = (at - (slices - 1) / 2) * spacingMm;
    pixels.fill(headTissue.air);
    series.head.paint(pixels, grid, z);
    for (let pixel = 0; pixel < pixels.length; pixel += 1)
      pixels[pixel] = (signals[pixels[pixel] as number] as number) * (coil[pixel] as number);
    soften(pixels, size);
    addNoise(pixels, { deviation: 16, seed: seedFrom(study.seed, "mr", series.number, at) });
    // What is taken is a magnitude: noise around nothing is never negative.
    for (let pixel = 0; pixel < pixels.length; pixel += 1) pixels[pixel] = Math.abs(pixels[pixel] as number);
    const stored = storedPixels(pixels, bitsStored);
    yield instanceAt({ study, series, common, stored, z, at });
  }
}

/** A coil hears what is near to it louder. */
function coilOf(size: number, chance: () => number): Float32Array {
  const [x, y] = [0.5 + (chance() - 0.5) * 0.3, 0.3 + chance() * 0.2];
  return Float32Array.from({ length: size * size }, (_, at) => {
    const away = Math.hypot((at % size) / size - x, Math.floor(at / size) / size - y);
    return 1.12 - 0.4 * away * away;
  });
}

interface Slice {
  readonly study: PhantomStudy;
  readonly series: MrSeries;
  readonly common: ReturnType<typeof dataSetOf>;
  readonly stored: Uint8Array;
  readonly z: number;
  readonly at: number;
}

function instanceAt({ study, series, common, stored, z, at }: Slice): PhantomInstance {
  const sopInstance = instanceUid(study, series.number, at + 1);
  const reach = fieldMm / 2 - fieldMm / series.size / 2;
  const time = laterBy(study.time, series.number * 240 + at);
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
  return { sopClass: mrClass, sopInstance, dataSet };
}

function commonOf(study: PhantomStudy, series: MrSeries, grid: Grid): Attributes {
  const { number, size, weighting, spacingMm } = series;
  const { repetitionMs, echoMs, echoTrain } = sequences[weighting];
  const description = `${weighting} axial`;
  const afterSeconds = number * 240;
  return {
    ...sopModule(mrClass, ""),
    ...patientModule(study),
    ...studyModule(study),
    ...seriesModule(study, {
      modality: "MR",
      number,
      description,
      bodyPart: "BRAIN",
      protocol: description,
      afterSeconds,
    }),
    ...pixelModule({ rows: size, columns: size, bitsStored, photometric: "MONOCHROME2" }),
    ImageType: ["ORIGINAL", "PRIMARY", "OTHER"],
    PatientPosition: "HFS",
    FrameOfReferenceUID: uidFrom(study.seed, "frame", study.accessionNumber),
    PositionReferenceIndicator: "",
    ImageOrientationPatient: [1, 0, 0, 0, 1, 0],
    PixelSpacing: [decimal(grid.rowMm), decimal(grid.columnMm)],
    SliceThickness: decimal(spacingMm * 0.9),
    SpacingBetweenSlices: decimal(spacingMm),
    AcquisitionNumber: number,
    AcquisitionDate: study.date,
    ContentDate: study.date,
    ScanningSequence: "SE",
    SequenceVariant: "NONE",
    ScanOptions: "",
    MRAcquisitionType: "2D",
    RepetitionTime: repetitionMs,
    EchoTime: echoMs,
    EchoTrainLength: echoTrain,
    EchoNumbers: 1,
    FlipAngle: 90,
    MagneticFieldStrength: "1.5",
    ImagingFrequency: "63.87",
    ImagedNucleus: "1H",
    NumberOfAverages: 1,
    WindowCenter: weighting === "T1" ? 520 : 640,
    WindowWidth: weighting === "T1" ? 1_000 : 1_300,
  };
}

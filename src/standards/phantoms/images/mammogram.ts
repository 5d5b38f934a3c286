import type { Attributes } from "#standards/dicom";
import { between, type Chance, chanceOf, seedFrom } from "../chance.ts";
import { type Code, coded, dataSetOf, decimal, one } from "../header/attributes.ts";
import { storageClassNamed } from "../header/classes.ts";
import { instanceUid, laterBy, patientModule, seriesModule, sopModule, studyModule } from "../header/modules.ts";
import { pixelModule, storedPixels } from "../header/pixels.ts";
import type { PhantomInstance } from "../instance.ts";
import { addNoise, cloudsOf } from "../noise.ts";
import type { PhantomStudy } from "../study.ts";
import { uidFrom } from "../uid.ts";

export interface MammographyOf {
  readonly rows: number;
  readonly columns: number;
  /** The breast with a small group of calcifications. */
  readonly calcifiedSide?: Side;
}

export type Side = "L" | "R";
type View = "CC" | "MLO";

const views: readonly (readonly [Side, View])[] = [
  ["R", "CC"],
  ["L", "CC"],
  ["R", "MLO"],
  ["L", "MLO"],
];

const viewCodes: Readonly<Record<View, Code>> = {
  CC: ["399162004", "SCT", "cranio-caudal"],
  MLO: ["399368009", "SCT", "medio-lateral oblique"],
};

const bitsStored = 12;
const fieldMm = 240;
const mgClass = storageClassNamed("Digital Mammography X-Ray Image Storage - For Presentation");

/** The four usual views, an image each. Source: PS3.3 Table A.27-1 (Digital Mammography X-Ray Image IOD). */
export function* mammogram(study: PhantomStudy, of: MammographyOf): Generator<PhantomInstance> {
  for (const [at, [side, view]] of views.entries()) {
    const sopInstance = instanceUid(study, 1, at + 1);
    const pixels = breast(of, { side, view, seed: seedFrom(study.seed, side) });
    const header = headerOf(study, of, { side, view, at });
    const dataSet = dataSetOf(header, {
      SOPInstanceUID: sopInstance,
      PixelData: storedPixels(pixels, bitsStored),
    });
    yield { sopClass: mgClass, sopInstance, dataSet };
  }
}

interface Shown {
  readonly side: Side;
  readonly view: View;
  readonly seed: number;
}

/** A breast pressed flat: skin, fat, glands towards the nipple, and the chest's muscle in the oblique view. */
function breast({ rows, columns, calcifiedSide }: MammographyOf, { side, view, seed }: Shown): Float32Array {
  const glands = cloudsOf({ columns, rows, sizePixels: rows / 9, octaves: 6, seed: seedFrom(seed, view) });
  const chance = chanceOf(seedFrom(seed, "shape"));
  const shape = shapeOf(chance, view);
  const pixels = new Float32Array(rows * columns);
  for (let at = 0; at < pixels.length; at += 1) {
    const column = at % columns;
    const out = (side === "L" ? column : columns - 1 - column) / rows;
    pixels[at] = brightness(shape, { out, down: Math.floor(at / columns) / rows, cloud: glands[at] as number });
  }
  if (calcifiedSide === side) calcify(pixels, { columns, rows, side, chance, view });
  addNoise(pixels, { deviation: 14, seed: seedFrom(seed, view, "noise") });
  for (let at = 0; at < pixels.length; at += 1) if ((pixels[at] as number) < 60) pixels[at] = 0;
  return pixels;
}

interface Shape {
  /** All as shares of the image's height: the nipple's height, the breast's reach and half height. */
  readonly middle: number;
  readonly reach: number;
  readonly halfHeight: number;
  readonly density: number;
  readonly hasMuscle: boolean;
}

function shapeOf(chance: Chance, view: View): Shape {
  const reach = between(chance, 0.42, 0.52);
  const halfHeight = between(chance, 0.36, 0.42);
  const density = between(chance, 0.3, 0.6);
  const hasMuscle = view === "MLO";
  return {
    middle: hasMuscle ? 0.56 : 0.5,
    reach,
    halfHeight: hasMuscle ? halfHeight + 0.06 : halfHeight,
    density,
    hasMuscle,
  };
}

interface Spot {
  readonly out: number;
  readonly down: number;
  readonly cloud: number;
}

function brightness(shape: Shape, { out, down, cloud }: Spot): number {
  const { middle, reach, halfHeight, density, hasMuscle } = shape;
  const across = out / reach;
  const away = Math.hypot(across, (down - middle) / halfHeight);
  const nipple = Math.hypot(out - reach, (down - middle) * 1.6) < 0.022;
  if (away > 1 && !nipple) return 0;
  const edge = Math.min(1, (1 - away) * 9);
  const fat = 900 + 500 * Math.max(0, edge);
  const towards = Math.exp(-(((across - 0.62) / 0.36) ** 2) - ((down - middle) / (halfHeight * 0.62)) ** 2);
  const gland = 1_150 * towards * Math.max(0, density + cloud * 1.25) + 260 * cloud * Math.max(0, edge - 0.3);
  const skin = away > 0.985 ? 420 : 0;
  const isMuscle = hasMuscle && out + 0.62 * down < 0.34 + 0.012 * cloud;
  return (isMuscle ? 2_500 + 180 * cloud : fat + gland + skin) + (nipple ? 500 : 0);
}

interface Calcified {
  readonly columns: number;
  readonly rows: number;
  readonly side: Side;
  readonly view: View;
  readonly chance: Chance;
}

/** A handful of bright grains within a centimetre. */
function calcify(pixels: Float32Array, { columns, rows, side, view, chance }: Calcified): void {
  const out = rows * 0.24;
  const row = rows * (view === "CC" ? 0.44 : 0.5);
  const column = side === "L" ? out : columns - 1 - out;
  for (let grain = 0; grain < 14; grain += 1) {
    const [x, y] = [between(chance, -0.02, 0.02) * rows + column, between(chance, -0.02, 0.02) * rows + row];
    const radius = between(chance, 0.7, 1.7);
    for (let dy = -2; dy <= 2; dy += 1)
      for (let dx = -2; dx <= 2; dx += 1) {
        const at = Math.round(y + dy) * columns + Math.round(x + dx);
        if (Math.hypot(dx, dy) <= radius) pixels[at] = (pixels[at] ?? 0) + 1_100;
      }
  }
}

interface Taken {
  readonly side: Side;
  readonly view: View;
  readonly at: number;
}

function headerOf(study: PhantomStudy, { rows, columns }: MammographyOf, { side, view, at }: Taken): Attributes {
  const time = laterBy(study.time, 60 + at * 50);
  const spacing = decimal(fieldMm / rows);
  const description = "Mammography, four views";
  return {
    ...sopModule(mgClass, ""),
    ...patientModule(study),
    ...studyModule(study),
    ...seriesModule(study, { modality: "MG", number: 1, description, bodyPart: "BREAST", afterSeconds: 60 }),
    ...pixelModule({ rows, columns, bitsStored, photometric: "MONOCHROME2" }),
    ...sideAndView(side, view),
    ...detectorOf(study, spacing),
    ImageType: ["DERIVED", "PRIMARY", ""],
    InstanceNumber: at + 1,
    AcquisitionDate: study.date,
    AcquisitionTime: time,
    ContentDate: study.date,
    ContentTime: time,
    PresentationIntentType: "FOR PRESENTATION",
    PixelIntensityRelationship: "LOG",
    PixelIntensityRelationshipSign: -1,
    RescaleIntercept: 0,
    RescaleSlope: 1,
    RescaleType: "US",
    PresentationLUTShape: "IDENTITY",
    WindowCenter: 1_750,
    WindowWidth: 2_500,
    LossyImageCompression: "00",
    BurnedInAnnotation: "NO",
    AcquisitionContextSequence: [],
  };
}

/** Source: PS3.3 §C.8.31 (DX Anatomy Imaged), §C.8.11.7 (Mammography Image). */
function sideAndView(side: Side, view: View): Attributes {
  const foot = view === "CC" ? (side === "L" ? "R" : "L") : side === "L" ? "FR" : "FL";
  return {
    ImageLaterality: side,
    AnatomicRegionSequence: coded(["76752008", "SCT", "Breast"]),
    PatientOrientation: [side === "L" ? "A" : "P", foot],
    OrganExposed: "BREAST",
    // Not of this IOD, yet what many hang the views by.
    ViewPosition: view,
    ViewCodeSequence: one({
      CodeValue: viewCodes[view][0],
      CodingSchemeDesignator: viewCodes[view][1],
      CodeMeaning: viewCodes[view][2],
      ViewModifierCodeSequence: [],
    }),
    PositionerType: "MAMMOGRAPHIC",
    PositionerPrimaryAngle: view === "CC" ? 0 : side === "L" ? 45 : -45,
    BreastImplantPresent: "NO",
  };
}

/** Source: PS3.3 §C.8.11.4 (DX Detector), §C.8.7.8 (X-Ray Acquisition Dose). */
function detectorOf(study: PhantomStudy, spacing: string): Attributes {
  return {
    DetectorType: "DIRECT",
    DetectorConfiguration: "AREA",
    DetectorDescription: "Made-up detector",
    DetectorID: uidFrom(study.station, "detector").slice(-12),
    DetectorTemperature: 24,
    ImagerPixelSpacing: [spacing, spacing],
    KVP: 29,
    XRayTubeCurrent: 100,
    ExposureTime: 900,
    Exposure: 90,
    BodyPartThickness: 54,
    CompressionForce: 110,
    OrganDose: "0.014",
    EntranceDoseInmGy: 6,
    AnodeTargetMaterial: "TUNGSTEN",
    FilterMaterial: "RHODIUM",
  };
}

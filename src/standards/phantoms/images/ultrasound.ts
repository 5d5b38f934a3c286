import type { Attributes } from "#standards/dicom";
import { echoAt } from "../anatomy/heart-view.ts";
import { chanceOf, seedFrom } from "../chance.ts";
import { dataSetOf, one } from "../header/attributes.ts";
import { storageClassNamed } from "../header/classes.ts";
import { instanceUid, laterBy, patientModule, seriesModule, sopModule, studyModule } from "../header/modules.ts";
import { pixelModule } from "../header/pixels.ts";
import type { PhantomInstance } from "../instance.ts";
import type { PhantomStudy } from "../study.ts";

export interface UltrasoundOf {
  readonly frames: number;
  readonly rows: number;
  readonly columns: number;
  /** With the flow of blood in colour. */
  readonly isColour: boolean;
  readonly seriesNumber: number;
}

const depthMm = 158;
const halfAngle = 0.68;
const frameMs = 40;
const beatMs = 880;
const usClass = storageClassNamed("Ultrasound Multi-frame Image Storage");

/** A heart from its tip, beating, in the fan of a sector probe. Source: PS3.3 Table A.7-1 (US Multi-frame Image IOD). */
export function ultrasound(study: PhantomStudy, of: UltrasoundOf): PhantomInstance {
  const sopInstance = instanceUid(study, of.seriesNumber, 1);
  const fan = fanOf(of);
  const speckle = speckleOf(fan.length, seedFrom(study.seed, "us", of.seriesNumber));
  const frameBytes = of.rows * of.columns * (of.isColour ? 3 : 1);
  const pixels = new Uint8Array(frameBytes * of.frames + ((frameBytes * of.frames) % 2));
  for (let frame = 0; frame < of.frames; frame += 1) {
    const into = pixels.subarray(frame * frameBytes, (frame + 1) * frameBytes);
    drawFrame(into, { of, fan, speckle, beat: (frame * frameMs) / beatMs, frame });
  }
  const dataSet = dataSetOf(headerOf(study, of, sopInstance), { PixelData: pixels });
  return { sopClass: usClass, sopInstance, dataSet };
}

/** A pixel of the fan, and the place that it shows. */
interface FanPixel {
  readonly at: number;
  readonly x: number;
  readonly depth: number;
  /** From the probe. */
  readonly away: number;
}

function mmEachPixel({ rows }: UltrasoundOf): number {
  return depthMm / (rows - 16);
}

function fanOf(of: UltrasoundOf): readonly FanPixel[] {
  const { rows, columns } = of;
  const scale = mmEachPixel(of);
  const pixels: FanPixel[] = [];
  for (let at = 0; at < rows * columns; at += 1) {
    const x = ((at % columns) - columns / 2) * scale;
    const depth = (Math.floor(at / columns) - 8) * scale;
    const away = Math.hypot(x, depth);
    if (depth > 1 && away < depthMm && away > 4 && Math.abs(Math.atan2(x, depth)) < halfAngle)
      pixels.push({ at, x, depth, away });
  }
  return pixels;
}

/** The grain of coherent sound: the length of two chances, as Rayleigh's distribution has it. */
function speckleOf(length: number, seed: number): Float32Array {
  const chance = chanceOf(seed);
  return Float32Array.from({ length }, () => Math.sqrt(-2 * Math.log(1 - chance() * 0.9999)) * 0.8);
}

interface Frame {
  readonly of: UltrasoundOf;
  readonly fan: readonly FanPixel[];
  readonly speckle: Float32Array;
  readonly beat: number;
  readonly frame: number;
}

function drawFrame(into: Uint8Array, { of, fan, speckle, beat, frame }: Frame): void {
  // Some grain goes with the tissue, some is new with each frame.
  const shift = frame * 7_919;
  let before = 1;
  for (const [place, { at, x, depth, away }] of fan.entries()) {
    const { strength, speedCmS } = echoAt(x, depth, beat);
    const own = speckle[place] as number;
    const fresh = speckle[(place + shift) % speckle.length] as number;
    // A wide beam: each grain is as wide as two or three pixels.
    before = 0.5 * before + 0.5 * (0.7 * own + 0.3 * fresh);
    const shade = Math.max(
      0,
      Math.min(255, 172 + 62 * Math.log(strength * before * (1 - (0.45 * away) / depthMm) + 0.004)),
    );
    if (!of.isColour) into[at] = shade;
    else colour(into, at * 3, { shade, speedCmS });
  }
}

/** Red to the probe, blue away from it. */
function colour(into: Uint8Array, at: number, { shade, speedCmS }: { shade: number; speedCmS: number }): void {
  const isFlow = Math.abs(speedCmS) > 12;
  const bright = Math.min(255, 70 + Math.abs(speedCmS) * 2.6);
  into[at] = isFlow ? (speedCmS > 0 ? bright : 10) : shade;
  into[at + 1] = isFlow ? Math.max(0, bright - 130) : shade;
  into[at + 2] = isFlow ? (speedCmS > 0 ? 10 : bright) : shade;
}

function headerOf(study: PhantomStudy, of: UltrasoundOf, sopInstance: string): Attributes {
  const { rows, columns, isColour, frames, seriesNumber: number } = of;
  const afterSeconds = number * 60;
  const time = laterBy(study.time, afterSeconds);
  const description = isColour ? "Apical four chamber, colour" : "Apical four chamber";
  return {
    ...sopModule(usClass, sopInstance),
    ...patientModule(study),
    ...studyModule(study),
    ...seriesModule(study, { modality: "US", number, description, bodyPart: "HEART", afterSeconds }),
    ...pixelModule({ rows, columns, bitsStored: 8, photometric: isColour ? "RGB" : "MONOCHROME2" }),
    ImageType: ["ORIGINAL", "PRIMARY", "TTE", "0001"],
    InstanceNumber: 1,
    AcquisitionDate: study.date,
    AcquisitionTime: time,
    ContentDate: study.date,
    ContentTime: time,
    PatientOrientation: "",
    NumberOfFrames: frames,
    FrameIncrementPointer: 0x0018_1063,
    FrameTime: frameMs,
    CineRate: 1_000 / frameMs,
    HeartRate: Math.round(60_000 / beatMs),
    TransducerType: "SECTOR_PHASED",
    UltrasoundColorDataPresent: isColour ? 1 : 0,
    BurnedInAnnotation: "NO",
    LossyImageCompression: "00",
    SequenceOfUltrasoundRegions: one(regionOf(of)),
  };
}

/** Both directions in centimetres. Source: PS3.3 §C.8.5.5 (US Region Calibration). */
function regionOf(of: UltrasoundOf): Attributes {
  const { rows, columns } = of;
  const cmEachPixel = mmEachPixel(of) / 10;
  return {
    RegionSpatialFormat: 1,
    RegionDataType: 1,
    RegionFlags: 0,
    RegionLocationMinX0: 0,
    RegionLocationMinY0: 0,
    RegionLocationMaxX1: columns - 1,
    RegionLocationMaxY1: rows - 1,
    PhysicalUnitsXDirection: 3,
    PhysicalUnitsYDirection: 3,
    PhysicalDeltaX: cmEachPixel,
    PhysicalDeltaY: cmEachPixel,
  };
}

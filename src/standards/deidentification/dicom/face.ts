import type { DataSet } from "#standards/dicom";
import { type PixelLayout, sampleReader, sampleWriter } from "./pixel-layout.ts";

const ctImage = "1.2.840.10008.5.1.4.1.1.2";

/** Parts of the body with which a face is scanned. Source: PS3.16 CID 4. */
const withFace =
  /HEAD|SKULL|BRAIN|FACE|FACIAL|ORBIT|EYE|SINUS|JAW|MANDIB|MAXILL|NOSE|NASAL|EAR\b|EARS|IAC|TMJ|TEMPORAL|PITUIT|SELLA|FOSSA|NECK|CSPINE|CERVIC|WHOLE|BODY|TEETH|DENT|TONGUE|MOUTH|LIP|CHIN|FOREHEAD|SCALP/;
const onlyHead =
  /^(?:HEAD|SKULL|BRAIN|FACE|ORBITS?|EYES?|(?:PARANASAL )?SINUS(?:ES)?|SELLA|PITUITARY|IAC|MAXILLA|JAW|MANDIBLE)$/;

/** Machines that measure slices, from which a face can be put together. */
const slices: ReadonlySet<string> = new Set(["CT", "MR", "PT", "NM"]);
const photographs: ReadonlySet<string> = new Set(["XC", "ES", "OP", "GM", "DOC", "OT"]);

/** Whether somebody may be known by what is in the picture: `head` where the face can be taken off. */
export function faceIn(dataSet: DataSet): "none" | "head" | "perhaps" {
  const flag = dataSet.text("RecognizableVisualFeatures");
  if (flag === "NO") return "none";
  const modality = dataSet.text("Modality") ?? "OT";
  if (flag === "YES" || photographs.has(modality)) return onHead(dataSet) ? "head" : "perhaps";
  if (!slices.has(modality)) return "none";
  const part = dataSet.text("BodyPartExamined")?.toUpperCase();
  if (part !== undefined && !withFace.test(part)) return "none";
  return onHead(dataSet) ? "head" : "perhaps";
}

function onHead(dataSet: DataSet): boolean {
  return (
    dataSet.text("SOPClassUID") === ctImage &&
    onlyHead.test(dataSet.text("BodyPartExamined")?.toUpperCase() ?? "") &&
    headGeometry(dataSet) !== undefined
  );
}

/** How a slice of a head lies in the picture. */
export interface HeadGeometry {
  /** Of one pixel, in mm. */
  readonly acrossMm: number;
  readonly downMm: number;
  /** The side of the picture that is the front of the head. */
  readonly front: Side;
  /** Hounsfield units of a stored value of 0, and of each further one. */
  readonly intercept: number;
  readonly slope: number;
}

type Side = "top" | "bottom" | "left" | "right";

const squareToBody = 0.8;

/** Undefined for what is no slice across the body, or has no Hounsfield units. Source: PS3.3 §C.7.6.2.1.1, §C.8.2.1.1. */
export function headGeometry(dataSet: DataSet): HeadGeometry | undefined {
  const orientation = dataSet.numbers("ImageOrientationPatient");
  const [downMm, acrossMm] = dataSet.numbers("PixelSpacing");
  const [intercept, slope] = [dataSet.number("RescaleIntercept"), dataSet.number("RescaleSlope")];
  if (orientation.length !== 6 || downMm === undefined || acrossMm === undefined) return undefined;
  if (intercept === undefined || slope === undefined || slope <= 0 || downMm <= 0 || acrossMm <= 0) return undefined;
  const [rx = 0, ry = 0, , cx = 0, cy = 0] = orientation;
  // The patient's y runs to the back, x to the left hand.
  const isUpright = Math.abs(cy) > squareToBody && Math.abs(rx) > squareToBody;
  const isTurned = Math.abs(ry) > squareToBody && Math.abs(cx) > squareToBody;
  if (!isUpright && !isTurned) return undefined;
  const front = isUpright ? (cy > 0 ? "top" : "bottom") : ry > 0 ? "left" : "right";
  return { acrossMm, downMm, front, intercept, slope };
}

const [airHu, skinHu, boneHu] = [-1_000, -300, 250];
/** How far is gone in from the skin where no bone is met: of the depth of the head from the front, in mm from the sides. */
const [frontPart, sideMm] = [0.4, 20];
/** So many neighbouring rays agree where the bone begins: one alone may have met a streak of metal. */
const raysAgreeing = 9;
/** What is thinner than this is no head but what it rests in, or an ear. */
const headMm = 8;

export interface FacePixels {
  readonly view: DataView;
  readonly isLittleEndian: boolean;
  readonly layout: PixelLayout;
}

/**
 * Takes off what lies before the bones, seen from the front and from both sides: skin, nose, lips, eyes, ears. What is left has the
 * skull for its surface; the brain lies behind it. False for pixels of another kind than CT has.
 */
export function withoutFace(pixels: FacePixels, geometry: HeadGeometry): boolean {
  const { rows, columns, frames, samples, sampleBytes } = pixels.layout;
  if (frames !== 1 || samples !== 1 || sampleBytes !== 2) return false;
  const hu = hounsfield(pixels, geometry);
  const write = sampleWriter(pixels);
  const air = storedAir(pixels.layout, geometry);
  const across = geometry.front === "left" || geometry.front === "right";
  const behind = { top: "bottom", bottom: "top", left: "right", right: "left" } as const;
  const frontDepth = (across ? columns : rows) * frontPart;
  const taken: number[] = [];
  for (const side of ["top", "bottom", "left", "right"] as const) {
    if (side === behind[geometry.front]) continue;
    const isRow = side === "left" || side === "right";
    const pixelMm = isRow ? geometry.acrossMm : geometry.downMm;
    const depth = side === geometry.front ? frontDepth : sideMm / pixelMm;
    const rays = raysFrom(side, { rows, columns });
    const stops = rays.map((ray) => stopOf(ray, hu, { depth, thickness: Math.ceil(headMm / pixelMm) }));
    for (const [index, ray] of rays.entries()) taken.push(...ray.slice(0, agreed(stops, index)));
  }
  for (const pixel of taken) write(pixel * sampleBytes, air);
  return true;
}

/** The numbers of the pixels of each line from this side inwards. */
function raysFrom(side: Side, { rows, columns }: { readonly rows: number; readonly columns: number }) {
  const isRow = side === "left" || side === "right";
  const [count, length] = isRow ? [rows, columns] : [columns, rows];
  return Array.from({ length: count }, (_, ray) => {
    const pixels = Array.from({ length }, (_, step) => (isRow ? ray * columns + step : step * columns + ray));
    return side === "bottom" || side === "right" ? pixels.reverse() : pixels;
  });
}

interface Looking {
  /** In pixels: how far behind the skin, and how much of the head must follow for it to be its skin. */
  readonly depth: number;
  readonly thickness: number;
}

/** How many pixels of a line lie before the bone; undefined where it passes the head. */
function stopOf(
  ray: readonly number[],
  hu: (pixel: number) => number,
  { depth, thickness }: Looking,
): number | undefined {
  let run = 0;
  const inside = ray.findIndex((pixel) => {
    run = hu(pixel) > skinHu ? run + 1 : 0;
    return run >= thickness;
  });
  if (inside === -1) return undefined;
  const skin = inside + 1 - thickness;
  const within = ray.slice(skin, skin + Math.ceil(depth));
  const bone = within.findIndex((pixel) => hu(pixel) > boneHu);
  return skin + (bone === -1 ? within.length : bone);
}

/** The middle one of the neighbours' stops; all of a line that passes the head, where what is thin may lie. */
function agreed(stops: readonly (number | undefined)[], index: number): number | undefined {
  if (stops[index] === undefined) return undefined;
  const half = (raysAgreeing - 1) / 2;
  const near = stops.slice(Math.max(0, index - half), index + half + 1).filter((stop) => stop !== undefined);
  return near.sort((one, other) => one - other)[Math.floor(near.length / 2)];
}

function hounsfield(pixels: FacePixels, { intercept, slope }: HeadGeometry): (pixel: number) => number {
  const { bitsStored, highBit, isSigned, sampleBytes } = pixels.layout;
  const read = sampleReader(pixels);
  const [above, unused] = [31 - highBit, 32 - bitsStored];
  return (pixel) => {
    const atTop = read(pixel * sampleBytes) << above;
    return (isSigned ? atTop >> unused : atTop >>> unused) * slope + intercept;
  };
}

function storedAir({ bitsStored, highBit, isSigned }: PixelLayout, { intercept, slope }: HeadGeometry): number {
  const wanted = Math.round((airHu - intercept) / slope);
  const [least, most] = isSigned ? [-(2 ** (bitsStored - 1)), 2 ** (bitsStored - 1) - 1] : [0, 2 ** bitsStored - 1];
  return (Math.min(most, Math.max(least, wanted)) << (highBit - bitsStored + 1)) & 0xffff;
}

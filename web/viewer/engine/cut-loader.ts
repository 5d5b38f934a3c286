import { Enums, getShouldUseCPURendering, imageLoader, metaData, type Types, utilities } from "@cornerstonejs/core";
import { numberOf } from "../dicomweb/attributes.ts";
import type { Stack } from "../stack/stack.ts";
import type { Cut, Tilt } from "../state/viewer-state.ts";
import { type CutShape, cutPixels, cutPlane, cutShape, type Voxels } from "./cut.ts";
import { ahead } from "./load-options.ts";

const scheme = "corridor-cut";

interface OpenVolume {
  readonly stack: Stack;
  /** By the cut and its tilt. */
  readonly shapes: Map<string, CutShape>;
  /** Every slice, once it is asked for. */
  slices: Promise<Slices> | undefined;
}

interface Slices {
  /** The slice whose scale the pictures take over. */
  readonly first: Types.IImage;
  readonly voxels: readonly Voxels[];
  readonly minimum: number;
  readonly maximum: number;
}

const volumes = new Map<string, OpenVolume>();

/** More pixels than this are not held as a volume: the tab would run out of memory. */
const volumeBytesMax = 800 * 1024 * 1024;

/** Why a stack cannot be cut, in plain words; undefined where it can. */
export function whyNotCut({ volume, frames }: Stack): string | undefined {
  if (volume === undefined) return "its images do not lie evenly on top of each other";
  const slope = numberOf(frames[0]?.instance ?? {}, "00281053") ?? 1;
  // Cornerstone then squeezes the values of each image into a range of its own.
  if (getShouldUseCPURendering() && !Number.isInteger(slope))
    return "without a graphics card, values that are fractions cannot be cut";
  const bytes = volume.columns * volume.rows * volume.slices * 2;
  return bytes > volumeBytesMax ? "it is too large for the memory of a browser" : undefined;
}

/** Cornerstone's names of the pictures of a cut, in their order. */
export function cutImageIds(stack: Stack, cut: Exclude<Cut, "acquired">, tilt: Tilt): readonly string[] {
  if (stack.volume === undefined) return [];
  const open = volumes.get(stack.id) ?? { stack, shapes: new Map<string, CutShape>(), slices: undefined };
  volumes.set(stack.id, open);
  const name = `${cut}@${tilt.nodDegrees},${tilt.turnDegrees}`;
  const shape = open.shapes.get(name) ?? cutShape(stack.volume, cut, tilt);
  open.shapes.set(name, shape);
  return Array.from({ length: shape.count }, (_, number) => `${scheme}:${stack.id}/${name}/${number}`);
}

/** From the picture of a name to the next one of its cut; undefined for one that is not cut. */
export function cutStepMm(imageId: string): number | undefined {
  return named(imageId)?.shape.stepMm;
}

/** Lets the slices of every volume go that is not among those named. */
export function keepVolumes(stackIds: readonly string[]): void {
  for (const id of volumes.keys()) if (!stackIds.includes(id)) volumes.delete(id);
}

/** Teaches Cornerstone to load pictures that are cut out of a volume. */
export function registerCuts(): void {
  imageLoader.registerImageLoader(scheme, (imageId) => ({
    promise: loadCut(imageId),
  }));
  metaData.addProvider(cutMetadata, 9_000);
}

function named(imageId: string): { open: OpenVolume; shape: CutShape; number: number } | undefined {
  if (typeof imageId !== "string" || !imageId.startsWith(`${scheme}:`)) return undefined;
  const [id = "", name = "", number = ""] = imageId.slice(scheme.length + 1).split("/");
  const open = volumes.get(id);
  const shape = open?.shapes.get(name);
  return open === undefined || shape === undefined ? undefined : { open, shape, number: Number(number) };
}

async function loadCut(imageId: string): Promise<Types.IImage> {
  const found = named(imageId);
  if (found === undefined) throw new Error(closed);
  const { open, shape, number } = found;
  open.slices ??= loadSlices(open);
  const loading = open.slices;
  const { first, voxels, minimum, maximum } = await loading.catch((error: unknown) => {
    // The next picture asks again.
    if (open.slices === loading) open.slices = undefined;
    throw error;
  });
  const pixels = cutPixels(shape, { slices: voxels, outside: minimum }, number);
  return pictureOf({ imageId, shape, first, minimum, maximum, pixels });
}

/** All slices; they are held here, so that none of them has to be read again for the next picture. */
async function loadSlices(open: OpenVolume): Promise<Slices> {
  const { frames, id } = open.stack;
  const slices: Types.IImage[] = [];
  const next = { index: 0 };
  const worker = async () => {
    for (let index = next.index++; index < frames.length; index = next.index++) {
      const frame = frames[index];
      // Nobody waits for a volume that was left.
      if (frame === undefined || volumes.get(id) !== open) return;
      slices[index] = await imageLoader.loadAndCacheImage(frame.imageId, ahead());
    }
  };
  await Promise.all(Array.from({ length: 4 }, worker));
  const [first] = slices;
  if (first === undefined || volumes.get(id) !== open) throw new Error(closed);
  return {
    first,
    voxels: slices.map((slice) => slice.voxelManager?.getScalarData() as Voxels),
    minimum: Math.min(...slices.map(({ minPixelValue }) => minPixelValue)),
    maximum: Math.max(...slices.map(({ maxPixelValue }) => maxPixelValue)),
  };
}

const closed = "This volume is not open any more.";

interface Picture {
  readonly imageId: string;
  readonly shape: CutShape;
  /** The slice whose window and scale the picture takes over. */
  readonly first: Types.IImage;
  /** Of the whole volume: the processor has colours for values between these alone. */
  readonly minimum: number;
  readonly maximum: number;
  readonly pixels: Float32Array | Int16Array;
}

function pictureOf({ imageId, shape, first, minimum, maximum, pixels }: Picture): Types.IImage {
  const { columns, rows } = shape;
  const pixelMm = shape.first.columnMm;
  const voxelManager = utilities.VoxelManager.createImageVoxelManager({
    scalarData: pixels,
    width: columns,
    height: rows,
    numberOfComponents: 1,
  });
  return {
    ...first,
    imageId,
    dataType: pixels.constructor.name,
    columns,
    rows,
    width: columns,
    height: rows,
    columnPixelSpacing: pixelMm,
    rowPixelSpacing: pixelMm,
    minPixelValue: minimum,
    maxPixelValue: maximum,
    sizeInBytes: pixels.byteLength,
    voxelManager,
    getPixelData: () => pixels,
    // What Cornerstone keeps of the first slice besides its pixels.
    ...({ imageFrame: undefined, cachedLut: undefined, stats: undefined, lut: undefined } as object),
  } as Types.IImage;
}

/** What Cornerstone asks of a picture that was cut: its place is its own, all else that of the first slice. */
function cutMetadata(type: string, imageId: string): unknown {
  const found = named(imageId);
  const source = found?.open.stack.frames[0]?.imageId;
  if (found === undefined || source === undefined) return undefined;
  const { columns, rows } = found.shape;
  if (type === Enums.MetadataModules.IMAGE_PLANE) {
    const plane = cutPlane(found.shape, found.number);
    return {
      frameOfReferenceUID: plane.frameOfReference,
      rows,
      columns,
      imageOrientationPatient: [...plane.across, ...plane.down],
      rowCosines: plane.across,
      columnCosines: plane.down,
      imagePositionPatient: plane.origin,
      sliceThickness: found.shape.stepMm,
      pixelSpacing: [plane.rowMm, plane.columnMm],
      rowPixelSpacing: plane.rowMm,
      columnPixelSpacing: plane.columnMm,
      usingDefaultValues: false,
    };
  }
  const told: unknown = metaData.get(type, source);
  if (type === Enums.MetadataModules.IMAGE_PIXEL && typeof told === "object") return { ...told, rows, columns };
  return told;
}

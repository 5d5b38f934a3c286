import { Enums, getShouldUseCPURendering, imageLoader, metaData, type Types, utilities } from "@cornerstonejs/core";
import { numberOf } from "../dicomweb/attributes.ts";
import type { Stack } from "../stack/stack.ts";
import type { Cut } from "../state/viewer-state.ts";
import { type CutShape, cutPixels, cutPlane, cutShape, type Voxels } from "./cut.ts";
import { ahead } from "./load-options.ts";

const scheme = "corridor-cut";

interface OpenVolume {
  readonly stack: Stack;
  readonly shapes: Map<Cut, CutShape>;
  /** Every slice, once it is asked for. */
  slices: Promise<readonly Types.IImage[]> | undefined;
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
export function cutImageIds(stack: Stack, cut: Exclude<Cut, "acquired">): readonly string[] {
  if (stack.volume === undefined) return [];
  const open = volumes.get(stack.id) ?? { stack, shapes: new Map<Cut, CutShape>(), slices: undefined };
  volumes.set(stack.id, open);
  const shape = open.shapes.get(cut) ?? cutShape(stack.volume, cut);
  open.shapes.set(cut, shape);
  return Array.from({ length: shape.count }, (_, number) => `${scheme}:${stack.id}/${cut}/${number}`);
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
  const [id = "", cut = "", number = ""] = imageId.slice(scheme.length + 1).split("/");
  const open = volumes.get(id);
  const shape = open?.shapes.get(cut as Cut);
  return open === undefined || shape === undefined ? undefined : { open, shape, number: Number(number) };
}

async function loadCut(imageId: string): Promise<Types.IImage> {
  const found = named(imageId);
  if (found === undefined) throw new Error("This volume is not open any more.");
  const { open, shape, number } = found;
  open.slices ??= loadSlices(open.stack);
  const slices = await open.slices;
  const [first] = slices;
  if (first === undefined) throw new Error("This volume has no slices.");
  const voxels = slices.map((slice) => slice.voxelManager?.getScalarData() as Voxels);
  return pictureOf({ imageId, shape, first, pixels: cutPixels(shape, voxels, number) });
}

/** All slices; they are held here, so that none of them has to be read again for the next picture. */
async function loadSlices({ frames }: Stack): Promise<readonly Types.IImage[]> {
  const slices: Types.IImage[] = [];
  const next = { index: 0 };
  const worker = async () => {
    for (let index = next.index++; index < frames.length; index = next.index++) {
      const frame = frames[index];
      if (frame === undefined) return;
      slices[index] = await imageLoader.loadAndCacheImage(frame.imageId, ahead());
    }
  };
  await Promise.all(Array.from({ length: 4 }, worker));
  return slices;
}

interface Picture {
  readonly imageId: string;
  readonly shape: CutShape;
  /** The slice whose window and scale the picture takes over. */
  readonly first: Types.IImage;
  readonly pixels: Float32Array | Int16Array;
}

function pictureOf({ imageId, shape, first, pixels }: Picture): Types.IImage {
  const { columns, rows, pixelMm } = shape;
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
      sliceThickness: found.shape.through.stepMm,
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

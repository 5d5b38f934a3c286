import { getShouldUseCPURendering, imageLoader, metaData, type Types, utilities } from "@cornerstonejs/core";
import { wadors } from "@cornerstonejs/dicom-image-loader";
import { type JsonDataSet, numberOf, textOf } from "../dicomweb/attributes.ts";
import { getPicture } from "../dicomweb/requests.ts";
import { instanceOf } from "./frame-metadata.ts";
import { refusalOf } from "./why-not-shown.ts";

type LoadOptions = NonNullable<Parameters<typeof wadors.loadImage>[1]>;

/** Pictures that came drawn from the server. */
const drawn = new Set<string>();

/**
 * Teaches Cornerstone to take a picture as the server draws it where it cannot decode one, or would draw it wrongly: then it is
 * seen, measured in mm and marked as any other, but has no values.
 */
export function registerFrameLoader(): void {
  imageLoader.registerImageLoader("wadors", (imageId, options) => ({
    promise: loadFrame(imageId, (options ?? {}) as LoadOptions),
  }));
}

/** Whether a picture came drawn from the server, so that its pixels are no values. */
export function isDrawnByServer(imageId: string): boolean {
  return drawn.has(imageId);
}

export function forgetDrawn(): void {
  drawn.clear();
}

async function loadFrame(imageId: string, options: LoadOptions): Promise<Types.IImage> {
  if (isBeyondCornerstone(instanceOf(imageId) ?? {})) return serverPicture(imageId);
  try {
    const image = (await wadors.loadImage(imageId, options).promise) as Types.IImage;
    return isSignMistaken(image) ? await serverPicture(imageId) : image;
  } catch (error) {
    // What the server refuses it does not draw either.
    if (refusalOf(error) !== undefined) throw error;
    return serverPicture(imageId).catch(() => {
      throw error;
    });
  }
}

const jpeg = /^1\.2\.840\.10008\.1\.2\.4\.5[01]$/;
const uncompressed = /^1\.2\.840\.10008\.1\.2(?:\.1|\.2|\.5|\.1\.99)?$/;

/** Source: PS3.3 C.7.6.3.1.2 (photometric interpretation), C.11.1 (modality table), PS3.5 §8.2. */
function isBeyondCornerstone(instance: JsonDataSet): boolean {
  const bits = numberOf(instance, "00280100") ?? 8;
  if (instance["00283000"] !== undefined || bits === 1) return true;
  if ((numberOf(instance, "00280002") ?? 1) === 1) return false;
  const syntax = textOf(instance, "00083002") ?? "";
  const colours = textOf(instance, "00280004") ?? "";
  if (bits > 8) return true;
  // Without a mark in the stream it is taken for YBR.
  if (jpeg.test(syntax)) return colours === "RGB";
  return uncompressed.test(syntax) && !["RGB", "YBR_FULL", "PALETTE COLOR"].includes(colours);
}

/** Whether the stream says of its samples' signs other than the data set, which Cornerstone believes. */
function isSignMistaken({
  imageId,
  imageFrame,
}: Types.IImage & { readonly imageFrame?: { readonly signed?: unknown } }) {
  const told = metaData.get("imagePixelModule", imageId) as { readonly pixelRepresentation?: number } | undefined;
  const { signed } = imageFrame ?? {};
  return typeof signed === "boolean" && told !== undefined && signed !== (told.pixelRepresentation === 1);
}

async function serverPicture(imageId: string): Promise<Types.IImage> {
  const { width, height, pixels } = await getPicture(`${imageId.slice("wadors:".length)}/rendered`);
  const useRGBA = getShouldUseCPURendering();
  const scalarData = useRGBA ? pixels : withoutAlpha(pixels);
  const numberOfComponents = useRGBA ? 4 : 3;
  const plane = metaData.get("imagePlaneModule", imageId) as Partial<Types.ImagePlaneModule> | undefined;
  const voxelManager = utilities.VoxelManager.createImageVoxelManager({
    scalarData,
    width,
    height,
    numberOfComponents,
  });
  let canvas: HTMLCanvasElement | undefined;
  drawn.add(imageId);
  return {
    imageId,
    dataType: "Uint8Array",
    color: true,
    rgba: useRGBA,
    numberOfComponents,
    columns: width,
    rows: height,
    width,
    height,
    columnPixelSpacing: plane?.columnPixelSpacing ?? 1,
    rowPixelSpacing: plane?.rowPixelSpacing ?? 1,
    slope: 1,
    intercept: 0,
    windowCenter: 128,
    windowWidth: 256,
    minPixelValue: 0,
    maxPixelValue: 255,
    invert: false,
    sizeInBytes: scalarData.byteLength,
    voxelManager,
    getPixelData: () => scalarData,
    // Where the processor draws it takes colours from a canvas.
    getCanvas: () => {
      canvas ??= canvasOf(pixels, width, height);
      return canvas;
    },
    // Every image has these; a drawn one has nothing to say in them.
    ...({
      imageFrame: { photometricInterpretation: "RGB" },
      voiLUTFunction: "LINEAR",
      photometricInterpretation: "RGB",
    } as object),
  } as unknown as Types.IImage;
}

function withoutAlpha(rgba: Uint8ClampedArray): Uint8Array {
  const rgb = new Uint8Array((rgba.length / 4) * 3);
  for (let from = 0, to = 0; from < rgba.length; from += 4, to += 3) rgb.set(rgba.subarray(from, from + 3), to);
  return rgb;
}

function canvasOf(pixels: Uint8ClampedArray<ArrayBuffer>, width: number, height: number): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width, height });
  canvas.getContext("2d")?.putImageData(new ImageData(pixels, width, height), 0, 0);
  return canvas;
}

import type { CodecSamples, Codestream } from "#standards/pixels";
import type { Codec, EncodeWish } from "./codec.ts";

type Library = typeof import("dcmjs-codecs");

/** JPEG of 12 bits, lossless JPEG and JPEG XL. */
export async function openNativeCodecs(): Promise<Codec> {
  const loaded = (await import("dcmjs-codecs")) as unknown as { readonly default?: Library } & Library;
  const library = loaded.default ?? loaded;
  library.log.setLevel("silent");
  await library.NativeCodecs.initializeAsync({ logCodecsInfo: false, logCodecsTrace: false });
  return {
    decode: (frame, stream) => decode(library, frame, stream),
    encode: ({ bytes, bits }, wish) => encode(library, { bytes, bits }, wish),
  };
}

function decode({ NativeCodecs, Context }: Library, frame: Uint8Array, stream: Codestream): CodecSamples {
  const { width, height, samplesPerPixel, bits } = stream;
  const context = new Context({ ...shapeOf({ width, height, samplesPerPixel }, bits), encodedBuffer: frame });
  const decoded =
    stream.kind === "jpeg-xl"
      ? NativeCodecs.decodeJpegXl(context)
      : NativeCodecs.decodeJpeg(context, { convertColorspaceToRgb: stream.isTransformed === true });
  const bytes = decoded.getDecodedBuffer();
  if (bytes === undefined) throw new Error("nothing was decoded");
  const isByPlane = samplesPerPixel > 1 && decoded.getPlanarConfiguration() === 1;
  if (isByPlane) throw new Error("colours came by plane");
  return { bytes: bytes.slice(), width, height, samplesPerPixel, bits, isSigned: false };
}

function encode(library: Library, samples: { bytes: Uint8Array; bits: number }, wish: EncodeWish): Uint8Array {
  const context = new library.Context({ ...shapeOf(wish, samples.bits), decodedBuffer: samples.bytes });
  const encoded = encodedBy(library, context, wish).getEncodedBuffer();
  if (encoded === undefined) throw new Error("nothing was encoded");
  return encoded.slice();
}

/** Two pixels share their colours. */
const sampleFactor422 = 1;

function encodedBy({ NativeCodecs }: Library, context: InstanceType<Library["Context"]>, wish: EncodeWish) {
  const { isLossy, quality, kind, byResolution } = wish;
  if (kind === "jpeg-ls")
    return NativeCodecs.encodeJpegLs(context, { lossy: isLossy, allowedLossyError: quality.nearLosslessError });
  if (kind === "jpeg-2000") return NativeCodecs.encodeJpeg2000(context, { lossy: isLossy, rate: quality.ratio });
  if (kind === "htj2k")
    return NativeCodecs.encodeHtJpeg2000(context, { lossy: isLossy, progressionOrder: byResolution ? 2 : 0 });
  if (kind === "jpeg")
    return NativeCodecs.encodeJpeg(context, {
      lossy: true,
      quality: quality.jpegQuality,
      sampleFactor: sampleFactor422,
    });
  return NativeCodecs.encodeJpeg(context, { lossy: false, predictor: 1, pointTransform: 0 });
}

type Shape = Pick<EncodeWish, "width" | "height" | "samplesPerPixel">;

function shapeOf({ width, height, samplesPerPixel }: Shape, bits: number) {
  return {
    width,
    height,
    samplesPerPixel,
    bitsAllocated: bits > 8 ? 16 : 8,
    bitsStored: bits,
    pixelRepresentation: 0,
    planarConfiguration: 0,
    photometricInterpretation: samplesPerPixel === 1 ? "MONOCHROME2" : "RGB",
  };
}

import { inflateRawSync } from "node:zlib";
import { failed, incorrect, limits, ok, type Problem, type Result } from "#kernel";
import {
  asStored,
  bytesOfFrame,
  type CodecSamples,
  type Codestream,
  codestreamOf,
  type DecodedFrame,
  decodedLayout,
  decodeRle,
  type EncodedFrame,
  notDecodable,
  type PixelLayout,
  type SyntaxKind,
  syntaxKind,
  unpackNative,
} from "#standards/pixels";
import type { CodecName } from "./codecs/codec.ts";
import type { CodecShelf } from "./codecs/codec-shelf.ts";
import { withoutTransform } from "./codecs/turbo.ts";

/** The samples of a frame. Problems: as `PixelEngine.decode` has them. */
export async function decodeFrame(
  shelf: CodecShelf,
  { bytes, syntax }: EncodedFrame,
  layout: PixelLayout,
): Promise<Result<DecodedFrame>> {
  const kind = syntaxKind(syntax);
  switch (kind) {
    case "native":
      return unpackNative(bytes, layout);
    case "deflated-frame":
      return inflated(bytes, layout);
    case "rle": {
      const samples = decodeRle(bytes, layout);
      return samples.ok ? ok({ bytes: samples.value, layout: decodedLayout(layout, kind) }) : samples;
    }
    case "video":
    case "unknown":
      return failed(notDecodable(kind));
    default:
      return decodeStream(shelf, bytes, { kind, layout });
  }
}

function inflated(bytes: Uint8Array, layout: PixelLayout): Result<DecodedFrame> {
  try {
    return unpackNative(inflateRawSync(bytes, { maxOutputLength: bytesOfFrame(layout) + 2 }), layout);
  } catch (cause) {
    return failed(notWhole(cause));
  }
}

function notWhole(cause?: unknown): Problem {
  return incorrect("frame-not-decodable", "The frame is damaged, or not of the kind that its transfer syntax says.", {
    cause,
  });
}

interface Stream {
  readonly kind: SyntaxKind;
  readonly layout: PixelLayout;
}

async function decodeStream(
  shelf: CodecShelf,
  bytes: Uint8Array,
  { kind, layout }: Stream,
): Promise<Result<DecodedFrame>> {
  const stream = kind === "jpeg-xl" ? streamAsTold(layout) : codestreamOf(bytes);
  if (stream === undefined) return failed(notWhole());
  const { width, height, samplesPerPixel } = stream;
  if (width * height > limits.framePixelsMax || width * height * samplesPerPixel * 2 > limits.frameBytesMax)
    return failed(incorrect("frame-too-large", "The frame says that it is larger than Corridor works on."));
  const name = codecFor(stream, kind);
  try {
    const codec = await shelf.decoder(name);
    const plain = bytes.subarray(stream.at);
    const isPlainRgb = name === "turbo" && stream.isTransformed === undefined && layout.photometric === "RGB";
    const samples = codec.decode(isPlainRgb ? withoutTransform(plain) : plain, stream);
    return isWhole(samples) ? ok(asStored(samples, decodedLayout(layout, kind))) : failed(notWhole());
  } catch (cause) {
    shelf.forget(name);
    return failed(notWhole(cause));
  }
}

/** Some decoders give nothing, or less than there should be, and no word about it. */
function isWhole({ bytes, width, height, samplesPerPixel, bits }: CodecSamples): boolean {
  const wanted = width * height * samplesPerPixel * (bits > 8 ? 2 : 1);
  return wanted > 0 && bits >= 1 && bits <= 16 && bytes.length >= wanted;
}

/** JPEG XL is decoded as the data set says it is. */
function streamAsTold({ rows, columns, samplesPerPixel, bitsStored }: PixelLayout): Codestream {
  const told = { width: columns, height: rows, samplesPerPixel, bits: bitsStored };
  return { kind: "jpeg-xl", ...told, isSigned: false, isTransformed: undefined, at: 0 };
}

/** By what the frame is, and not by what the transfer syntax says it should be, as far as that can be seen. */
function codecFor({ kind, bits }: Codestream, syntax: SyntaxKind): CodecName {
  switch (kind) {
    case "jpeg":
      return bits === 8 ? "turbo" : "native-codecs";
    case "jpeg-ls":
      return "charls";
    case "jpeg-2000":
      return syntax === "htj2k" ? "openjph" : "openjpeg";
    case "jpeg-lossless":
    case "jpeg-xl":
      return "native-codecs";
  }
}

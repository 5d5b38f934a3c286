import { failed, ok, type Result, unsupported } from "#kernel";
import {
  type DecodedFrame,
  type EncodedFrame,
  type EncoderKind,
  encodeRle,
  type SyntaxKind,
  syntaxKind,
  type TranscodePlan,
  toEncode,
  unpackNative,
  writableSyntaxes,
} from "#standards/pixels";
import type { EncoderName } from "./codecs/codec.ts";
import type { CodecShelf } from "./codecs/codec-shelf.ts";
import { decodeFrame } from "./decode-frame.ts";

/** A frame in the transfer syntax of the plan. Problems: those of `decodeFrame`, and `frame-not-encodable`. */
export async function transcodeFrame(
  shelf: CodecShelf,
  frame: EncodedFrame,
  plan: TranscodePlan,
): Promise<Result<Uint8Array>> {
  const kind = syntaxKind(plan.to);
  if (plan.to === plan.from) return ok(frame.bytes);
  if (kind === "native" && syntaxKind(plan.from) === "native") return ok(inLittleEndian(frame.bytes, plan));
  const decoded = await decodeFrame(shelf, frame, plan.layout);
  if (!decoded.ok) return decoded;
  const { rows, columns, samplesPerPixel, bitsAllocated } = decoded.value.layout;
  const { target } = plan;
  const isAsTold =
    rows === target.rows &&
    columns === target.columns &&
    samplesPerPixel === target.samplesPerPixel &&
    bitsAllocated === target.bitsAllocated;
  if (!isAsTold)
    return failed(notEncodable("The frame is of another size than its data set says, which cannot be changed here."));
  return encodeFrame(shelf, decoded.value, { plan, kind });
}

function notEncodable(message: string, cause?: unknown) {
  return unsupported("frame-not-encodable", message, { cause });
}

/** Without loss of what stands beside the samples: padding, bits, planes stay where they are. */
function inLittleEndian(bytes: Uint8Array, { layout }: TranscodePlan): Uint8Array {
  if (layout.isLittleEndian || layout.bitsAllocated <= 8) return bytes;
  const turned = unpackNative(bytes, { ...layout, isPlanar: false });
  return turned.ok ? turned.value.bytes : bytes;
}

interface Encoding {
  readonly plan: TranscodePlan;
  readonly kind: SyntaxKind;
}

async function encodeFrame(shelf: CodecShelf, frame: DecodedFrame, encoding: Encoding): Promise<Result<Uint8Array>> {
  const { plan, kind } = encoding;
  if (kind === "native") return ok(frame.bytes);
  if (kind === "rle") {
    const packed = encodeRle(frame.bytes, frame.layout);
    return packed === undefined ? failed(notEncodable("RLE cannot hold so many bytes a pixel.")) : ok(packed);
  }
  let cause: unknown;
  for (const name of encodersFor(kind)) {
    try {
      const codec = await shelf.encoder(name);
      const encoded = codec.encode(toEncode(frame, encoderKinds[name]), wishOf(frame, plan));
      if (await isProven(shelf, frame, { encoded, plan })) return ok(encoded);
      cause = "other samples came back";
    } catch (thrown) {
      shelf.forget(name);
      cause = thrown;
    }
  }
  return failed(notEncodable("The frame could not be compressed.", cause));
}

interface Encoded {
  readonly encoded: Uint8Array;
  readonly plan: TranscodePlan;
}

/**
 * The encoders of JPEG 2000 at hand lose samples in rare pictures without a word (of one column, of two levels, of one byte with a
 * sign), so that what must not lose anything is read again and compared. The others were never caught at it.
 */
async function isProven(shelf: CodecShelf, frame: DecodedFrame, { encoded, plan }: Encoded): Promise<boolean> {
  const kind = syntaxKind(plan.to);
  if (plan.isLossy || (kind !== "jpeg-2000" && kind !== "htj2k")) return true;
  const again = await decodeFrame(shelf, { bytes: encoded, syntax: plan.to }, plan.target);
  return again.ok && Buffer.compare(again.value.bytes, frame.bytes) === 0;
}

function encodersFor(kind: SyntaxKind): readonly EncoderName[] {
  switch (kind) {
    case "jpeg-ls":
      // The first is faster, and gives up noise that does not get smaller.
      return ["charls", "native-codecs"];
    case "jpeg-2000":
      return ["openjpeg", "native-codecs"];
    case "htj2k":
      return ["openjph", "native-codecs"];
    default:
      return ["native-codecs"];
  }
}

const encoderKinds: Readonly<Record<EncoderName, EncoderKind>> = {
  charls: { knowsSigns: false },
  openjpeg: { knowsSigns: true },
  openjph: { knowsSigns: true },
  // Its libraries are built for these precisions.
  "native-codecs": { knowsSigns: false, widths: [8, 12, 16] },
};

function wishOf({ layout }: DecodedFrame, { target, isLossy, quality, to }: TranscodePlan) {
  return {
    width: layout.columns,
    height: layout.rows,
    samplesPerPixel: layout.samplesPerPixel,
    isTransformed: target.photometric === "YBR_RCT" || target.photometric === "YBR_ICT",
    isLossy,
    quality,
    byResolution: to === writableSyntaxes.htj2kLosslessRpcl,
    kind: syntaxKind(to),
  };
}

import { failed, ok, type Result, unsupported } from "#kernel";
import type { Image } from "./image.ts";
import { bitsOfFrame, isMonochrome, type Photometric, type PixelLayout } from "./layout.ts";
import { losesInWriting, type SyntaxKind, syntaxKind, transcodableTo } from "./syntax-kind.ts";

/** What becomes of an image in another transfer syntax, before any frame of it is touched. Plain data. */
export interface TranscodePlan {
  /** UIDs of transfer syntaxes. */
  readonly from: string;
  readonly to: string;
  /** As it is stored, and as it will be. */
  readonly layout: PixelLayout;
  readonly target: PixelLayout;
  /** Whether this step loses something. */
  readonly isLossy: boolean;
  readonly quality: LossyQuality;
}

export interface LossyQuality {
  /** JPEG: 1 to 100. */
  readonly jpegQuality: number;
  /** JPEG-LS: by how much a sample may differ. */
  readonly nearLosslessError: number;
  /** JPEG 2000: how many times smaller. */
  readonly ratio: number;
}

/** What is used where nobody says: what a reader hardly sees. */
const defaultQuality: LossyQuality = { jpegQuality: 90, nearLosslessError: 2, ratio: 10 };

export type ImageToTranscode = Pick<Image, "layout" | "syntax" | "frames">;

/**
 * How the frames of an image go into another transfer syntax. Problems, all `unsupported`: `transfer-syntax-not-decodable` and
 * `transfer-syntax-not-writable` of the two syntaxes, `pixels-not-writable` where the syntax cannot hold pixels of this kind.
 * Source: PS3.5 §8.2.
 */
export function planTranscoding(
  { layout, syntax, frames }: ImageToTranscode,
  to: string,
  quality: Partial<LossyQuality> = {},
): Result<TranscodePlan> {
  const fromKind = syntaxKind(syntax);
  if (fromKind === "video" || fromKind === "unknown") return failed(notDecodable(fromKind));
  if (!transcodableTo.includes(to))
    return failed(unsupported("transfer-syntax-not-writable", "Corridor does not write this transfer syntax."));
  const toKind = syntaxKind(to);
  const isLossy = to !== syntax && losesInWriting(to);
  const common = { from: syntax, to, layout, isLossy, quality: { ...defaultQuality, ...quality } };
  if (to === syntax) return ok({ ...common, target: layout });
  if (frames > 1 && bitsOfFrame(layout) % 8 !== 0)
    return failed(unsupported("pixels-not-writable", "Frames of single bits that share bytes cannot be taken apart."));
  if (fromKind === "native" && toKind === "native")
    return ok({ ...common, target: { ...layout, isLittleEndian: true } });
  const decoded = decodedLayout(layout, fromKind);
  const fault = faultOf(decoded, toKind, isLossy);
  if (fault !== undefined) return failed(unsupported("pixels-not-writable", fault));
  return ok({ ...common, target: { ...decoded, photometric: writtenPhotometric(decoded, toKind, isLossy) } });
}

export function notDecodable(kind: SyntaxKind) {
  return kind === "video"
    ? unsupported("transfer-syntax-not-decodable", "The object is a video, whose frames Corridor does not decode.")
    : unsupported("transfer-syntax-not-decodable", "Corridor does not decode this transfer syntax.");
}

/** Frames as decoders give them. */
export function decodedLayout(layout: PixelLayout, kind: SyntaxKind): PixelLayout {
  return { ...layout, isPlanar: false, isLittleEndian: true, photometric: decodedPhotometric(layout, kind) };
}

/** Decoders give RGB of what JPEG and JPEG 2000 have turned themselves. Source: PS3.5 §8.2.1, §8.2.4. */
function decodedPhotometric({ photometric, samplesPerPixel }: PixelLayout, kind: SyntaxKind): Photometric {
  if (samplesPerPixel !== 3) return photometric;
  if (kind === "jpeg" || kind === "jpeg-xl") return "RGB";
  if (photometric === "YBR_ICT" || photometric === "YBR_RCT") return "RGB";
  return photometric === "YBR_FULL_422" ? "YBR_FULL" : photometric;
}

function faultOf(layout: PixelLayout, to: SyntaxKind, isLossy: boolean): string | undefined {
  const { bitsAllocated, samplesPerPixel, numbers, photometric } = layout;
  if (bitsAllocated === 1) return "Pixels of a single bit cannot be compressed or unpacked.";
  if (to === "native") return undefined;
  if (numbers !== "integer") return "Floating point pixels cannot be compressed.";
  if (bitsAllocated === 64) return "Pixels of 64 bits cannot be compressed.";
  if (samplesPerPixel !== 1 && samplesPerPixel !== 3) return "Pixels of two or four samples cannot be compressed.";
  if (to === "rle") return undefined;
  if (bitsAllocated > 16) return "Pixels of 32 bits cannot be written in this transfer syntax.";
  if (isLossy && photometric === "PALETTE COLOR") return "A picture with a palette cannot be compressed with loss.";
  // The encoders at hand give back other samples there.
  if (samplesPerPixel === 3 && bitsAllocated > 8 && (to === "jpeg-2000" || to === "htj2k"))
    return "Colours of more than eight bits cannot be written in JPEG 2000.";
  // Without loss it is found out frame by frame whether the same samples come back; with loss nobody would.
  if (isLossy && layout.isSigned && layout.bitsStored <= 8 && to !== "jpeg-ls")
    return "Negative pixels of eight bits cannot be compressed with loss in this transfer syntax.";
  if (to !== "jpeg") return undefined;
  if (bitsAllocated > 8) return "JPEG Baseline holds eight bits a sample; the image has more.";
  return layout.isSigned ? "JPEG Baseline holds no negative pixels." : undefined;
}

function writtenPhotometric(layout: PixelLayout, to: SyntaxKind, isLossy: boolean): Photometric {
  const { photometric, samplesPerPixel } = layout;
  if (samplesPerPixel !== 3 || isMonochrome(layout)) return photometric;
  if (to === "jpeg") return "YBR_FULL_422";
  if ((to === "jpeg-2000" || to === "htj2k") && photometric === "RGB") return isLossy ? "YBR_ICT" : "YBR_RCT";
  return photometric;
}

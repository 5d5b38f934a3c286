import type { CodecSamples, Codestream, LossyQuality, SamplesToEncode, SyntaxKind } from "#standards/pixels";

/** A library that decodes frames. It may throw, crash or never come back: only the worker threads call it. */
export interface Decoder {
  /** `stream` is what the frame says of itself. */
  decode(frame: Uint8Array, stream: Codestream): CodecSamples;
}

/** One that encodes them too. */
export interface Codec extends Decoder {
  encode(samples: SamplesToEncode, wish: EncodeWish): Uint8Array;
}

export interface EncodeWish {
  readonly width: number;
  readonly height: number;
  readonly samplesPerPixel: number;
  /** Whether red, green and blue are turned into what compresses better. */
  readonly isTransformed: boolean;
  readonly isLossy: boolean;
  readonly quality: LossyQuality;
  /** Whether resolutions come first in the stream, so that a part of it is a smaller picture. */
  readonly byResolution: boolean;
  /** Of a library that writes several. */
  readonly kind: SyntaxKind;
}

export type EncoderName = Exclude<CodecName, "turbo">;

/** Codecs by their library, loaded when first needed: each takes some megabytes. */
export type CodecName = "charls" | "openjpeg" | "openjph" | "turbo" | "native-codecs";

import type { CodecSamples, Codestream, LossyQuality, SamplesToEncode } from "#standards/pixels";

/** A library that decodes and encodes frames. It may throw, crash or never come back: only the worker threads call it. */
export interface Codec {
  /** `stream` is what the frame says of itself. */
  decode(frame: Uint8Array, stream: Codestream): CodecSamples;
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
}

/** Decoders by their library, loaded when first needed: each takes some megabytes. */
export type CodecName = "charls" | "openjpeg" | "openjph" | "turbo" | "native-codecs";

import type { Result } from "#kernel";
import type { Display } from "./display.ts";
import type { PixelLayout } from "./layout.ts";
import type { RenderWish } from "./render-wish.ts";
import type { TranscodePlan } from "./transcode-plan.ts";

/**
 * Decodes, transcodes and renders frames, aside of whoever asks: a frame that breaks a decoder costs one answer and nothing else.
 * Problems of each call, besides those of the frame itself: `pixels-busy`, `pixels-timeout`, `pixels-crashed`, `pixels-closed`.
 */
export interface PixelEngine {
  /** The samples of a frame. Problems: `frame-not-decodable`, `transfer-syntax-not-decodable`, `frame-too-large`. */
  decode(frame: EncodedFrame, layout: PixelLayout): Promise<Result<DecodedFrame>>;
  /** A frame in another transfer syntax, as `planTranscoding` planned it. Problems: those of `decode`, `frame-not-encodable`. */
  transcode(frame: EncodedFrame, plan: TranscodePlan): Promise<Result<Uint8Array>>;
  /** Frames in their order, several worked on at once, never more than it takes to keep all threads busy. Ends with the first failure. */
  transcodeAll(frames: Frames, plan: TranscodePlan): AsyncIterable<Result<Uint8Array>>;
  /** A frame as people see it. */
  render(frame: EncodedFrame, image: FrameImage, wish: RenderWish): Promise<Result<RenderedImage>>;
  close(): Promise<void>;
}

export type Frames = AsyncIterable<EncodedFrame> | Iterable<EncodedFrame>;

/** One frame as it is stored. */
export interface EncodedFrame {
  /** Of a compressed frame all its fragments, one after another. */
  readonly bytes: Uint8Array;
  /** UID of the transfer syntax. */
  readonly syntax: string;
  /** Whether the buffer may be taken away from the caller, which saves copying it. False when absent. */
  readonly mayTake?: boolean;
}

/** What one frame of an image is: `frameImage(image, frame)`. Plain data. */
export interface FrameImage {
  readonly layout: PixelLayout;
  readonly display: Display;
}

/** Samples little endian, colour by pixel; of single bits one byte each. */
export interface DecodedFrame {
  readonly bytes: Uint8Array;
  /** What they are now: JPEG and JPEG 2000 give RGB where YBR was stored. */
  readonly layout: PixelLayout;
}

export interface RenderedImage {
  readonly bytes: Uint8Array;
  readonly mediaType: "image/jpeg" | "image/png" | "image/gif";
  readonly width: number;
  readonly height: number;
}

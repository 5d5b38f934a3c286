import type { Problem, Result } from "#kernel";
import type {
  DecodedFrame,
  EncodedFrame,
  FrameImage,
  PixelLayout,
  RenderedImage,
  RenderWish,
  TranscodePlan,
} from "#standards/pixels";

/** What a thread is asked to do with one frame. Plain data. */
export type PixelTask =
  | { readonly is: "decode"; readonly frame: EncodedFrame; readonly layout: PixelLayout }
  | { readonly is: "transcode"; readonly frame: EncodedFrame; readonly plan: TranscodePlan }
  | { readonly is: "render"; readonly frame: EncodedFrame; readonly image: FrameImage; readonly wish: RenderWish };

/** What each kind of task comes to. */
export interface PixelOutcome {
  readonly decode: DecodedFrame;
  readonly transcode: Uint8Array;
  readonly render: RenderedImage;
}

export type PixelAnswer = Result<PixelOutcome[keyof PixelOutcome]>;

/** Causes are errors of libraries: their text alone can leave a thread. */
export function withPlainCause(problem: Problem): Problem {
  return problem.cause === undefined ? problem : { ...problem, cause: String(problem.cause) };
}

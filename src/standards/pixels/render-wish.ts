import type { Window } from "./display.ts";

/** How a frame is to be rendered. Source: PS3.18 §8.3.5.1. */
export interface RenderWish {
  readonly format: "jpeg" | "png" | "gif";
  /** 1 to 100, of JPEG; 90 when absent. */
  readonly quality?: number;
  /** Instead of those of the data set. */
  readonly window?: Window;
  readonly viewport?: Viewport;
  /** Draws the overlays of the data set into it. */
  readonly withOverlays?: boolean;
  /** Lines of text, drawn into the upper left corner. */
  readonly annotation?: readonly string[];
}

export interface Viewport {
  /** Of what is made, in pixels, at most; the shape of the picture is kept. */
  readonly width: number;
  readonly height: number;
  /** The part of the picture that is shown, in its pixels; negative sizes flip it. The whole when absent. */
  readonly source?: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
}

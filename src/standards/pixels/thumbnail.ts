import type { RenderWish } from "./render-wish.ts";

/** Pixels of the longer side where nobody says. */
const thumbnailSideDefault = 128;

/** A thumbnail is a small rendering: a JPEG of a few kilobytes. */
export function thumbnailWish(side: number = thumbnailSideDefault): RenderWish {
  return { format: "jpeg", quality: 80, viewport: { width: side, height: side } };
}

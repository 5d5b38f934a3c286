import { failed, incorrect, ok, type Result } from "#kernel";
import { paletteColours, trueColours } from "./colour.ts";
import type { Display, Overlay, Window } from "./display.ts";
import type { DecodedFrame } from "./engine.ts";
import { greyLevels } from "./grey.ts";
import { isMonochrome } from "./layout.ts";

/** What is seen of a frame: a byte a channel, one channel for grey, three for colours. */
export interface Picture {
  readonly bytes: Uint8Array;
  readonly channels: 1 | 3;
  readonly width: number;
  readonly height: number;
}

export interface PictureWish {
  /** Instead of those of the data set; without meaning for colours. */
  readonly window?: Window;
  readonly withOverlays?: boolean;
}

/** A decoded frame as it is seen. Shares the frame's bytes where they are what is seen. Problem: `palette-missing`. */
export function pictureOf(frame: DecodedFrame, display: Display, wish: PictureWish = {}): Result<Picture> {
  const { rows: height, columns: width, samplesPerPixel, photometric } = frame.layout;
  const size = { width, height };
  if (photometric === "PALETTE COLOR") {
    if (display.palette === undefined)
      return failed(
        incorrect("palette-missing", "The picture's colours are in a palette that is missing.", {
          where: "(0028,1201)",
        }),
      );
    return ok(drawn({ ...size, bytes: paletteColours(frame, display.palette), channels: 3 }, display, wish));
  }
  if (isMonochrome(frame.layout) || samplesPerPixel < 3)
    return ok(drawn({ ...size, bytes: greyLevels(frame, display, wish.window), channels: 1 }, display, wish));
  return ok(drawn({ ...size, bytes: trueColours(frame), channels: 3 }, display, wish));
}

function drawn(picture: Picture, { overlays }: Display, { withOverlays = false }: PictureWish): Picture {
  if (!withOverlays || overlays.length === 0) return picture;
  const bytes = picture.bytes.slice();
  for (const overlay of overlays) draw(overlay, { ...picture, bytes });
  return { ...picture, bytes };
}

/** In white. */
function draw(overlay: Overlay, { bytes, channels, width, height }: Picture): void {
  for (let row = Math.max(0, -overlay.row); row < overlay.rows && row + overlay.row < height; row += 1)
    for (let column = Math.max(0, -overlay.column); column < overlay.columns; column += 1) {
      const x = column + overlay.column;
      if (x >= width) break;
      const bit = row * overlay.columns + column;
      if ((((overlay.bits[bit >> 3] ?? 0) >> (bit & 7)) & 1) === 0) continue;
      const at = ((row + overlay.row) * width + x) * channels;
      bytes.fill(255, at, at + channels);
    }
}

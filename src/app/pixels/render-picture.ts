import sharp, { type OverlayOptions, type Sharp } from "sharp";
import { failed, incorrect, limits, ok, type Result } from "#kernel";
import type { Picture, RenderedImage, RenderWish, Viewport } from "#standards/pixels";

// Each thread draws one picture at a time; more threads within it would fight over the processors.
sharp.concurrency(1);
sharp.cache(false);

const qualityDefault = 90;

/** A picture as a file. `pixelAspect` is undone where the picture is made another size anyway. Problem: `viewport-incorrect`. */
export async function renderPicture(
  picture: Picture,
  wish: RenderWish,
  pixelAspect: number,
): Promise<Result<RenderedImage>> {
  const { bytes, channels, width, height } = picture;
  const source = sourceOf(picture, wish.viewport);
  if (source === undefined)
    return failed(incorrect("viewport-incorrect", "The viewport shows no part of the picture."));
  const raw = sharp(bytes, { raw: { width, height, channels } });
  const cut = source.isWhole ? raw : raw.extract(source.region).flip(source.isUpsideDown).flop(source.isMirrored);
  const sized = resized(cut, { ...source.region, pixelAspect, viewport: wish.viewport });
  const written = wish.annotation?.length ? sized.image.composite([textOf(wish.annotation, sized)]) : sized.image;
  const grey = channels === 1 ? written.toColourspace("b-w") : written;
  const { data, info } = await inFormat(grey, wish).toBuffer({ resolveWithObject: true });
  // What libvips made cannot be handed to another thread; it is small.
  return ok({
    bytes: Uint8Array.from(data),
    mediaType: `image/${wish.format}`,
    width: info.width,
    height: info.height,
  });
}

interface Source {
  readonly region: { readonly left: number; readonly top: number; readonly width: number; readonly height: number };
  readonly isWhole: boolean;
  readonly isUpsideDown: boolean;
  readonly isMirrored: boolean;
}

/** The part of the picture that is shown, cut to what there is; undefined when nothing is left. Source: PS3.18 §8.3.5.1.3. */
function sourceOf({ width, height }: Picture, viewport: Viewport | undefined): Source | undefined {
  const wished = viewport?.source;
  if (wished === undefined)
    return { region: { left: 0, top: 0, width, height }, isWhole: true, isUpsideDown: false, isMirrored: false };
  const left = Math.max(0, Math.round(wished.x));
  const top = Math.max(0, Math.round(wished.y));
  const right = Math.min(width, Math.round(wished.x + Math.abs(wished.width)));
  const bottom = Math.min(height, Math.round(wished.y + Math.abs(wished.height)));
  if (!(right > left && bottom > top)) return undefined;
  const region = { left, top, width: right - left, height: bottom - top };
  return { region, isWhole: false, isUpsideDown: wished.height < 0, isMirrored: wished.width < 0 };
}

interface Sizing {
  readonly width: number;
  readonly height: number;
  readonly pixelAspect: number;
  readonly viewport: Viewport | undefined;
}

interface Sized {
  readonly image: Sharp;
  readonly width: number;
  readonly height: number;
}

function resized(image: Sharp, { width, height, pixelAspect, viewport }: Sizing): Sized {
  const most = limits.renderedSideMax;
  if (viewport === undefined && Math.max(width, height) <= most) return { image, width, height };
  const box = { width: side(viewport?.width, most), height: side(viewport?.height, most) };
  const tall = height * pixelAspect;
  const scale = Math.min(box.width / width, box.height / tall);
  const size = { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(tall * scale)) };
  return { image: image.resize({ ...size, fit: "fill", kernel: "cubic" }), ...size };
}

function side(wished: number | undefined, most: number): number {
  return Math.max(1, Math.min(Math.round(wished ?? most), most));
}

function inFormat(image: Sharp, { format, quality = qualityDefault }: RenderWish): Sharp {
  switch (format) {
    case "jpeg":
      // Codes made for this picture alone would save 2 % of its bytes for as much time again.
      return image.jpeg({ quality: Math.max(1, Math.min(100, Math.round(quality))), optimiseCoding: false });
    case "png":
      return image.png({ compressionLevel: 2, adaptiveFiltering: false });
    case "gif":
      return image.gif({ effort: 1 });
  }
}

/** Lines of text as a drawing, white with a dark edge, so that they are read on any ground. */
function textOf(lines: readonly string[], { width, height }: Sized): OverlayOptions {
  const size = Math.max(8, Math.round(Math.min(width, height) / 32));
  const texts = lines.slice(0, limits.renderedLinesMax).map((line, index) => {
    const text = escaped(line.slice(0, limits.renderedLineCharactersMax));
    return `<text x="${size / 2}" y="${(index + 1) * size * 1.25}">${text}</text>`;
  });
  const style = `font-family="sans-serif" font-size="${size}" fill="#fff" stroke="#000" stroke-width="${size / 5}" paint-order="stroke"`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><g ${style}>${texts.join("")}</g></svg>`;
  return { input: Buffer.from(svg), top: 0, left: 0 };
}

function escaped(text: string): string {
  return text.replace(/[^\P{C}]/gu, "").replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}

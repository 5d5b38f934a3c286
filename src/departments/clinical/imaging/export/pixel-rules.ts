import { z } from "zod";
import { failed, incorrect, limits, ok, type Result } from "#kernel";
import type { PixelRule } from "#standards/deidentification";
import { tagNamed } from "#standards/dicom";

const pixels = z.int().min(0).max(65_535);

const rectangle = z.strictObject({ x: pixels, y: pixels, width: pixels, height: pixels });

const rule = z.strictObject({
  where: z
    .record(
      z.string().refine((keyword) => tagNamed(keyword) !== undefined, "is no keyword of DICOM"),
      z.string(),
    )
    .refine((where) => Object.keys(where).length > 0, "names nothing to know the images by"),
  black: z.array(rectangle).max(limits.exportRectanglesMax).default([]),
  blackOutsideRegions: z.boolean().default(false),
  overlays: z.boolean().default(false),
  faces: z.boolean().default(false),
  /** For people. */
  about: z.string().optional(),
});

const rules = z.array(rule).max(limits.exportPixelRulesMax);

/**
 * What machines of this hospital write into pictures, from JSON: `[{ "where": { "Modality": "US", "Manufacturer": "…" }, "black":
 * [{ "x": 0, "y": 0, "width": 640, "height": 60 }] }]`; `"overlays": true` where that is all that names people in overlays too,
 * `"faces": true` where it is all that they can be recognised by. Problem: `pixel-rules-incorrect`.
 */
export function readPixelRules(text: string): Result<readonly PixelRule[]> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return failed(incorrect("pixel-rules-incorrect", "The rules for pixels are no JSON."));
  }
  const read = rules.safeParse(json);
  if (read.success)
    return ok(
      read.data.map(({ where, black, blackOutsideRegions, overlays, faces }) => ({
        where,
        black,
        isBlackOutsideRegions: blackOutsideRegions,
        isForOverlays: overlays,
        isForFaces: faces,
      })),
    );
  const [issue] = read.error.issues;
  const where = issue?.path.join(".") ?? "";
  const message = `The rules for pixels cannot be used: ${issue?.message ?? "they have another form"}.`;
  return failed(incorrect("pixel-rules-incorrect", message, where === "" ? {} : { where }));
}

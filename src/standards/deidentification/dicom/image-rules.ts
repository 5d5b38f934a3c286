import type { ImageOption } from "./profile.ts";

/** What a set of rules says of DICOM files besides the basic profile. */
export interface ImageRules {
  readonly options: readonly ImageOption[];
  readonly pixels: readonly PixelRule[];
}

/** What machines of a kind write into their pictures. */
export interface PixelRule {
  /** Which images: texts of attributes by keyword, all of which must be so: `{ Modality: "US", Manufacturer: "…", Rows: "768" }`. */
  readonly where: Readonly<Record<string, string>>;
  /** Parts of the picture that are made black; none where nothing is written into it. */
  readonly black: readonly Rectangle[];
  /** Also everything outside the regions that the machine says it has measured in. Source: PS3.3 §C.8.5.5. */
  readonly isBlackOutsideRegions?: boolean;
  /** What is black in the picture is also all that names people in its overlays: with `clean-graphics` the rest of them stays. */
  readonly isForOverlays?: boolean;
  /** What is black is also all that people can be recognised by, or there is nothing: for `clean-recognizable-features`. */
  readonly isForFaces?: boolean;
}

/** In pixels from the upper left corner. */
export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

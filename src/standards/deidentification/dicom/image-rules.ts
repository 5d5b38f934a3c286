import type { ImageOption } from "./profile.ts";

/** What a set of rules says of DICOM files besides the basic profile. */
export interface ImageRules {
  readonly options: readonly ImageOption[];
  readonly regions: readonly PixelRegion[];
}

/** A part of the picture that is blackened, in pixels from the upper left corner. */
export interface PixelRegion {
  /** Which images have it there: texts of attributes by keyword, all of which must be so. */
  readonly where: Readonly<Record<string, string>>;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

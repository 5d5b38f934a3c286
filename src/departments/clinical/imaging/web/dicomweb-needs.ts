import type { PixelEngine } from "#standards/pixels";

/** What the routes of DICOMweb need besides the context of each request. */
export interface DicomwebNeeds {
  readonly engine: PixelEngine;
}

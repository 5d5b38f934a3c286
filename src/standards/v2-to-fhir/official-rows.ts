import type { RowMaps } from "./compile.ts";
import { officialSegmentMaps, officialStructures, officialTypeMaps } from "./tables.ts";

/** The rows of the guide, unchanged: what layers are put on. */
export const officialRows: RowMaps = {
  structures: officialStructures,
  segments: officialSegmentMaps,
  types: officialTypeMaps,
};

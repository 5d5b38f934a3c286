export { type BuiltInTerminology, builtInTerminology } from "./built-in.ts";
export type * from "./definition.ts";
export { clamlRelease } from "./releases/claml.ts";
export { LoincRelease } from "./releases/loinc.ts";
export type * from "./releases/release.ts";
export { type Rf2Kind, rf2Kind, rf2Kinds, rf2Version, SnomedRelease } from "./releases/rf2.ts";
export { csvReader, type Row, type RowReader, tabReader } from "./releases/rows.ts";
export { tableRelease } from "./releases/table.ts";

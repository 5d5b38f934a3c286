export type { Mark } from "./apply.ts";
export * from "./backward/index.ts";
export { codeMeaning, codeTableOf, everyMeaning, meaningOf } from "./code-tables.ts";
export { compileRows, type ListedRow, type ReadyMaps, type RowMaps } from "./compile.ts";
export type { Conversion } from "./convert.ts";
export { type Draft, type DraftResource, pruned } from "./draft.ts";
export {
  type CodeRow,
  type GuideRowChange,
  type LayerRow,
  type MappingLayer,
  type RowChange,
  withLayers,
} from "./layers.ts";
export { type ListedReason, listedReasons } from "./listed-reasons.ts";
export {
  type DraftedMessage,
  draftMessage,
  type MapOptions,
  type MappedMessage,
  mapMessage,
  markOf,
  type RowLedgerEntry,
  usualSettings,
} from "./map-message.ts";
export { officialRows } from "./official-rows.ts";
export {
  type CodeTable,
  type CodeTarget,
  type ElementRow,
  officialCodeTables,
  plainName,
  type StructureRow,
} from "./tables.ts";
export { ukLayer } from "./uk-layer.ts";

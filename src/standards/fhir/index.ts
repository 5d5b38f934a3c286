export * from "./date-time.ts";
export * from "./definitions.ts";
export type * from "./generated/types.ts";
export { compileIndexer, type Indexer } from "./index-compiler.ts";
export type { IndexedQuantity, IndexSink } from "./index-sink.ts";
export { normaliseText } from "./normalise-text.ts";
export * from "./outcome.ts";
export * from "./search-parameters.ts";
export { checkResource } from "./structure.ts";

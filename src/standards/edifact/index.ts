export { decodeInterchange, isInterchange } from "./character-set.ts";
export { messageExcerpts } from "./excerpts.ts";
export { type Interchange, readInterchange } from "./interchange.ts";
export type { InterchangeHeader, InterchangeParty } from "./interchange-header.ts";
export type { EdifactMessage } from "./messages.ts";
export { isNhs003, structureNhs003 } from "./nhs003.ts";
export {
  type Acknowledging,
  type InterchangeStatus,
  interchangeStatus,
  type MessageVerdict,
  nhsack,
} from "./nhsack.ts";
export { type ReadNhsack, type ReadVerdict, readNhsack } from "./nhsack-reading.ts";
export { type EdifactSegment, type SegmentValue, valueAt, valuesOf } from "./segment.ts";
export { type Separators, usualSeparators } from "./separators.ts";
export type { SegmentGroup, Structured } from "./structure.ts";

export type { WrittenAuthority, WrittenNames } from "./authority.ts";
export {
  headerMessage,
  type MessageHead,
  type WrittenType,
  type WrittenVersion,
  writtenTypes,
  writtenVersions,
} from "./message-head.ts";
export { type BackwardMaps, backwardMaps } from "./message-writer.ts";
export { isPlaced, type OrderControl, orderControl } from "./order-control.ts";
export type { FhirResource } from "./resource-set.ts";
export type { Reversal } from "./reversal.ts";
export { type MessageToWrite, type WrittenMessage, writeMessageOf } from "./write-message.ts";

export type { ClientTlsFiles, ServerTlsFiles } from "#links/tls";
export type { StrayAnswer } from "./awaiting.ts";
export {
  type BatchPlace,
  byProtocol,
  type MessageArrival,
  type Protocol,
  type TakeMessage,
  type Taken,
} from "./by-protocol.ts";
export { type MllpListener, type MllpListenerOptions, startMllpListener } from "./listener.ts";
export { type MllpSenderOptions, type MllpSenderSettings, mllpSender } from "./sender.ts";
export type { SequenceBook } from "./sequence-reception.ts";
export type { MllpConnection, Receive, Refuse, RefusedFrame, Replies } from "./settings.ts";

export { type MllpListener, type MllpListenerOptions, startMllpListener } from "./listener.ts";
export { createMllpSender, type MllpSender, type MllpSenderOptions } from "./sender.ts";
export type { MllpConnection, Receive, Refuse, RefusedFrame } from "./settings.ts";

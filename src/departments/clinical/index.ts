export { type LiveFeed, LiveHub, type LiveHubNeeds } from "./live/live-hub.ts";
export { type LinkMessage, linkMessageKind } from "./messages/link-message.ts";
export { linkMessageDefinition } from "./messages/link-message-kind.ts";
export { type Receiving, receive } from "./messages/receive.ts";
export { isUnmappedReason, unmappedReasons } from "./messages/unmapped-reasons.ts";
export { type FigureRecord, LinkFigures, type LinkFiguresNeeds } from "./overview/link-figures.ts";
export type { LinkStatus, LinkStatuses } from "./overview/link-status.ts";
export { type ClinicalRoutesNeeds, clinicalRoutes } from "./routes.ts";

export { type DimseClientOptions, dimseClient } from "./client.ts";
export { openDimseServer } from "./server.ts";
export type { DimseLimits, DimseServer, DimseServerOptions, OpenAssociation } from "./settings.ts";

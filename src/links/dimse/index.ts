export type { DimseLimits, DimseServer, DimseServerOptions, OpenAssociation } from "./settings.ts";

export type * from "./admission.ts";
export type * from "./node.ts";
export type * from "./service.ts";
export * from "./status.ts";

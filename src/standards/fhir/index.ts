export * from "./date-time.ts";
export * from "./definitions.ts";
export type * from "./generated/types.ts";
export * from "./outcome.ts";

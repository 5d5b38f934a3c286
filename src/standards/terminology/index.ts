export { type BuiltInTerminology, builtInTerminology } from "./built-in.ts";
export type * from "./definition.ts";

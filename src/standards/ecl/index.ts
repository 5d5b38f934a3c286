export type * from "./expression.ts";
export { parseEcl } from "./parser.ts";

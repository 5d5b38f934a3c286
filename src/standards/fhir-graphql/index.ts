export type { GraphqlError, QueryPlace } from "./error.ts";
export { executeGraphql, type GraphqlAnswer, type GraphqlRequest } from "./execute.ts";
export { type ParsedQuery, parseGraphql } from "./parser.ts";
export type { GraphqlPort, SearchPage } from "./port.ts";

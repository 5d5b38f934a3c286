export type { Seal } from "./append.ts";
export type { ConnectionTarget, Database } from "./database.ts";
export * from "./embedded/index.ts";
export { migrations } from "./migrate.ts";
export { type OpenOptions, openPostgres, type PostgresStore } from "./store.ts";

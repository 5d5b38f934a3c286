import type { Access, Context } from "#access";
import type { Route } from "#kernel";
import type { PostgresStore } from "#storage/postgres";
import type { Metrics } from "../meter.ts";
import { version } from "../version.ts";
import { healthRoutes } from "./health.ts";

export interface RouteNeeds {
  readonly access: Access;
  readonly store: PostgresStore;
  readonly metrics: Metrics;
}

/** Every route of the HTTP door. */
export function everyRoute({ access, store, metrics }: RouteNeeds): readonly Route<Context>[] {
  return [...healthRoutes({ database: store.database, metrics, version }), ...access.routes];
}

import { type Clock, failed, forbidden, type Log, ok, type Result, type Route } from "#kernel";
import { startHttpServer } from "#links/http";
import type { PostgresStore } from "#storage/postgres";
import type { Config } from "../config.ts";
import type { Metrics } from "../meter.ts";
import { version } from "../version.ts";
import { webRoot } from "../web-build/web-app.ts";
import { healthRoutes } from "./health.ts";
import type { ShutdownStack } from "./shutdown-stack.ts";

export interface DoorNeeds {
  readonly config: Config;
  readonly store: PostgresStore;
  readonly metrics: Metrics;
  readonly clock: Clock;
  readonly log: Log;
  readonly stack: ShutdownStack;
}

export interface Addresses {
  /** `http://127.0.0.1:8080` */
  readonly http: string;
}

/** Opens every door. Problems: those of `startHttpServer`. */
export async function openDoors({ config, store, metrics, clock, log, stack }: DoorNeeds): Promise<Result<Addresses>> {
  const routes: readonly Route<undefined>[] = [...healthRoutes({ database: store.database, metrics, version })];
  const http = await startHttpServer({
    host: config.host,
    port: config.httpPort,
    routes,
    contextFor: async (_request, route) => (route.policy === "public" ? ok(undefined) : failed(notSignedIn)),
    webRoot,
    publicOrigin: config.publicOrigin,
    log,
    meter: metrics,
    clock,
  });
  if (!http.ok) return http;
  stack.defer("http", () => http.value.stop());
  return ok({ http: http.value.address });
}

const notSignedIn = forbidden("not-signed-in", "Sign in first.");

import type { Access, Context } from "#access";
import { type Clock, type Log, ok, type Result, type Route } from "#kernel";
import { startHttpServer } from "#links/http";
import type { Config } from "../config.ts";
import type { Metrics } from "../meter.ts";
import { webRoot } from "../web-build/web-app.ts";
import type { ShutdownStack } from "./shutdown-stack.ts";

export interface DoorNeeds {
  readonly config: Config;
  readonly access: Access;
  readonly routes: readonly Route<Context>[];
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
export async function openDoors(needs: DoorNeeds): Promise<Result<Addresses>> {
  const { config, access, routes, metrics, clock, log, stack } = needs;
  const http = await startHttpServer({
    host: config.host,
    port: config.httpPort,
    routes,
    contextFor: access.contextFor,
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

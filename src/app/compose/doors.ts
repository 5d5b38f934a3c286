import type { Access, Context } from "#access";
import { httpIntakeRoutes } from "#departments/clinical";
import { type Clock, failed, type Log, ok, type Result, type Route } from "#kernel";
import { startHttpServer } from "#links/http";
import type { Config } from "../config.ts";
import type { Links } from "../links/links.ts";
import type { Metrics } from "../meter.ts";
import { webRoot } from "../web-build/web-app.ts";
import type { ShutdownStack } from "./shutdown-stack.ts";

export interface DoorNeeds {
  readonly config: Config;
  readonly access: Access;
  readonly routes: readonly Route<Context>[];
  readonly links: Links;
  readonly metrics: Metrics;
  readonly clock: Clock;
  readonly log: Log;
  readonly stack: ShutdownStack;
}

export interface Addresses {
  /** `http://127.0.0.1:8080` */
  readonly http: string;
  /** `127.0.0.1:2575`; undefined where no link listens. */
  readonly mllp: string | undefined;
}

/** Opens every door. Closing them, each drains at the same time as the others. Problems: those of each door. */
export async function openDoors(needs: DoorNeeds): Promise<Result<Addresses>> {
  const { links, stack } = needs;
  const closing: (() => Promise<void>)[] = [];
  stack.defer("doors", async () => {
    await Promise.all(closing.map((close) => close()));
  });
  const http = naming("CORRIDOR_HTTP_PORT", await openHttp(needs));
  if (!http.ok) return http;
  closing.push(() => http.value.stop());
  closing.push(() => links.close());
  const mllp = naming("CORRIDOR_MLLP_PORT", await links.open());
  if (!mllp.ok) return mllp;

  return ok({ http: http.value.address, mllp: links.address() });
}

/** A door does not know which settings its address came from; whoever mends it must. */
function naming<T>(portSetting: string, opened: Result<T>): Result<T> {
  if (opened.ok) return opened;
  const [first, ...rest] = opened.problems;
  return failed({ ...first, message: `${first.message} (Settings: CORRIDOR_HOST, ${portSetting}.)` }, ...rest);
}

function openHttp({ config, access, routes, links, metrics, clock, log }: DoorNeeds) {
  return startHttpServer({
    host: config.host,
    port: config.httpPort,
    routes: [...routes, ...httpIntakeRoutes(links)],
    contextFor: access.contextFor,
    webRoot,
    publicOrigin: config.publicOrigin,
    corsOrigins: config.corsOrigins,
    log,
    meter: metrics,
    clock,
  });
}

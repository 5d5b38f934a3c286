import type { Context } from "#access";
import { simulatorRoutes } from "#departments/clinical";
import type { Log, Route } from "#kernel";
import type { Config } from "../config.ts";
import type { Links } from "../links/links.ts";
import { openRuns } from "../simulator/runs-under-way.ts";
import type { ShutdownStack } from "./shutdown-stack.ts";

export interface SimulatorNeeds {
  readonly config: Pick<Config, "host" | "simulatorTargets">;
  readonly links: Pick<Links, "addresses">;
  readonly log: Log;
  readonly stack: ShutdownStack;
}

/** The routes of the simulator. Runs that are under way end with the program. */
export function openSimulator({ config, links, log, stack }: SimulatorNeeds): readonly Route<Context>[] {
  const runs = openRuns({ host: config.host, listed: config.simulatorTargets, own: () => links.addresses(), log });
  stack.defer("simulator", () => runs.close());
  return simulatorRoutes(runs);
}

import { type Access, type Context, decidingForLink, workerActor } from "#access";
import {
  type Configuration,
  type ConfigurationDesk,
  openLinkRouting,
  Replayer,
  type Rules,
  replayRoutes,
  type Safeguards,
  senderRows,
} from "#departments/clinical";
import type { Clock, Log, Route } from "#kernel";
import type { CursorStore } from "#record";
import type { Config } from "../config.ts";
import { defaultConfiguration } from "../links/default-link.ts";
import type { Deliveries } from "../links/deliveries.ts";
import type { SharedByLinks } from "./code-work.ts";

export interface ReplaysNeeds {
  readonly config: Pick<Config, "mllpPort">;
  /** The whole record: looking whether there is something to do shows nothing to anybody. */
  readonly record: ConstructorParameters<typeof Replayer>[0]["look"];
  readonly access: Access;
  readonly cursors: Pick<CursorStore, "claim">;
  readonly shared: SharedByLinks;
  readonly safeguardsOf: (link: string) => Safeguards;
  readonly deliveries: Pick<Deliveries, "engine" | "passingOnOf">;
  readonly configuration: Pick<ConfigurationDesk, "check">;
  readonly clock: Clock;
  readonly log: Log;
}

export interface Replays {
  readonly routes: readonly Route<Context>[];
  /** Resolves when the message under way is done; the rest goes on after the next start. */
  close(): Promise<void>;
}

/** Replays messages, and tries configurations on them, when people ask for it. */
export function openReplays({ config, record, access, cursors, shared, ...needs }: ReplaysNeeds): Replays {
  const running: Rules = {
    of: (link) => {
      const routing = needs.deliveries.passingOnOf(link)?.routing;
      return { safeguards: needs.safeguardsOf(link), ...(routing === undefined ? {} : { routing }) };
    },
  };
  const forLink = (actor: Context["actor"]) => access.contextOf(decidingForLink(actor));
  const worker = decidingForLink(workerActor("replays"));
  const replayer = new Replayer({
    contextFor: (by) => access.linkContextOf({ ...worker, ...by }),
    forLink,
    running,
    rulesOf: (configuration) => rulesOf(configuration ?? defaultConfiguration(config.mllpPort), shared),
    queued: (destinations, bodies) => needs.deliveries.engine.queued(destinations, bodies),
    clock: needs.clock,
    log: needs.log,
    look: record,
    claim: () => cursors.claim("replays"),
  });
  const { configuration, log } = needs;
  return {
    routes: replayRoutes({ running, log, forLink, configuration, asked: () => replayer.wake() }),
    close: () => replayer.close(),
  };
}

/** As the links would be decided on and sent on by a configuration that does not run. */
export function rulesOf({ links, destinations, layers, tables }: Configuration, shared: SharedByLinks): Rules {
  const rowsOf = senderRows(layers);
  const maps = shared.maps.withTables(tables);
  const byName = new Map(
    links.map((link) => {
      const rows = rowsOf(link);
      const safeguards = { settings: link, ...(rows && { rows }), ...shared, maps };
      return [link.name, { safeguards, routing: openLinkRouting({ link, destinations }) }];
    }),
  );
  return { of: (link) => byName.get(link) };
}

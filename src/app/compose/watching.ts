import { type Access, type Context, workerActor } from "#access";
import {
  type LinkSettings,
  type WatchedLink,
  type WatchNeeds,
  watchDeliveries,
  watchRound,
  watchRoutes,
} from "#departments/clinical";
import { type Log, limits, type Route } from "#kernel";
import type { HealthRecord } from "#record";
import type { Config } from "../config.ts";
import type { Links } from "../links/links.ts";
import { allCertificates } from "./certificates.ts";
import type { ShutdownStack } from "./shutdown-stack.ts";

export interface WatchingNeeds {
  /** The whole record: what is taken from it are counts, times and numbers, and nobody asked for that. */
  readonly record: HealthRecord;
  readonly access: Access;
  readonly links: Pick<Links, "statuses" | "settingsOf" | "certificates">;
  readonly config: Config;
  readonly log: Log;
  /** It is closed with this. */
  readonly stack: ShutdownStack;
}

export interface Watching {
  readonly routes: readonly Route<Context>[];
  /** A delivery, or a destination, needs a person: its alert need not wait for the next look. */
  escalated(): void;
}

/** Looks for what did not arrive over the links, every `limits.watchRoundMs` for as long as it is open. */
export function openWatching({ record, access, links, config, log, stack }: WatchingNeeds): Watching {
  const watched = () =>
    links.statuses().flatMap(({ name, state }) => watchedLink(links.settingsOf(name), state !== "stopped"));
  const context = access.contextOf(workerActor("watch"));
  const needs: WatchNeeds = {
    look: record,
    context,
    links: watched,
    certificates: () => allCertificates(config, links),
  };
  const stop = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  const again = (afterMs: number) => {
    if (stop.signal.aborted) return;
    timer = setTimeout(() => {
      running = running.then(() => look(needs, { log, round: watchRound })).finally(() => again(limits.watchRoundMs));
    }, afterMs);
    timer.unref();
  };
  again(limits.watchFirstMs);
  let told: NodeJS.Timeout | undefined;
  const tell = () => {
    told = undefined;
    running = running.then(() => look(needs, { log, round: watchDeliveries }));
  };
  stack.defer("watching", async () => {
    stop.abort();
    clearTimeout(timer);
    clearTimeout(told);
    await running;
  });
  return {
    routes: watchRoutes(needs),
    escalated() {
      if (!stop.signal.aborted) told ??= setTimeout(tell, limits.watchToldMs).unref();
    },
  };
}

interface Looking {
  readonly log: Log;
  readonly round: typeof watchRound;
}

/** A link that a person has stopped is not missed; its deliveries still are. */
function watchedLink(settings: LinkSettings | undefined, isOpen: boolean): readonly WatchedLink[] {
  if (settings === undefined) return [];
  const { name, routes, watch } = settings;
  return [{ name, routes, ...(watch === false || !isOpen ? {} : { watch }) }];
}

/** What fails is tried again in the next look; a conflict means that another process has done it. */
async function look(needs: WatchNeeds, { log, round }: Looking): Promise<void> {
  try {
    const result = await round(needs);
    if (result.ok || result.problems[0].category === "conflict") return;
    log.warn("absence-not-looked-for", { reason: result.problems[0].code });
  } catch (error) {
    log.error("absence-not-looked-for", error instanceof Error ? { error } : {});
  }
}

import { type Actor, type Context, decidingForLink, workerActor } from "#access";
import {
  type Configuration,
  type ConfigurationDesk,
  checkConfiguration,
  Replayer,
  readConfigurationWhole,
  readDeployed,
} from "#departments/clinical";
import { ok, type Result, silentLog } from "#kernel";
import { sharedByLinks } from "../../compose/code-work.ts";
import { openIdentity, thisAccount } from "../../compose/identity.ts";
import type { RecordParts } from "../../compose/record.ts";
import { rulesOf } from "../../compose/replays.ts";
import type { Config } from "../../config.ts";
import { checkNeeds } from "../../links/check-needs.ts";
import { defaultConfiguration } from "../../links/default-link.ts";

/** Replays and shadow runs as a command has them: worked on by the Corridor that runs, or else by the command itself. */
export interface Replaying {
  readonly context: Context;
  readonly desk: Pick<ConfigurationDesk, "check">;
  /** Settles when nothing is under way any more. */
  close(): Promise<void>;
}

/** Who may run the command may replay, under the name of the account. */
function actorOfCommand(): Actor {
  const { permissions } = workerActor("replays");
  const own = ["Replay.create", "ShadowRun.create"];
  return decidingForLink({ ...thisAccount(), permissions: new Set([...permissions, ...own]) });
}

export async function openReplaying(parts: RecordParts, config: Config): Promise<Result<Replaying>> {
  const access = openIdentity(parts);
  const actor = actorOfCommand();
  const context = access.contextOf(actor);
  const configuration = await runningConfiguration(context, config);
  if (!configuration.ok) return configuration;
  const shared = sharedByLinks();
  const refreshed = await shared.maps.refresh(context.record);
  if (!refreshed.ok) return refreshed;
  const replayer = new Replayer({
    contextFor: (by) => access.linkContextOf({ ...actor, ...by }),
    forLink: (other) => access.contextOf(decidingForLink(other)),
    running: rulesOf(configuration.value, shared),
    rulesOf: (other) => rulesOf(other ?? defaultConfiguration(config.mllpPort), shared),
    // The Corridor that runs, or the next one that starts, finds them in the record.
    queued: () => {},
    clock: parts.clock,
    log: silentLog,
    look: parts.record,
    claim: () => parts.store.cursors.claim("replays"),
  });
  return ok({
    context,
    desk: { check: (files) => checkConfiguration(files, checkNeeds(config, parts.hospitalTime)) },
    close: () => replayer.close(),
  });
}

/** What is deployed, or else what runs until something is. Problems: those of the record and of the files. */
export async function runningConfiguration({ record }: Context, { mllpPort }: Config): Promise<Result<Configuration>> {
  const deployed = await readDeployed(record);
  if (!deployed.ok) return deployed;
  return deployed.value === undefined
    ? ok(defaultConfiguration(mllpPort))
    : readConfigurationWhole(deployed.value.files);
}

import type { z } from "zod";
import type { Context } from "#access";
import { busy, failed, type JsonObject, limits, ok, type Result, toIso } from "#kernel";
import type { ReplayView, replayBody } from "../api/replays.ts";
import { anyKey, newestFirst } from "../clauses.ts";
import { readDeployed } from "../configuration/deployment.ts";
import { present } from "../messages/present.ts";
import { clausesOf } from "./choose-messages.ts";
import { noCounts, type Replay, replayKind } from "./replay.ts";
import { replayView } from "./replay-views.ts";

/**
 * Asks for a replay: its messages are chosen, and what it would do is looked at; nothing is replayed before somebody starts it.
 * Problems: incorrect `time-incorrect`; busy `replays-waiting`; those of the record.
 */
export async function askReplay(
  { record, actor, clock, ids, hospitalTime }: Context,
  { choice, into, destinations, again = false, controlIds = "same" }: z.infer<typeof replayBody>,
): Promise<Result<ReplayView>> {
  const clauses = clausesOf(choice, hospitalTime);
  if (!clauses.ok) return clauses;
  const open = [anyKey(...["previewing", "running", "paused"].map((state) => `state=${state}`))];
  const waiting = await record.count(newestFirst({ kind: replayKind, all: open, limit: 1 }));
  if (!waiting.ok) return waiting;
  if (waiting.value >= limits.replaysOpenMax) return failed(tooMany);
  const version = await runningVersion(record);
  if (!version.ok) return version;
  const { reference, display } = actor;
  const replay = present<Replay>({
    state: "previewing",
    choice,
    into,
    destinations,
    again,
    controlIds,
    askedBy: { reference, display },
    askedAt: toIso(clock.now()),
    configurationVersion: version.value,
    done: 0,
    counts: noCounts,
  });
  const id = ids.next();
  const body = replay as unknown as JsonObject;
  const written = await record.transact({ operations: [{ action: "create", kind: replayKind, id, body }] });
  return written.ok ? ok(replayView({ id, version: 1, replay })) : written;
}

const tooMany = busy(
  "replays-waiting",
  `${limits.replaysOpenMax} replays are open: finish or stop some of them, and ask again.`,
);

/** 0: nothing was ever deployed. */
export async function runningVersion(record: Context["record"]): Promise<Result<number>> {
  const deployed = await readDeployed(record);
  return deployed.ok ? ok(deployed.value?.version ?? 0) : deployed;
}

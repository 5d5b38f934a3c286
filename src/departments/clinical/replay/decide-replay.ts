import type { Context } from "#access";
import { conflict, failed, ok, type Result, toIso } from "#kernel";
import type { ReplayState, ReplayView } from "../api/replays.ts";
import { runningVersion } from "./ask-replay.ts";
import type { Replay } from "./replay.ts";
import { readReplay, writeReplay } from "./replay-document.ts";
import { replayView } from "./replay-views.ts";

/** What somebody says about a replay. */
export type ReplayOrder =
  | { readonly is: "start"; readonly why: string; readonly perSecond: number }
  | { readonly is: "pause" }
  | { readonly is: "resume"; readonly perSecond?: number | undefined }
  | { readonly is: "stop"; readonly why: string };

/** The states in which each may be said. */
const allowed: Readonly<Record<ReplayOrder["is"], readonly ReplayState[]>> = {
  start: ["previewed"],
  pause: ["running"],
  resume: ["paused"],
  stop: ["previewing", "previewed", "running", "paused"],
};

/** One who keeps writing meanwhile is the replay itself. */
const attemptsMax = 20;

/**
 * Starts, pauses, resumes or stops a replay. After a pause or stop has been answered, no further message is replayed.
 * Problems: not-found; conflict `replay-state`, `preview-outdated`; those of the record.
 */
export async function decideReplay(context: Context, id: string, order: ReplayOrder): Promise<Result<ReplayView>> {
  const { record } = context;
  for (let attempt = 1; ; attempt += 1) {
    const known = await readReplay(record, id);
    if (!known.ok) return known;
    const { replay } = known.value;
    if (!allowed[order.is].includes(replay.state)) return failed(stateProblem(order, replay));
    const outdated = order.is === "start" ? await isOutdated(record, replay) : ok(false);
    if (!outdated.ok) return outdated;
    if (outdated.value) return failed(previewOutdated);
    const written = await writeReplay(record, known.value, { replay: decided(replay, order, context) });
    if (written.ok) return ok(replayView(written.value));
    if (written.problems[0].category !== "conflict" || attempt >= attemptsMax) return written;
  }
}

function decided(replay: Replay, order: ReplayOrder, { actor, clock }: Context): Replay {
  const by = { reference: actor.reference, display: actor.display };
  const at = toIso(clock.now());
  const { problem: _, ...rest } = replay;
  switch (order.is) {
    case "start":
      return { ...rest, state: "running", started: { by, at, why: order.why, perSecond: order.perSecond } };
    case "pause":
      return { ...rest, state: "paused" };
    case "resume": {
      const { started } = replay;
      if (started === undefined) return { ...rest, state: "previewed" };
      return { ...rest, state: "running", started: { ...started, perSecond: order.perSecond ?? started.perSecond } };
    }
    case "stop":
      return { ...rest, state: "stopped", ended: { by, at, why: order.why } };
  }
}

async function isOutdated(record: Context["record"], replay: Replay): Promise<Result<boolean>> {
  const version = await runningVersion(record);
  return version.ok ? ok(version.value !== replay.configurationVersion) : version;
}

const previewOutdated = conflict(
  "preview-outdated",
  "The set-up of the links has changed since the preview: ask for the replay again.",
);

function stateProblem({ is }: ReplayOrder, { state }: Replay) {
  const doing = { start: "started", pause: "paused", resume: "resumed", stop: "stopped" }[is];
  return conflict("replay-state", `A replay that is ${state} cannot be ${doing}.`);
}

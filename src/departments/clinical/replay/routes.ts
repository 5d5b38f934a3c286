import type { z } from "zod";
import { answers, answersBody, answersQuery, type Context } from "#access";
import { ok, type Result, type Route } from "#kernel";
import {
  replayBody,
  replayMessagesQuery,
  replayResumeBody,
  replayStartBody,
  replayStopBody,
  shadowBody,
} from "../api/replays.ts";
import type { ConfigurationDesk } from "../configuration/desk.ts";
import { askReplay } from "./ask-replay.ts";
import { decideReplay, type ReplayOrder } from "./decide-replay.ts";
import { fetchPreview, fetchReplay, fetchReplayMessages, fetchReplays } from "./fetch-replays.ts";
import type { ReplayNeeds } from "./replay-needs.ts";
import { askShadow } from "./shadow/ask-shadow.ts";
import { fetchShadowRun, fetchShadowRuns, stopShadowRun } from "./shadow/fetch-shadow.ts";

export interface ReplayRoutesNeeds extends Pick<ReplayNeeds, "running" | "log" | "forLink"> {
  readonly configuration: Pick<ConfigurationDesk, "check">;
  /** Somebody has asked for something, or decided on it. */
  asked(): void;
}

const replays = "/api/clinical/replays";
const shadowRuns = "/api/clinical/shadow-runs";

/** Replays with their preview, and shadow runs. */
export function replayRoutes(needs: ReplayRoutesNeeds): readonly Route<Context>[] {
  return [
    {
      method: "GET",
      path: replays,
      policy: "messages.read",
      summary: "Replays of messages, newest first",
      handle: answers(({ context }) => fetchReplays(context)),
    },
    {
      method: "POST",
      path: replays,
      policy: "messages.replay",
      summary: "Ask for a replay: what it would do is looked at, and nothing is done before somebody starts it",
      handle: answersBody(replayBody, async (body, { context }) => told(needs, await askReplay(context, body))),
    },
    {
      method: "GET",
      path: `${replays}/:id`,
      policy: "messages.read",
      summary: "A replay, and how far it is",
      handle: answers(({ context, id }) => fetchReplay(context, id)),
    },
    {
      method: "GET",
      path: `${replays}/:id/preview`,
      policy: "messages.read",
      summary: "What a replay would change, which destinations it touches, and what is there already",
      handle: answers(({ context, id }) => fetchPreview(context, id)),
    },
    {
      method: "GET",
      path: `${replays}/:id/messages`,
      policy: "messages.read",
      summary: "The messages of a replay, each field by field as things are now",
      handle: answersQuery(replayMessagesQuery, ({ from, count }, { context, id }) =>
        fetchReplayMessages(needs, context, {
          id,
          ...(from === undefined ? {} : { from }),
          ...(count === undefined ? {} : { count }),
        }),
      ),
    },
    ...decisionRoutes(needs),
    ...shadowRoutes(needs),
  ];
}

function decisionRoutes(needs: ReplayRoutesNeeds): readonly Route<Context>[] {
  return [
    {
      ...decision("start", "Start a replay that has been previewed, at so many messages a second"),
      handle: decides(needs, replayStartBody, (body) => ({ is: "start", ...body })),
    },
    {
      ...decision("pause", "Pause a replay: no further message is replayed"),
      handle: answers(async ({ context, id }) => told(needs, await decideReplay(context, id, { is: "pause" }))),
    },
    {
      ...decision("resume", "Go on with a replay that is paused"),
      handle: decides(needs, replayResumeBody, (body) => ({ is: "resume", ...body })),
    },
    {
      ...decision("stop", "Stop a replay for good: what was done stays done"),
      handle: decides(needs, replayStopBody, (body) => ({ is: "stop", ...body })),
    },
  ];
}

function decision(is: ReplayOrder["is"], summary: string) {
  return { method: "POST", path: `${replays}/:id/${is}`, policy: "messages.replay", summary } as const;
}

function decides<T>(needs: ReplayRoutesNeeds, schema: z.ZodType<T>, orderOf: (body: T) => ReplayOrder) {
  return answersBody(schema, async (body, { context, id }) =>
    told(needs, await decideReplay(context, id, orderOf(body))),
  );
}

function shadowRoutes(needs: ReplayRoutesNeeds): readonly Route<Context>[] {
  return [
    {
      method: "GET",
      path: shadowRuns,
      policy: "messages.read",
      summary: "Shadow runs, newest first",
      handle: answers(({ context }) => fetchShadowRuns(context)),
    },
    {
      method: "POST",
      path: shadowRuns,
      policy: "messages.replay",
      summary: "Try a configuration of the links on what arrived in the last days; nothing is written but what differs",
      handle: answersBody(shadowBody, async (body, { context }) =>
        told(needs, await askShadow(context, body, needs.configuration)),
      ),
    },
    {
      method: "GET",
      path: `${shadowRuns}/:id`,
      policy: "messages.read",
      summary: "A shadow run, and the differences that it found",
      handle: answers(({ context, id }) => fetchShadowRun(context, id)),
    },
    {
      method: "POST",
      path: `${shadowRuns}/:id/stop`,
      policy: "messages.replay",
      summary: "Stop a shadow run",
      handle: answers(async ({ context, id }) => told(needs, await stopShadowRun(context, id))),
    },
  ];
}

function told<T>({ asked }: ReplayRoutesNeeds, result: Result<T>): Result<T> {
  if (!result.ok) return result;
  asked();
  return ok(result.value);
}

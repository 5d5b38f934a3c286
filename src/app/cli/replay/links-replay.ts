import { setTimeout as passed } from "node:timers/promises";
import { askReplay, decideReplay, fetchPreview, fetchReplay } from "#departments/clinical";
import { type ReplayPreview, type ReplayView, replayBody } from "#departments/clinical/api";
import { failed, incorrect, limits, ok, type Result } from "#kernel";
import { besideCorridor } from "../../compose/beside.ts";
import type { Invocation } from "../command.ts";
import { progressBar } from "../progress-bar.ts";
import type { Given } from "../settings.ts";
import { differenceLines } from "./difference-lines.ts";
import { openReplaying, type Replaying } from "./replaying.ts";

/** What `corridor links` understands for replays and shadow runs besides its own. */
export const replayOptions = {
  link: { type: "string" },
  type: { type: "string" },
  sender: { type: "string" },
  state: { type: "string" },
  from: { type: "string" },
  to: { type: "string" },
  number: { type: "string" },
  text: { type: "string" },
  again: { type: "boolean" },
  "new-control-ids": { type: "boolean" },
  rate: { type: "string" },
  days: { type: "string" },
  against: { type: "string" },
} as const;

const perSecondDefault = 10;

/** Previews a replay, and, where a reason is given, runs it to its end. */
export function replayMessages(invocation: Invocation, given: Given): Promise<Result<void>> {
  const order = orderOf(invocation);
  if (!order.ok) return Promise.resolve(order);
  return besideCorridor(given, async (parts) => {
    const replaying = await openReplaying(parts, given.config);
    if (!replaying.ok) return replaying;
    try {
      return await previewAndRun(invocation, order.value, replaying.value);
    } finally {
      await replaying.value.close();
    }
  });
}

interface ReplayOrder {
  readonly body: ReturnType<typeof replayBody.parse>;
  readonly why: string | undefined;
  readonly perSecond: number;
}

function orderOf({ options }: Invocation): Result<ReplayOrder> {
  const text = (name: string) => (typeof options[name] === "string" ? { [name]: options[name] } : {});
  const number = typeof options.number === "string" ? { q: options.number } : {};
  const state = typeof options.state === "string" ? { state: options.state.split(",") } : {};
  const body = replayBody.safeParse({
    choice: {
      ...text("link"),
      ...text("type"),
      ...text("sender"),
      ...text("from"),
      ...text("to"),
      ...text("text"),
      ...number,
      ...state,
    },
    into: options.into ?? "record",
    again: options.again === true,
    controlIds: options["new-control-ids"] === true ? "new" : "same",
  });
  if (!body.success) {
    const [issue] = body.error.issues;
    return failed(
      incorrect(
        "option-incorrect",
        `--${String(issue?.path.findLast((step) => typeof step === "string"))}: ${issue?.message ?? "incorrect"}.`,
      ),
    );
  }
  const perSecond = Number(options.rate ?? perSecondDefault);
  const isRate = Number.isInteger(perSecond) && perSecond >= 1 && perSecond <= 500;
  if (!isRate) return failed(incorrect("rate-incorrect", "--rate is a whole number of messages a second, 1 to 500."));
  return ok({ body: body.data, why: typeof options.why === "string" ? options.why : undefined, perSecond });
}

async function previewAndRun(
  { terminal, options }: Invocation,
  { body, why, perSecond }: ReplayOrder,
  { context }: Replaying,
): Promise<Result<void>> {
  const asked = await askReplay(context, body);
  if (!asked.ok) return asked;
  const { id } = asked.value;
  const previewed = await follow({ context, id, label: "Preview", states: ["previewing"] }, terminal);
  if (!previewed.ok) return previewed;
  const preview = await fetchPreview(context, id);
  if (!preview.ok) return preview;
  if (options.json !== true) for (const line of previewLines(previewed.value, preview.value)) terminal.out(line);
  if (why === undefined) {
    if (options.json === true)
      terminal.out(JSON.stringify({ replay: previewed.value, preview: preview.value }, null, 2));
    else terminal.out(`Nothing was replayed. Say --why "…" to replay it, or start ${id} on the page Replay.`);
    return ok(undefined);
  }
  const started = await decideReplay(context, id, { is: "start", why, perSecond });
  if (!started.ok) return started;
  const ended = await follow({ context, id, label: "Replay", states: ["running", "paused"] }, terminal);
  if (!ended.ok) return ended;
  const { counts, stateText } = ended.value;
  if (options.json === true) terminal.out(JSON.stringify({ replay: ended.value, preview: preview.value }, null, 2));
  else
    terminal.out(
      `${stateText}: ${counts.changed} changed the record, ${counts.unchanged} were so already, ${counts.refused} left as they are; ${counts.sent} deliveries queued, ${counts.notSent} left out.`,
    );
  return ok(undefined);
}

interface Followed {
  readonly context: Replaying["context"];
  readonly id: string;
  readonly label: string;
  /** While it is in one of these. */
  readonly states: readonly ReplayView["state"][];
}

/** Shows how far it is until it has left these states. Problems: what the replay says that it failed of. */
async function follow(
  { context, id, label, states }: Followed,
  terminal: Invocation["terminal"],
): Promise<Result<ReplayView>> {
  const bar = progressBar(terminal, { label, unit: "messages" });
  try {
    for (;;) {
      const view = await fetchReplay(context, id);
      if (!view.ok) return view;
      const { state, done, total, problem } = view.value;
      if (total !== undefined) bar.update(state === "previewed" ? total : done, total);
      if (problem !== undefined) return failed(incorrect(problem.code, problem.message));
      if (!states.includes(state)) return view;
      await passed(limits.replayPollMs / 2);
    }
  } finally {
    bar.finish();
  }
}

function previewLines({ total, into }: ReplayView, preview: ReplayPreview): readonly string[] {
  const { record, destinations, duplicates, left } = preview;
  return [
    `${total} messages are chosen; ${duplicates.messages} are duplicates.`,
    ...(into === "destinations" ? [] : ["In the record:", ...differenceLines(record)]),
    ...destinations.map(({ destination, sent, effects }) => {
      const told = Object.entries(effects).filter(([, count]) => count > 0);
      return `To ${destination}: ${sent} to send (${told.map(([effect, count]) => `${count} ${effect}`).join(", ")}).`;
    }),
    ...left.map(({ code, text, messages }) => `Left as they are: ${messages} (${code}). ${text}`),
  ];
}

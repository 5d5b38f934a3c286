import { resolve } from "node:path";
import { setTimeout as passed } from "node:timers/promises";
import { askShadow, fetchShadowRun } from "#departments/clinical";
import { type ShadowRunView, shadowBody } from "#departments/clinical/api";
import { failed, incorrect, limits, ok, type Result } from "#kernel";
import { besideCorridor } from "../../compose/beside.ts";
import { readLinksFolder } from "../../links/read-folder.ts";
import type { Invocation } from "../command.ts";
import { progressBar } from "../progress-bar.ts";
import type { Given } from "../settings.ts";
import { differenceLines } from "./difference-lines.ts";
import { openReplaying, type Replaying } from "./replaying.ts";

const daysDefault = 7;

/** Tries a folder, or a deployed version, on what arrived in the last days, and tells what would be different. */
export async function shadowRun(invocation: Invocation, given: Given): Promise<Result<void>> {
  const body = await bodyOf(invocation);
  if (!body.ok) return body;
  return besideCorridor(given, async (parts) => {
    const replaying = await openReplaying(parts, given.config);
    if (!replaying.ok) return replaying;
    try {
      return await run(invocation, body.value, replaying.value);
    } finally {
      await replaying.value.close();
    }
  });
}

type Body = ReturnType<typeof shadowBody.parse>;

async function bodyOf({ words: [, what], options }: Invocation): Promise<Result<Body>> {
  if (what === undefined)
    return failed(incorrect("word-missing", "Say what: corridor links shadow FOLDER, or VERSION."));
  const isVersion = /^[1-9]\d{0,8}$/.test(what);
  const files = isVersion ? ok([]) : await readLinksFolder(resolve(what));
  if (!files.ok) return files;
  const body = shadowBody.safeParse({
    configuration: isVersion ? { version: Number(what) } : { files: files.value },
    days: Number(options.days ?? daysDefault),
    against: options.against ?? "deployed",
    ...(typeof options.link === "string" ? { link: options.link } : {}),
    ...(typeof options.type === "string" ? { type: options.type } : {}),
  });
  if (body.success) return ok(body.data);
  const [issue] = body.error.issues;
  return failed(incorrect("option-incorrect", `--${String(issue?.path[0])}: ${issue?.message ?? "incorrect"}.`));
}

async function run({ terminal, options }: Invocation, body: Body, replaying: Replaying): Promise<Result<void>> {
  const asked = await askShadow(replaying.context, body, replaying.desk);
  if (!asked.ok) return asked;
  const bar = progressBar(terminal, { label: "Shadow", unit: "messages" });
  const ended = await follow(asked.value.id, replaying, (done, total) => bar.update(done, total)).finally(() =>
    bar.finish(),
  );
  if (!ended.ok) return ended;
  const { report, problem, stateText } = ended.value;
  if (problem !== undefined) return failed(incorrect(problem.code, problem.message));
  if (options.json === true) terminal.out(JSON.stringify(ended.value, null, 2));
  else if (report === undefined) terminal.out(`${stateText}.`);
  else for (const line of differenceLines(report)) terminal.out(line);
  return ok(undefined);
}

async function follow(
  id: string,
  { context }: Replaying,
  tell: (done: number, total: number) => void,
): Promise<Result<ShadowRunView>> {
  for (;;) {
    const view = await fetchShadowRun(context, id);
    if (!view.ok) return view;
    const { state, done, total } = view.value;
    if (total !== undefined) tell(done, total);
    if (state !== "running") return view;
    await passed(limits.replayPollMs / 2);
  }
}

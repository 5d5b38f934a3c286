import { type Answer, type RunExpected, type RunSettings, type SimulatorRun, usualMasks } from "#departments/clinical";
import { failed, incorrect, limits, ok, type Result, toIso } from "#kernel";
import { systemClock } from "../../clock.ts";
import { thisAccount } from "../../compose/identity.ts";
import { playPlan, type RunPlan } from "../../simulator/run-plan.ts";
import { readTarget, targetRefusal } from "../../simulator/targets.ts";
import type { Invocation } from "../command.ts";
import { progressBar } from "../progress-bar.ts";
import type { Given } from "../settings.ts";
import { numberAsked, outputsAsked, paceAsked, trafficAsked } from "./traffic.ts";

export interface PlayedRun {
  readonly run: SimulatorRun;
  readonly answers: readonly Answer[];
}

/** Plays what was asked for until it ends, or Ctrl-C ends it. Problems: those of the options, of the target and of the files. */
export async function playRun(invocation: Invocation, { config, log }: Given): Promise<Result<PlayedRun>> {
  const plan = await planOf(invocation);
  if (!plan.ok) return plan;
  const { settings, messages } = plan.value;
  // Whoever runs the command is on this machine: what listens here is theirs to test.
  const refusal = targetRefusal(settings.target, { listed: config.simulatorTargets, isOwn: () => true });
  if (refusal !== undefined) return failed(refusal);
  const startedAt = toIso(systemClock.now());
  const bar = progressBar(invocation.terminal, { label: "Playing", unit: "messages" });
  const ending = new AbortController();
  const interrupt = () => ending.abort();
  process.once("SIGINT", interrupt);
  let done = 0;
  const answered = () => {
    done += 1;
    bar.update(done, messages.length);
  };
  const conducted = await playPlan(plan.value, { host: config.host, log, signal: ending.signal, answered });
  process.off("SIGINT", interrupt);
  bar.finish();
  if (!conducted.ok) return conducted;
  const { reference, display } = thisAccount();
  const { answers, ...came } = conducted.value;
  const run: SimulatorRun = {
    state: ending.signal.aborted ? "stopped" : "done",
    title: titleOf(invocation),
    by: { reference, display },
    startedAt,
    endedAt: toIso(systemClock.now()),
    settings,
    ...came,
  };
  return ok({ run, answers });
}

function titleOf({ options, words }: Invocation): string {
  return typeof options.title === "string" ? options.title : `${options.files ?? options.day} to ${words[1]}`;
}

async function planOf(invocation: Invocation): Promise<Result<RunPlan>> {
  const { options, words } = invocation;
  const target = readTarget(words[1] ?? "");
  if (!target.ok) return target;
  const [pace, connections, answerWithin] = [
    paceAsked(options),
    numberAsked(options.connections, { name: "--connections", from: 1, to: limits.simulatorConnectionsMax, usual: 1 }),
    numberAsked(options["answer-within"], { name: "--answer-within", from: 1, to: 600, usual: 30 }),
  ];
  if (!pace.ok) return pace;
  if (!connections.ok) return connections;
  if (!answerWithin.ok) return answerWithin;
  const traffic = await trafficAsked(options);
  if (!traffic.ok) return traffic;
  const expected = await expectedOf(options);
  if (!expected.ok) return expected;
  const mode = options.enhanced === true ? "enhanced" : "original";
  const settings: RunSettings = {
    target: target.value.by === "mllp" ? { ...target.value, mode } : target.value,
    traffic: traffic.value.traffic,
    pace: pace.value,
    connections: connections.value,
    ...(expected.value && { expected: expected.value.settings }),
  };
  const { messages } = traffic.value;
  const outputs = expected.value && { expected: expected.value.messages };
  return ok({ settings, messages, ...outputs, target: targetOptions(options, answerWithin.value) });
}

function targetOptions(options: Invocation["options"], answerWithinSeconds: number): RunPlan["target"] {
  const file = (name: string) => (typeof options[name] === "string" ? { [name]: options[name] } : {});
  const tls = { ...file("authority"), ...file("certificate"), ...file("key") };
  const { authorization } = options;
  return {
    answerWithinSeconds,
    ...(Object.keys(tls).length === 0 ? {} : { tls }),
    ...(typeof authorization === "string" ? { authorizationFile: authorization } : {}),
  };
}

async function expectedOf({ expect, receive, mask, quiet }: Invocation["options"]) {
  if (expect === undefined && receive === undefined) return ok(undefined);
  if (typeof expect !== "string" || typeof receive !== "string")
    return failed(incorrect("receive-missing", "Give --expect and --receive together: what comes out, and where."));
  const quietSeconds = numberAsked(quiet, { name: "--quiet", from: 1, to: 3_600, usual: 5 });
  if (!quietSeconds.ok) return quietSeconds;
  const outputs = await outputsAsked(expect);
  if (!outputs.ok) return outputs;
  const { messages, hash } = outputs.value;
  const port = /^\d{1,5}$/.test(receive) ? Number(receive) : undefined;
  const settings: RunExpected = {
    messages: messages.length,
    hash,
    receiver: port === undefined ? { by: "folder", path: receive } : { by: "mllp", port },
    masks: typeof mask === "string" ? mask.split(",").filter((place) => place !== "") : usualMasks,
    quietSeconds: quietSeconds.value,
  };
  return ok({ settings, messages });
}

import {
  messagesOfFiles,
  type NamedFile,
  type RunExpected,
  type RunSettings,
  type RunTraffic,
  type SimulatedMessage,
  type StartRun,
} from "#departments/clinical";
import { failed, incorrect, limits, ok, okUnless, type Result } from "#kernel";
import { dayOfTraffic } from "./day/day.ts";
import { hashOfFiles, type RunPlan, readMasks } from "./run-plan.ts";
import { readTarget } from "./targets.ts";

const answerWithinSeconds = 30;

/** What was asked for, with its messages. Problems: `target-incorrect`, `mask-incorrect`, `run-empty`, `run-too-large`, those of the files. */
export function planOfOrder(order: StartRun): Result<RunPlan> {
  const target = readTarget(order.target);
  if (!target.ok) return target;
  const traffic = trafficOf(order.traffic);
  if (!traffic.ok) return traffic;
  const { messages } = traffic.value;
  if (messages.length === 0) return failed(incorrect("run-empty", "There is no message to play."));
  if (messages.length > limits.simulatorMessagesMax)
    return failed(incorrect("run-too-large", `A run has at most ${limits.simulatorMessagesMax} messages.`));
  const expected = order.expected === undefined ? ok(undefined) : expectedOf(order.expected);
  if (!expected.ok) return expected;
  const mode = order.enhanced ? "enhanced" : "original";
  const settings: RunSettings = {
    target: target.value.by === "mllp" ? { ...target.value, mode } : target.value,
    traffic: traffic.value.traffic,
    pace: order.pace,
    connections: order.connections,
    ...(expected.value && { expected: expected.value.settings }),
  };
  const outputs = expected.value && { expected: expected.value.messages };
  return ok({ settings, messages, ...outputs, target: { answerWithinSeconds } });
}

interface Traffic {
  readonly traffic: RunTraffic;
  readonly messages: readonly SimulatedMessage[];
}

function trafficOf(asked: StartRun["traffic"]): Result<Traffic> {
  if (asked.by === "day") return ok({ traffic: asked, messages: dayOfTraffic(asked) });
  const files = asked.files.map(decoded);
  const { messages, problems } = messagesOfFiles(files);
  const traffic: RunTraffic = { by: "files", name: asked.name, files: files.length, hash: hashOfFiles(files) };
  return okUnless(problems, { traffic, messages });
}

function expectedOf({ files: asked, port, masks, quietSeconds }: NonNullable<StartRun["expected"]>) {
  const sound = readMasks(masks);
  if (!sound.ok) return sound;
  const files = asked.map(decoded);
  const { messages, problems } = messagesOfFiles(files);
  const settings: RunExpected = {
    messages: messages.length,
    hash: hashOfFiles(files),
    receiver: { by: "mllp", port },
    masks,
    quietSeconds,
  };
  return okUnless(problems, { settings, messages });
}

function decoded({ name, base64 }: { readonly name: string; readonly base64: string }): NamedFile {
  return { name, bytes: Buffer.from(base64, "base64") };
}

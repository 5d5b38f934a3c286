import { createHash } from "node:crypto";
import { setTimeout as passed } from "node:timers/promises";
import {
  type Answer,
  type Conducted,
  conduct,
  type FieldMask,
  type NamedBody,
  type NamedFile,
  type RunSettings,
  readMask,
  type SimulatedMessage,
  type Timing,
} from "#departments/clinical";
import { failed, incorrect, type Log, limits, ok, type Result } from "#kernel";
import { openTarget, type TargetOptions } from "./open-target.ts";
import { openReceiver } from "./receivers.ts";

/** A run with all that it needs to be played. */
export interface RunPlan {
  readonly settings: RunSettings;
  readonly messages: readonly SimulatedMessage[];
  readonly expected?: readonly NamedBody[];
  readonly target: Omit<TargetOptions, "connections" | "log">;
}

export interface RunNeeds {
  /** Address that a receiver's port is opened on. */
  readonly host: string;
  readonly log: Log;
  readonly signal: AbortSignal;
  answered?(answer: Answer): void;
}

/** Plays a plan to its end. Problems: `run-empty`, `run-too-large`, `mask-incorrect`, and those of the receiver. */
export async function playPlan(plan: RunPlan, needs: RunNeeds): Promise<Result<Conducted>> {
  const { settings, messages } = plan;
  const { log, signal } = needs;
  if (messages.length === 0) return failed(nothingToPlay);
  if (messages.length > limits.simulatorMessagesMax) return failed(tooMany);
  const expected = await openExpected(plan, needs);
  if (!expected.ok) return expected;
  const { pace, connections } = settings;
  const sender = openTarget(settings.target, { ...plan.target, connections, log });
  const answered = needs.answered === undefined ? {} : { answered: needs.answered };
  try {
    const given = { messages, pace, connections, sender, timing: systemTiming, signal, ...answered };
    return ok(await conduct({ ...given, ...(expected.value && { expected: expected.value }) }));
  } finally {
    await Promise.all([sender.close(), expected.value?.receiver.close()]);
  }
}

const nothingToPlay = incorrect("run-empty", "There is no message to play.");
const tooMany = incorrect("run-too-large", `A run has at most ${limits.simulatorMessagesMax} messages.`);

async function openExpected({ settings, expected: messages }: RunPlan, needs: RunNeeds) {
  const { expected } = settings;
  if (expected === undefined || messages === undefined) return ok(undefined);
  const masks = readMasks(expected.masks);
  if (!masks.ok) return masks;
  const receiver = await openReceiver(expected.receiver, needs);
  if (!receiver.ok) return receiver;
  return ok({ messages, masks: masks.value, quietSeconds: expected.quietSeconds, receiver: receiver.value });
}

/** Problems: `mask-incorrect`. */
export function readMasks(texts: readonly string[]): Result<readonly FieldMask[]> {
  const masks: FieldMask[] = [];
  for (const text of texts) {
    const mask = readMask(text);
    if (!mask.ok) return mask;
    masks.push(mask.value);
  }
  return ok(masks);
}

/** By which two runs of the same files are known to be that: names and contents. */
export function hashOfFiles(files: readonly NamedFile[]): string {
  const hash = createHash("sha256");
  for (const { name, bytes } of files.toSorted((one, other) => (one.name < other.name ? -1 : 1)))
    hash.update(`${name}\0${bytes.length}\0`).update(bytes);
  return hash.digest("hex");
}

export const systemTiming: Timing = {
  elapsedMs: () => performance.now(),
  pause: (ms, signal) => passed(ms, undefined, { signal }).catch(() => {}),
};

import type { Sender } from "#kernel";
import { type Comparison, compareOutputs, type NamedBody } from "./comparison.ts";
import type { FieldMask } from "./field-mask.ts";
import { allOutputs, type OutputReceiver } from "./output-receiver.ts";
import type { Pace } from "./pace.ts";
import { type Answer, play, type Timing } from "./play.ts";
import type { SimulatedMessage } from "./simulated-message.ts";
import { type RunSummary, summaryOf } from "./summary.ts";

export interface Conducting {
  readonly messages: readonly SimulatedMessage[];
  readonly pace: Pace;
  readonly connections: number;
  readonly sender: Pick<Sender, "send">;
  readonly expected?: ExpectedOutputs;
  readonly timing: Timing;
  readonly signal: AbortSignal;
  answered?(answer: Answer): void;
}

export interface ExpectedOutputs {
  readonly messages: readonly NamedBody[];
  readonly masks: readonly FieldMask[];
  readonly quietSeconds: number;
  readonly receiver: OutputReceiver;
}

export interface Conducted {
  readonly summary: RunSummary;
  readonly answers: readonly Answer[];
  readonly comparison?: Comparison;
}

/** Plays a run to its end, waits for what should come out of it, and compares. */
export async function conduct(conducting: Conducting): Promise<Conducted> {
  const { messages, expected, timing, signal } = conducting;
  const { answers, durationMs } = await play(conducting);
  const played = { answers, summary: summaryOf(messages.length, answers, durationMs) };
  if (expected === undefined) return played;
  const { receiver, quietSeconds } = expected;
  const received = await allOutputs(receiver, { expected: expected.messages.length, quietSeconds, timing, signal });
  return { ...played, comparison: compareOutputs(expected.messages, received, expected.masks) };
}

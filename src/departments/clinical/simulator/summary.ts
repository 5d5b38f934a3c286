import type { Answer } from "./play.ts";

/** What a run comes to. */
export interface RunSummary {
  readonly messages: number;
  /** Those with an answer of any kind. */
  readonly accepted: number;
  readonly refused: number;
  readonly unanswered: number;
  readonly unreachable: number;
  /** Ended before they were sent. */
  readonly notSent: number;
  /** How often each code came: `AA`, `AE`, `422`, `no-answer`. */
  readonly codes: Readonly<Record<string, number>>;
  readonly durationMs: number;
  /** Accepted and refused, over the whole run. */
  readonly perSecond: number;
  /** From sending to acknowledgement, of those that were accepted or refused. */
  readonly latency: Latency;
}

export interface Latency {
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

export function summaryOf(messages: number, answers: readonly Answer[], durationMs: number): RunSummary {
  const count = (outcome: Answer["outcome"]) => answers.filter((answer) => answer.outcome === outcome).length;
  const told = answers.filter(({ outcome }) => outcome === "accepted" || outcome === "refused");
  const codes = Map.groupBy(answers, ({ code }) => code);
  return {
    messages,
    accepted: count("accepted"),
    refused: count("refused"),
    unanswered: count("unanswered"),
    unreachable: count("unreachable"),
    notSent: messages - answers.length,
    codes: Object.fromEntries([...codes].map(([code, of]): [string, number] => [code, of.length]).sort()),
    durationMs: rounded(durationMs),
    perSecond: durationMs > 0 ? rounded((told.length * 1_000) / durationMs) : 0,
    latency: latencyOf(told.map(({ tookMs }) => tookMs)),
  };
}

/** By the nearest rank: the p95 is a time that a message took. */
export function latencyOf(timesMs: readonly number[]): Latency {
  const sorted = timesMs.toSorted((one, other) => one - other);
  const at = (share: number) => rounded(sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0);
  return { p50Ms: at(0.5), p95Ms: at(0.95), p99Ms: at(0.99), maxMs: at(1) };
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}

import type { Answer } from "./play.ts";

/** Answers as lines of JSON, one each, in the order in which they came. */
export function answerLines(answers: readonly Answer[]): Uint8Array {
  const line = ({ sentMs, tookMs, ...answer }: Answer) =>
    JSON.stringify({ ...answer, sentMs: tenth(sentMs), tookMs: tenth(tookMs) });
  return new TextEncoder().encode(answers.map((answer) => `${line(answer)}\n`).join(""));
}

/** What `answerLines` wrote. */
export function readAnswerLines(bytes: Uint8Array): readonly Answer[] {
  const lines = new TextDecoder().decode(bytes).split("\n");
  return lines.filter((line) => line !== "").map((line) => JSON.parse(line) as Answer);
}

function tenth(ms: number): number {
  return Math.round(ms * 10) / 10;
}

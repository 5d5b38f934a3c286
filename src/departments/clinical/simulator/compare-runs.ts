import { limits } from "#kernel";
import type { Mismatch } from "./comparison.ts";
import type { Answer } from "./play.ts";
import type { SimulatorRun } from "./simulator-run.ts";

/** A run with its acknowledgements. */
export interface WholeRun {
  readonly run: Pick<SimulatorRun, "summary" | "comparison" | "settings">;
  readonly answers: readonly Answer[];
}

/** How a second run differs from a first. */
export interface RunDifferences {
  /** Whether both played the same messages. */
  readonly isSameTraffic: boolean;
  readonly figures: readonly FigureChange[];
  /** Messages whose acknowledgement has another code, or that only one of them has; at most `limits.simulatorAnswersDifferMax`. */
  readonly answers: readonly AnswerChange[];
  readonly answersDiffer: number;
  /** Messages that were as expected in the first and are not in the second, and the other way round. */
  readonly broken: readonly Mismatch[];
  readonly mended: readonly Mismatch[];
}

export interface FigureChange {
  readonly name: string;
  readonly unit: "messages" | "messages/s" | "ms";
  readonly first: number;
  readonly second: number;
}

export interface AnswerChange {
  readonly name: string;
  readonly controlId: string;
  /** Absent: it was not sent. */
  readonly first?: string;
  readonly second?: string;
}

export function compareRuns(first: WholeRun, second: WholeRun): RunDifferences {
  const answers = answerChanges(first.answers, second.answers);
  const [before, after] = [first.run.comparison?.mismatches ?? [], second.run.comparison?.mismatches ?? []];
  return {
    isSameTraffic: JSON.stringify(first.run.settings.traffic) === JSON.stringify(second.run.settings.traffic),
    figures: figureChanges(first.run, second.run),
    answers: answers.slice(0, limits.simulatorAnswersDifferMax),
    answersDiffer: answers.length,
    broken: notIn(after, before),
    mended: notIn(before, after),
  };
}

function figureChanges(first: WholeRun["run"], second: WholeRun["run"]): readonly FigureChange[] {
  const [one, other] = [first.summary, second.summary];
  if (one === undefined || other === undefined) return [];
  const count = (name: string, of: "messages" | "accepted" | "refused" | "unanswered" | "unreachable" | "notSent") =>
    ({ name, unit: "messages", first: one[of], second: other[of] }) as const;
  const time = (name: string, of: keyof typeof one.latency) =>
    ({ name, unit: "ms", first: one.latency[of], second: other.latency[of] }) as const;
  return [
    count("Messages", "messages"),
    count("Accepted", "accepted"),
    count("Refused", "refused"),
    count("Without an answer", "unanswered"),
    count("Not reached", "unreachable"),
    count("Not sent", "notSent"),
    { name: "Rate", unit: "messages/s", first: one.perSecond, second: other.perSecond },
    time("Acknowledged within, half", "p50Ms"),
    time("Acknowledged within, 95 of 100", "p95Ms"),
    time("Acknowledged within, 99 of 100", "p99Ms"),
    time("Acknowledged within, all", "maxMs"),
    ...outputChanges(first, second),
  ];
}

function outputChanges({ comparison: one }: WholeRun["run"], { comparison: other }: WholeRun["run"]) {
  if (one === undefined || other === undefined) return [];
  const names = {
    equal: "Came out as expected",
    different: "Came out different",
    missing: "Did not come out",
    unexpected: "Came out unexpected",
  } as const;
  return (Object.keys(names) as (keyof typeof names)[]).map(
    (of): FigureChange => ({ name: names[of], unit: "messages", first: one[of], second: other[of] }),
  );
}

/** By control id, which a repeated run has again; one that comes twice is told apart by its place. */
function answerChanges(first: readonly Answer[], second: readonly Answer[]): readonly AnswerChange[] {
  const [before, after] = [byNumber(first), byNumber(second)];
  const keys = new Set([...before.keys(), ...after.keys()]);
  return [...keys].flatMap((key): readonly AnswerChange[] => {
    const [one, other] = [before.get(key), after.get(key)];
    const known = one ?? other;
    if (known === undefined || one?.code === other?.code) return [];
    const { name, controlId } = known;
    return [{ name, controlId, ...(one && { first: one.code }), ...(other && { second: other.code }) }];
  });
}

function byNumber(answers: readonly Answer[]): ReadonlyMap<string, Answer> {
  const sameNumber = Map.groupBy(answers, ({ controlId }) => controlId);
  const placed = [...sameNumber].flatMap(([controlId, of]) =>
    of.map((answer, at): [string, Answer] => [`${controlId} ${at}`, answer]),
  );
  return new Map(placed);
}

function notIn(some: readonly Mismatch[], others: readonly Mismatch[]): readonly Mismatch[] {
  const known = new Set(others.map(({ is, name }) => `${is} ${name}`));
  return some.filter(({ is, name }) => !known.has(`${is} ${name}`));
}

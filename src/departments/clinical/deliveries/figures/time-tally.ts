/** How long something took, many times: counts by length, in steps of about a tenth. */
export type TimeTally = {
  /** By step: see `stepOf`. */
  readonly steps: Readonly<Record<string, number>>;
  readonly worstMs: number;
};

export const noTimes: TimeTally = { steps: {}, worstMs: 0 };

/** Eight steps for each doubling. */
const stepsADoubling = 8;

function stepOf(ms: number): number {
  return Math.round(stepsADoubling * Math.log2(ms + 1));
}

function msOf(step: number): number {
  return 2 ** (step / stepsADoubling) - 1;
}

export function withTime({ steps, worstMs }: TimeTally, ms: number): TimeTally {
  const step = stepOf(Math.max(0, ms));
  return { steps: { ...steps, [step]: (steps[step] ?? 0) + 1 }, worstMs: Math.max(worstMs, ms) };
}

export function addTimes(tallies: readonly TimeTally[]): TimeTally {
  const steps: Record<string, number> = {};
  for (const tally of tallies)
    for (const [step, count] of Object.entries(tally.steps)) steps[step] = (steps[step] ?? 0) + count;
  return { steps, worstMs: Math.max(0, ...tallies.map(({ worstMs }) => worstMs)) };
}

/** The time that this share of them (0 to 1) did not exceed, within a twentieth of itself; undefined of none. */
export function quantileMs({ steps, worstMs }: TimeTally, share: number): number | undefined {
  const counts = Object.entries(steps)
    .map(([step, count]) => [Number(step), count] as const)
    .sort(([one], [other]) => one - other);
  const total = counts.reduce((sum, [, count]) => sum + count, 0);
  let below = 0;
  for (const [step, count] of counts) {
    below += count;
    if (below >= share * total) return Math.min(worstMs, Math.round(msOf(step)));
  }
  return undefined;
}

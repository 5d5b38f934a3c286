import type { LoadSeen } from "./seen.ts";

interface Sides {
  readonly rounds: number;
  ours(round: number): Promise<LoadSeen>;
  floor(round: number): Promise<LoadSeen>;
}

/** Measures both sides in turns, so that a busy machine slows both, and gives the median round of each. */
export async function inTurns({
  rounds,
  ours,
  floor,
}: Sides): Promise<{ readonly ours: LoadSeen; readonly floor: LoadSeen }> {
  const seen: { readonly ours: LoadSeen[]; readonly floor: LoadSeen[] } = { ours: [], floor: [] };
  for (let round = 0; round < rounds; round += 1) {
    seen.floor.push(await floor(round));
    seen.ours.push(await ours(round));
  }
  for (const { failures, answers } of [...seen.ours, ...seen.floor]) {
    if (failures > 0 || answers === 0) throw new Error(`${failures} of ${answers} answers were not the right ones.`);
  }
  return { ours: median(seen.ours), floor: median(seen.floor) };
}

function median(seen: readonly LoadSeen[]): LoadSeen {
  const sorted = seen.toSorted((a, b) => a.perSecond - b.perSecond);
  return sorted[Math.floor(sorted.length / 2)] as LoadSeen;
}

/**
 * `npm run conformance -- audit`: a log is tampered with in 1,000 random ways; each must be found, and the entry named from
 * which the log is not what it was. `CORRIDOR_TAMPER_TRIALS` says how many.
 */
import { readWitness, verifyLog } from "#audit";
import { keptOf, type LyingEntry, signer, stretchesOf, wholeLog } from "./audit-tampering/kept-log.ts";
import { type Chance, tamperings } from "./audit-tampering/tamperings.ts";
import type { SuiteResult } from "./suite.ts";

const logLength = 400;

export async function run(
  trials = Number(process.env.CORRIDOR_TAMPER_TRIALS ?? 1_000),
  seed = Math.trunc(Date.now() % 2 ** 31),
): Promise<SuiteResult> {
  console.log(`audit: ${trials} trials from the seed ${seed}`);
  const chance = seeded(seed);
  const log = wholeLog(logLength);
  const failures: string[] = [...(await untouched(log, chance))];
  for (let trial = 0; trial < trials; trial += 1) {
    const tampering = tamperings[trial % tamperings.length]!;
    const { log: tampered, first } = tampering.tamper(log, chance);
    const found = await placesFound(tampered, sizesOf(chance), log);
    if (!found.includes(`AuditEvent/${first}`)) {
      failures.push(
        `trial ${trial}, ${tampering.name} at ${first}: found ${found.slice(0, 3).join(", ") || "nothing"}`,
      );
    }
  }
  return { passed: trials + 1 - failures.length, total: trials + 1, excluded: 0, failures };
}

/** A check that always finds something finds nothing. */
async function untouched(log: readonly LyingEntry[], chance: Chance): Promise<readonly string[]> {
  const found = await placesFound(log, sizesOf(chance), log);
  return found.length === 0 ? [] : [`an untouched log: found ${found.join(", ")}`];
}

async function placesFound(tampered: readonly LyingEntry[], sizes: readonly number[], log: readonly LyingEntry[]) {
  const { witness, problems } = await readWitness(keptOf(log, sizes, true), signer);
  const report = await verifyLog(stretchesOf(tampered), { witnesses: [witness] });
  return [...problems, ...report.problems].map(({ where }) => where);
}

/** Where checkpoints were signed: some on the way, and one at the end. */
function sizesOf(chance: Chance): readonly number[] {
  return [1 + chance.below(logLength), 1 + chance.below(logLength), logLength].sort((one, other) => one - other);
}

/** Numbers that look random, the same for the same seed. Source: the generator mulberry32, in the public domain. */
function seeded(seed: number): Chance {
  let state = seed;
  return {
    below(end) {
      state = (state + 0x6d2b79f5) | 0;
      let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
      mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
      return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * end);
    },
  };
}

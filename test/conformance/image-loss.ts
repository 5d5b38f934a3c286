/**
 * Kill -9 at random moments while four modalities store: each acknowledged object is indexed and on disk as it was sent, and no
 * file is left that nothing names. `CORRIDOR_LOSS_ROUNDS` says how often, 200 times if not.
 */
import { tryImageLoss } from "./loss-trial/image-trial.ts";
import type { SuiteResult } from "./suite.ts";

const roundsDefault = 200;

/** A case is an acknowledged object. */
export async function run(): Promise<SuiteResult> {
  const { rounds, senders, faults } = await tryImageLoss(Number(process.env.CORRIDOR_LOSS_ROUNDS ?? roundsDefault));
  const total = senders.reduce((sum, { acknowledged }) => sum + acknowledged.length, 0);
  console.log(
    `image-loss: killed ${rounds} times, ${total} objects acknowledged, ${faults.length} lost, torn or orphaned`,
  );
  return { passed: Math.max(0, total - faults.length), total, excluded: 0, failures: faults };
}

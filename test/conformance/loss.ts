/**
 * Kill -9 at random moments while four laboratories send: nothing acknowledged is lost, nothing has its effect twice, and
 * every read that was answered is in the audit log.
 * DESIGN.md, invariants 1 and 4. `CORRIDOR_LOSS_ROUNDS` says how often, 200 times if not.
 */
import { anOruMessage } from "../../bench/load/oru-message.ts";
import { unwitnessed } from "./loss-trial/reader.ts";
import { type Trial, tryLoss } from "./loss-trial/trial.ts";
import type { SuiteResult } from "./suite.ts";

const roundsDefault = 200;
const observationsOfEach = 10;

export async function run(): Promise<SuiteResult> {
  return judge(await tryLoss(Number(process.env.CORRIDOR_LOSS_ROUNDS ?? roundsDefault)));
}

/** A case is an acknowledged message. */
export function judge({ rounds, senders, readers, evidence }: Trial): SuiteResult {
  const acknowledged = senders.flatMap((sender) => sender.acknowledged).map((number) => anOruMessage(number).controlId);
  const lost = acknowledged.filter((controlId) => !evidence.mapped.has(controlId));
  const reads = readers.reduce((sum, { answered }) => sum + answered.length, 0);
  const unseen = unwitnessed(readers, evidence.witnessed);
  const observations = evidence.counts.get("Observation") ?? 0;
  const expected = evidence.mapped.size * observationsOfEach;
  const failures = [
    ...lost.map((controlId) => `${controlId} was acknowledged and is not in the record`),
    ...evidence.doubled,
    ...[...senders, ...readers].flatMap(({ oddities }) => oddities),
    ...unseen,
    ...(observations === expected ? [] : [`${observations} observations instead of ${expected}`]),
    ...(evidence.feedGaps === 0 ? [] : [`the feed has ${evidence.feedGaps} gaps`]),
    ...(evidence.auditBroken ? ["the audit chain is broken"] : []),
  ];
  console.log(
    `loss: killed ${rounds} times, ${acknowledged.length} messages acknowledged, ${lost.length} lost, ${evidence.doubled.length} doubled; ${reads} reads answered, ${unseen.length} missing from the log`,
  );
  return { passed: acknowledged.length - lost.length, total: acknowledged.length, excluded: 0, failures };
}

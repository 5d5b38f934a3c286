/**
 * Kill -9 at random moments while messages come in from four laboratories and go out to ordered lanes: nothing
 * acknowledged is lost, nothing has its effect twice, nothing of a lane comes out of order. DESIGN.md, invariants 1, 2
 * and 4. `CORRIDOR_LOSS_ROUNDS` says how often, 200 times if not.
 */
import { judge as judgeIntake } from "./loss.ts";
import { type LinkTrial, tryLinkLoss } from "./loss-trial/link-trial.ts";
import type { SuiteResult } from "./suite.ts";

const roundsDefault = 200;

export async function run(): Promise<SuiteResult> {
  return judge(await tryLinkLoss(Number(process.env.CORRIDOR_LOSS_ROUNDS ?? roundsDefault)));
}

/** A case is an acknowledged message. */
export function judge(trial: LinkTrial): SuiteResult {
  const { destinations, evidence } = trial;
  const intake = judgeIntake(trial);
  const outside = destinations.flatMap(({ name, received, faults }) => [
    ...missingFrom(received, evidence.mapped).map((controlId) => `${controlId} did not reach ${name}`),
    ...missingFrom(evidence.mapped, received).map((controlId) => `${controlId} reached ${name} and is not recorded`),
    ...faults.map((fault) => `${name}: ${fault}`),
  ]);
  const { deliveries } = evidence;
  const wanted = evidence.mapped.size * destinations.length;
  const counts = [
    ...(deliveries.all === wanted ? [] : [`${deliveries.all} deliveries instead of ${wanted}`]),
    ...(deliveries.delivered === wanted ? [] : [`${deliveries.delivered} of ${wanted} deliveries are settled`]),
  ];
  const again = destinations.map((destination) => `${destination.name} ${destination.again}`).join(", ");
  console.log(
    `link-loss: ${wanted} deliveries, sent once more after a kill: ${again}; ${outside.length} lost, doubled or out of order`,
  );
  return { ...intake, failures: [...intake.failures, ...outside, ...counts] };
}

function missingFrom(some: ReadonlySet<string>, all: ReadonlySet<string>): readonly string[] {
  return [...all].filter((controlId) => !some.has(controlId));
}

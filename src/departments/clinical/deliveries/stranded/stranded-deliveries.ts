import { limits, ok, type Result } from "#kernel";
import { type HealthRecord, parseBody } from "#record";
import type { StrandedDestination } from "../../api/deliveries.ts";
import { anyKey, newestFirst } from "../../clauses.ts";
import { type Deployment, linkConfigurationKind } from "../../configuration/deployment.ts";
import { deliveryKind } from "../delivery.ts";
import { stageKey } from "../delivery-kind.ts";

/** Reads what was ever deployed, and counts. */
type Reading = Pick<HealthRecord, "history" | "count">;

/**
 * Destinations that deliveries wait for, and that are not among these: nothing sends to them. They are looked for among
 * those of the last `limits.deploymentsLookedAtMax` deployments. Problems: those of the record.
 */
export async function strandedDestinations(
  record: Reading,
  configured: Iterable<string>,
): Promise<Result<readonly StrandedDestination[]>> {
  const known = new Set(configured);
  const query = { kind: linkConfigurationKind, limit: limits.deploymentsLookedAtMax } as const;
  const deployments = await record.history(query);
  if (!deployments.ok) return deployments;
  const named = deployments.value.versions.flatMap((version) => namesIn(parseBody<Deployment>(version)));
  const stranded: StrandedDestination[] = [];
  for (const name of new Set(named)) {
    if (known.has(name)) continue;
    const counted = await waitingFor(record, name);
    if (!counted.ok) return counted;
    const { queued, parked } = counted.value;
    if (queued + parked > 0) stranded.push({ name, queued, parked });
  }
  return ok(stranded);
}

/** `destinations/gp.json` and `destinations/gp.ts` are of `gp`. */
export function namesIn({ files }: Pick<Deployment, "files">): readonly string[] {
  return files.flatMap(({ path }) => /^destinations\/([^/]+)\.[a-z]+$/.exec(path)?.[1] ?? []);
}

async function waitingFor(
  record: Reading,
  name: string,
): Promise<Result<{ readonly queued: number; readonly parked: number }>> {
  const count = (...stages: readonly ("fresh" | "tried" | "parked")[]) => {
    const all = [anyKey(...stages.map((stage) => stageKey(name, stage)))];
    return record.count(newestFirst({ kind: deliveryKind, all, limit: 1 }));
  };
  const [queued, parked] = await Promise.all([count("fresh", "tried"), count("parked")]);
  if (!queued.ok) return queued;
  return parked.ok ? ok({ queued: queued.value, parked: parked.value }) : parked;
}

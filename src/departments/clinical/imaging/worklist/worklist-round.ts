import { type Log, limits, ok, type Result } from "#kernel";
import { type CursorStore, type HealthRecord, type Kind, parseBody, type Version } from "#record";
import type { ImagingStudy, ServiceRequest } from "#standards/fhir";
import { type FollowingNeeds, followOrder, followStudy } from "./follow-order.ts";

export interface WorklistRoundNeeds extends FollowingNeeds {
  /** The whole record: nothing of it is shown to anybody. */
  readonly look: Pick<HealthRecord, "search">;
  readonly cursors: Pick<CursorStore, "get" | "set">;
  readonly log: Log;
}

/**
 * Brings the worklist up to the orders and studies that changed since the last round. Problems: those of the record that pass by
 * themselves; a change that can never be followed is logged and left.
 */
export async function worklistRound(needs: WorklistRoundNeeds): Promise<Result<void>> {
  const orders = await follow(needs, "ServiceRequest", (version) =>
    followOrder(needs, parseBody<ServiceRequest>(version)),
  );
  if (!orders.ok) return orders;
  return follow(needs, "ImagingStudy", (version) => followStudy(needs, parseBody<ImagingStudy>(version)));
}

/** Pages of a kind, oldest change first, until there is nothing new or enough for this round. */
async function follow(
  { look, cursors, log }: WorklistRoundNeeds,
  kind: Kind,
  step: (version: Version) => Promise<Result<void>>,
): Promise<Result<void>> {
  const name = `worklist-${kind}`;
  let after = await cursors.get(name);
  for (let taken = 0; taken < limits.worklistRoundMax; ) {
    const sort = { by: "updated", descending: false } as const;
    const from = after === 0 ? {} : { after: { position: after } };
    const found = await look.search({ kind, all: [], sort, limit: limits.pageSizeMax, ...from });
    if (!found.ok) return found;
    const { versions } = found.value;
    for (const version of versions) {
      const followed = await step(version);
      if (followed.ok) continue;
      const [problem] = followed.problems;
      if (passing.has(problem.category)) return followed;
      log.error("a change was left out of the worklist", { kind, position: version.position, code: problem.code });
    }
    const last = versions.at(-1)?.position ?? after;
    if (last !== after) await cursors.set(name, last);
    after = last;
    taken += versions.length;
    if (found.value.next === undefined) return ok(undefined);
  }
  return ok(undefined);
}

/** Tried again in the next round. */
const passing: ReadonlySet<string> = new Set(["conflict", "busy", "unavailable"]);

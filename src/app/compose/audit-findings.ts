import { type Access, type Context, workerActor } from "#access";
import { FindingsFollower, findingRoutes } from "#departments/information";
import { type Log, limits, type Route } from "#kernel";
import type { AuditStretches, CursorStore } from "#record";
import { openRounds } from "./rounds.ts";
import type { ShutdownStack } from "./shutdown-stack.ts";

export interface AuditFindingsNeeds {
  readonly access: Access;
  readonly audit: Pick<AuditStretches, "containing">;
  readonly cursors: Pick<CursorStore, "get" | "set" | "claim">;
  size(): Promise<number>;
  readonly log: Log;
  /** It ends with this. */
  readonly stack: ShutdownStack;
}

/** Notices what is unusual about who looks at whose record, and the queue in which it is reviewed. */
export function openAuditFindings({ access, log, stack, ...given }: AuditFindingsNeeds): readonly Route<Context>[] {
  const context = access.contextOf(workerActor("audit findings"));
  const follower = new FindingsFollower({ ...given, context });
  const times = { firstMs: limits.auditFindingRoundMs, everyMs: limits.auditFindingRoundMs };
  openRounds({ name: "audit findings", ...times, round: () => follower.round() }, { log, stack });
  return findingRoutes;
}

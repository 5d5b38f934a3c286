import type { Agent, AuditLog } from "#audit";
import type { Clock, Ids } from "#kernel";
import type { AuditEntry, HealthRecord } from "#record";
import type { Actor } from "../actor.ts";
import type { DecidedBy } from "../consent/decision.ts";
import type { Visibility } from "../visibility/visibility.ts";
import type { Shown } from "./shown.ts";

/** One actor's view of the record, while one request or one worker lasts. */
export interface View {
  /** The whole record. Nobody outside this folder gets it. */
  readonly record: HealthRecord;
  readonly auditLog: AuditLog;
  readonly actor: Actor;
  readonly agent: Agent;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly shown: Shown;
  /** Which documents of a kind the actor may see. */
  readonly visibility: Visibility;
  /** Which Consents had a say, for the log; absent: there are none that count. */
  readonly decidedBy?: DecidedBy;
  /** For which patients, `Patient/1`, somebody has broken the glass by now; absent: nobody has. */
  readonly opened?: (actor: Actor) => Promise<ReadonlySet<string>>;
  /**
   * Entries that wait for the next write of this view to share its commit, for one whose only answer comes after that
   * (see `witnessHeld`). Absent: every entry is durable before what it witnesses is handed out.
   */
  readonly held?: AuditEntry[];
}

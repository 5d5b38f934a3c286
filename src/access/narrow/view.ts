import type { Agent, AuditLog } from "#audit";
import type { Clock, Ids } from "#kernel";
import type { HealthRecord } from "#record";
import type { Actor } from "../actor.ts";
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
}

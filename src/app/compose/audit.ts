import type { Access } from "#access";
import { type Clock, type Log, ok, type Result } from "#kernel";
import type { HealthRecord } from "#record";
import type { PostgresStore } from "#storage/postgres";
import type { Config } from "../config.ts";
import { openAuditKeeping, openAuditPlaces } from "./audit-keeping.ts";
import { openAuditSyslog } from "./audit-syslog.ts";
import type { ShutdownStack } from "./shutdown-stack.ts";

export interface AuditNeeds {
  readonly config: Config;
  readonly access: Access;
  /** The whole record. */
  readonly record: HealthRecord;
  readonly store: PostgresStore;
  readonly clock: Clock;
  readonly log: Log;
  readonly stack: ShutdownStack;
}

/**
 * What is done with the audit log beside writing it: checkpoints are signed, syslog is fed.
 * Problems: `audit-key-unusable`, `syslog-ca-unreadable`.
 */
export async function openAudit({ config, store, clock, log, stack }: AuditNeeds): Promise<Result<void>> {
  const places = await openAuditPlaces(config);
  if (!places.ok) return places;
  const { cursors, auditTree: tree } = store;
  const syslog = await openAuditSyslog({ config, audit: store.audit, cursors, clock, log, stack });
  if (!syslog.ok) return syslog;
  openAuditKeeping({ ...places.value, tree, cursors, clock, log, stack, signed: syslog.value.tell });
  return ok(undefined);
}

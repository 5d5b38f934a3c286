import type { Access, Context } from "#access";
import { auditRoutes, whoLookedRoutes } from "#departments/information";
import { type Clock, type Log, ok, type Result, type Route } from "#kernel";
import type { HealthRecord } from "#record";
import type { PostgresStore } from "#storage/postgres";
import type { Config } from "../config.ts";
import { openAuditFindings } from "./audit-findings.ts";
import { openAuditKeeping, openAuditPlaces } from "./audit-keeping.ts";
import { entryProofs } from "./audit-proof.ts";
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
 * What is done with the audit log beside writing it: checkpoints are signed, syslog is fed, what is unusual is noticed.
 * Problems: `audit-key-unusable`, `syslog-ca-unreadable`.
 */
export async function openAudit(needs: AuditNeeds): Promise<Result<readonly Route<Context>[]>> {
  const { config, access, store, clock, log, stack } = needs;
  const places = await openAuditPlaces(config);
  if (!places.ok) return places;
  const { cursors, audit, auditTree: tree } = store;
  const syslog = await openAuditSyslog({ config, audit, cursors, clock, log, stack });
  if (!syslog.ok) return syslog;
  openAuditKeeping({ ...places.value, tree, cursors, clock, log, stack, signed: syslog.value.tell });
  const findings = openAuditFindings({ access, audit, cursors, size: () => tree.size(), log, stack });
  const prove = entryProofs(places.value, tree);
  return ok([...auditRoutes({ prove }), ...whoLookedRoutes, ...findings]);
}

import { userInfo } from "node:os";
import { type Access, type Actor, commandLineActor, openAccess } from "#access";
import { auditEntry, openAuditLog } from "#audit";
import type { Result } from "#kernel";
import type { RecordParts } from "./record.ts";

/** Who may do what, on an open record. */
export function openIdentity({ record, store, clock, hospitalTime, ids }: RecordParts): Access {
  return openAccess({ record, auditLog: openAuditLog(store.audit), clock, hospitalTime, ids });
}

/** Whoever runs this process, for what is done at a start or by a command. */
export function thisAccount(): Actor {
  return commandLineActor(userInfo().username);
}

/** Notes in the audit log, before it is done, that this account takes a copy of everything. */
export async function noteBackup({ record, clock }: RecordParts): Promise<Result<unknown>> {
  const { reference, display, roles, purpose, via } = thisAccount();
  const agent = { reference, display, roles, purpose, via };
  const entry = auditEntry({ at: clock.now(), act: "backup", agent, outcome: 0, patients: [], entities: [] });
  return record.transact({ operations: [], audit: [entry] });
}

import { userInfo } from "node:os";
import { type Access, type AccessNeeds, type Actor, commandLineActor, openAccess } from "#access";
import { auditEntry, openAuditLog } from "#audit";
import type { Result } from "#kernel";
import type { RecordParts } from "./record.ts";

/** Who may do what, on an open record; `held` is what a program that goes on running follows by itself. */
export function openIdentity(
  { record, store, identity, clock, hospitalTime, ids }: RecordParts,
  held: Pick<AccessNeeds, "consents" | "optOuts" | "images"> = {},
): Access {
  return openAccess({ record, auditLog: openAuditLog(store.audit), ...identity, clock, hospitalTime, ids, ...held });
}

/** Whoever runs this process, for what is done at a start or by a command. */
export function thisAccount(): Actor {
  return commandLineActor(userInfo().username);
}

/** Notes in the audit log, before it is done, that this account takes a copy of everything. */
export function noteBackup(parts: RecordParts): Promise<Result<unknown>> {
  return note(parts, { act: "backup" });
}

/** The same of a new key for what is sealed. */
export function noteKeyRotation(parts: RecordParts): Promise<Result<unknown>> {
  return note(parts, { act: "key-rotation" });
}

/** The same of a code system, `url|version`, that is imported or removed. */
export function noteTerminologyChange(parts: RecordParts, what: string): Promise<Result<unknown>> {
  return note(parts, { act: "terminology-change", query: what });
}

interface Noted {
  readonly act: "backup" | "key-rotation" | "terminology-change";
  readonly query?: string;
}

async function note({ record, clock }: RecordParts, done: Noted): Promise<Result<unknown>> {
  const { reference, display, roles, purpose, via } = thisAccount();
  const agent = { reference, display, roles, purpose, via };
  const entry = auditEntry({ ...done, at: clock.now(), agent, outcome: 0, patients: [], entities: [] });
  return record.transact({ operations: [], audit: [entry] });
}

import { userInfo } from "node:os";
import { type Access, type Actor, commandLineActor, openAccess } from "#access";
import { openAuditLog } from "#audit";
import type { Clock, Ids } from "#kernel";
import type { RecordParts } from "./record.ts";

/** Who may do what, on an open record. */
export function openIdentity(
  { record, store }: RecordParts,
  given: { readonly clock: Clock; readonly ids: Ids },
): Access {
  return openAccess({ record, auditLog: openAuditLog(store.audit), ...given });
}

/** Whoever runs this process, for what is done at a start or by a command. */
export function thisAccount(): Actor {
  return commandLineActor(userInfo().username);
}

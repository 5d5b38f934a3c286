/** What a handler gets, over a test's record, for tests. */
import { type Actor, type Context, narrow, personActor, type RoleName, roles } from "#access";
import { openAuditLog } from "#audit";
import { countingIds } from "#kernel";
import type { TestRecord } from "./record.ts";

/** Somebody who holds one role, signed in. */
export function anActor(role: RoleName): Actor {
  return personActor({ reference: `User/${role}`, display: roles[role].title, roles: [role] });
}

/** The record narrowed to an actor, a doctor unless said otherwise, and what else a handler may touch. */
export function contextOf({ record, store, clock }: TestRecord, actor: Actor = anActor("doctor")): Context {
  const ids = countingIds("context");
  return { actor, record: narrow({ record, auditLog: openAuditLog(store.audit), actor, clock, ids }), clock, ids };
}

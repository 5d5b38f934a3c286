/** What a handler gets, for tests: a real record, narrowed to somebody with one of the roles. */
import { type Actor, admit, type Context, narrow, noImages, personActor, type RoleName, roles } from "#access";
import { openAuditLog } from "#audit";
import { countingIds, ok } from "#kernel";
import type { TestRecord } from "./record.ts";
import { wardTime } from "./ward/index.ts";

/** Whoever holds the role, signed in. */
export function anActor(role: RoleName = "doctor"): Actor {
  return personActor({ reference: `User/${role}`, display: roles[role].title, roles: [role] });
}

export function contextOf({ record, store, clock }: TestRecord, actor: Actor = anActor()): Context {
  const ids = countingIds("audit");
  const hospitalTime = wardTime;
  return {
    actor,
    admit: (route) => admit({ record, clock }, actor, route),
    clock,
    hospitalTime,
    ids,
    images: noImages,
    sees: async (keys) => ok(keys),
    // What a handler does with what it sees is its test; who sees what has tests of its own.
    record: narrow({ record, auditLog: openAuditLog(store.audit), actor, clock, ids, rules: [] }),
  };
}

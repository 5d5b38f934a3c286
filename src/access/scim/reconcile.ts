import { ok, type Result } from "#kernel";
import type { Operation } from "#record";
import type { Actor } from "../actor.ts";
import { bodyOf } from "../identity/document-schema.ts";
import type { IdentityNeeds } from "../identity/identity-needs.ts";
import { mappedRoles } from "../identity/role-map.ts";
import { type StoredGroup, storedGroup } from "./directory-group.ts";
import { joiningWrites, usersOf } from "./group-members.ts";
import { scan } from "./scan.ts";

/**
 * Brings groups and accounts of the directory in line with the map of roles, which may be another than at the last start. How
 * many documents had to be changed. Problems: conflict, unavailable.
 */
export async function reconcileRoles(needs: IdentityNeeds, by: Actor): Promise<Result<number>> {
  const stored = await scan(needs.record, { kind: "DirectoryGroup" });
  if (!stored.ok) return stored;
  const groups = new Map(stored.value.map((version) => [version.id, mappedAnew(needs, storedGroup(version))]));
  const users = await scan(needs.record, { kind: "User", keys: ["source=directory"] });
  if (!users.ok) return users;
  const operations: readonly Operation[] = [
    ...stored.value.flatMap((version) => groupWrite(storedGroup(version), groups.get(version.id))),
    ...joiningWrites(needs, {
      users: usersOf(users.value),
      groups,
      groupsAfter: ({ directory }) => directory?.groups ?? [],
    }),
  ];
  if (operations.length === 0) return ok(0);
  const written = await needs.accountsFor(by).transact({ operations });
  for (const { id } of operations) if (id !== undefined) needs.trusted.forgetUser(id);
  return written.ok ? ok(operations.length) : written;
}

function mappedAnew({ roleMap }: IdentityNeeds, group: StoredGroup): StoredGroup {
  const { displayName, externalId } = group;
  return { ...group, roles: mappedRoles(roleMap, [displayName, ...(externalId === undefined ? [] : [externalId])]) };
}

function groupWrite(before: StoredGroup, after: StoredGroup | undefined): readonly Operation[] {
  if (after === undefined || JSON.stringify(before) === JSON.stringify(after)) return [];
  const { id, version, ...body } = after;
  return [{ action: "update", kind: "DirectoryGroup", id, ifMatch: version, body: bodyOf(body) }];
}

import { failed, type JsonObject, ok, type Result } from "#kernel";
import type { Operation, Version } from "#record";
import { userUpdate } from "../identity/accounts.ts";
import { storedBy } from "../identity/document-schema.ts";
import type { IdentityNeeds } from "../identity/identity-needs.ts";
import { mappedRoles } from "../identity/role-map.ts";
import { withSources } from "../identity/role-sources.ts";
import { type StoredUser, userSchema } from "../identity/user.ts";
import { type StoredGroup, storedGroup } from "./directory-group.ts";
import { roleValuesIn } from "./directory-user.ts";
import { scan } from "./scan.ts";
import { scimProblem } from "./scim-problem.ts";
import { fieldsOf } from "./write-user.ts";

/** Groups by their ids, those that there are. */
export async function groupsById(
  { record }: Pick<IdentityNeeds, "record">,
  ids: readonly string[],
): Promise<Result<ReadonlyMap<string, StoredGroup>>> {
  const keys = [...new Set(ids)].map((id) => ({ kind: "DirectoryGroup", id }));
  if (keys.length === 0) return ok(new Map());
  const found = await record.readMany(keys);
  if (!found.ok) return found;
  return ok(new Map(found.value.map((version) => [version.id, storedGroup(version)])));
}

/** What the groups that somebody is in give together. */
export function rolesOfGroups(groups: ReadonlyMap<string, StoredGroup>, ids: readonly string[]): readonly string[] {
  return ids.flatMap((id) => groups.get(id)?.roles ?? []);
}

/** The accounts that are in a group, in the order of their ids. */
export async function membersOf({ record }: IdentityNeeds, groupId: string): Promise<Result<readonly StoredUser[]>> {
  const found = await scan(record, { kind: "User", keys: [`group=${groupId}`] });
  return found.ok ? ok(found.value.map((version) => storedBy(userSchema, version))) : found;
}

/** As a group names them. */
export function memberResource({ id, display }: StoredUser, base: string): JsonObject {
  return { value: id, $ref: `${base}/Users/${id}`, display, type: "User" };
}

/** The accounts that the directory sees under these ids. Problems: `invalidValue`, where it does not see one of them. */
export async function readMembers(
  needs: IdentityNeeds,
  ids: readonly string[],
): Promise<Result<readonly StoredUser[]>> {
  if (ids.length === 0) return ok([]);
  const found = await needs.record.readMany(ids.map((id) => ({ kind: "User", id })));
  if (!found.ok) return found;
  const users = found.value.map((version) => storedBy(userSchema, version)).filter(isSeen);
  return users.length === ids.length ? ok(users) : failed(noSuchMember);
}

function isSeen({ directory }: StoredUser): boolean {
  return directory !== undefined && directory.removed === undefined;
}

const noSuchMember = scimProblem("invalidValue", "A member is not a user that the directory has made here.", "members");

/** In which groups accounts are from now on. */
export interface Joining {
  readonly users: readonly StoredUser[];
  /** Every group that these accounts are in, as it will be. */
  readonly groups: ReadonlyMap<string, StoredGroup>;
  groupsAfter(user: StoredUser): readonly string[];
}

/** Each account with its groups, and the roles that follow from them. Those for whom nothing changes are left out. */
export function joiningWrites(needs: IdentityNeeds, { users, groups, groupsAfter }: Joining): readonly Operation[] {
  return users.flatMap((user) => {
    const { directory } = user;
    if (directory === undefined) return [];
    const after = groupsAfter(user);
    const own = mappedRoles(needs.roleMap, roleValuesIn(directory.resource));
    const entry = { ...directory, groups: [...after], roles: [...new Set([...rolesOfGroups(groups, after), ...own])] };
    if (JSON.stringify(entry) === JSON.stringify(directory)) return [];
    return [userUpdate(user, fieldsOf(withSources(user, { directory: entry })))];
  });
}

export function usersOf(versions: readonly Version[]): readonly StoredUser[] {
  return versions.map((version) => storedBy(userSchema, version));
}

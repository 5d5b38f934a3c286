import { failed, type JsonObject, notFound, ok, type Result, toIso } from "#kernel";
import type { Operation } from "#record";
import { bodyOf } from "../identity/document-schema.ts";
import type { IdentityNeeds } from "../identity/identity-needs.ts";
import { mappedRoles } from "../identity/role-map.ts";
import type { StoredUser } from "../identity/user.ts";
import { type Asked, changedMeanwhile, isSameTag, triedAgain } from "./asked.ts";
import { type DirectoryGroup, type StoredGroup, storedGroup } from "./directory-group.ts";
import { groupsById, joiningWrites, memberResource, membersOf, readMembers } from "./group-members.ts";
import { askedValue, compileList, type Listed, type ListQuery, pageOf } from "./paging.ts";
import { applyPatch } from "./patch/apply-patch.ts";
import { readResource } from "./patch/read-resource.ts";
import { type Rendered, renderGroup } from "./rendered.ts";
import { scan } from "./scan.ts";
import { groupType } from "./schema/resource-types.ts";
import { shownOf, type Wanted, wantsMembers } from "./shown-attributes.ts";

export async function findGroupResource(asked: Asked, wanted: Wanted): Promise<Result<Rendered>> {
  const group = await heldGroup(asked);
  return group.ok ? rendered(asked, group.value, wantsMembers(wanted)) : group;
}

/** A page of the groups that a filter finds, in the order of their ids. */
export async function listGroupResources(
  { needs, base }: Pick<Asked, "needs" | "base">,
  query: ListQuery,
): Promise<Result<Listed>> {
  const compiled = compileList(groupType, query);
  if (!compiled.ok) return compiled;
  const { filter, holds } = compiled.value;
  const name = askedValue(filter, "displayName");
  const keys = name === undefined ? [] : [`name=${name.toLowerCase()}`];
  const versions = await scan(needs.record, { kind: "DirectoryGroup", keys });
  if (!versions.ok) return versions;
  const groups = versions.value.map(storedGroup);
  const looksAtMembers = filter !== undefined && JSON.stringify(filter).toLowerCase().includes('"members"');
  const withMembers = async (group: StoredGroup) =>
    rendered({ needs, base }, group, looksAtMembers || wantsMembers(query));
  const found: JsonObject[] = [];
  const { start, slice } = pageOf(query);
  // Who is in a group is looked up for those that are shown, unless the filter asks for it.
  const isCheap = (group: StoredGroup) => looksAtMembers || holds(renderGroup(group, undefined, base).resource);
  const candidates = groups.filter(isCheap);
  for (const group of looksAtMembers ? candidates : slice(candidates)) {
    const each = await withMembers(group);
    if (!each.ok) return each;
    if (holds(each.value.resource)) found.push(each.value.resource);
  }
  const shown = looksAtMembers ? slice(found) : found;
  const total = looksAtMembers ? found.length : candidates.length;
  return ok({ total, startIndex: start, resources: shown.map((resource) => shownOf(resource, query)) });
}

export async function createGroup(asked: Omit<Asked, "id">, body: JsonObject): Promise<Result<Rendered>> {
  const read = readResource(groupType, body);
  if (!read.ok) return read;
  const { needs } = asked;
  const now = toIso(needs.clock.now());
  const fresh = groupOf(needs, read.value, { since: now, changed: now });
  const group: StoredGroup = { ...fresh, id: needs.ids.next(), version: 0 };
  return write({ ...asked, id: group.id }, { group, before: [], members: memberIds(read.value) });
}

export async function replaceGroup(asked: Asked, body: JsonObject): Promise<Result<Rendered>> {
  const read = readResource(groupType, body);
  return read.ok ? changed(asked, () => read) : read;
}

export function patchGroup(asked: Asked, body: JsonObject): Promise<Result<Rendered>> {
  return changed(asked, (before) => applyPatch(groupType, before, body));
}

/** Its members lose what it gave them, at once. */
export async function removeGroup(asked: Asked): Promise<Result<undefined>> {
  const group = await heldGroup(asked);
  if (!group.ok) return group;
  const { needs, id, by } = asked;
  const users = await membersOf(needs, id);
  if (!users.ok) return users;
  const groups = await groupsById(needs, users.value.flatMap(groupIdsOf));
  if (!groups.ok) return groups;
  const groupsAfter = (user: StoredUser) => groupIdsOf(user).filter((each) => each !== id);
  const writes = joiningWrites(needs, { users: users.value, groups: groups.value, groupsAfter });
  const removal: Operation = { action: "delete", kind: "DirectoryGroup", id, ifMatch: group.value.version };
  const written = await needs.accountsFor(by).transact({ operations: [...writes, removal] });
  for (const user of users.value) needs.trusted.forgetUser(user.id);
  return written.ok ? ok(undefined) : written;
}

function groupOf(
  needs: IdentityNeeds,
  { displayName, externalId }: JsonObject,
  times: Pick<DirectoryGroup, "since" | "changed">,
): DirectoryGroup {
  const external = typeof externalId === "string" ? externalId : undefined;
  const names = [String(displayName), ...(external === undefined ? [] : [external])];
  return {
    displayName: String(displayName),
    ...(external === undefined ? {} : { externalId: external }),
    roles: mappedRoles(needs.roleMap, names),
    ...times,
  };
}

function memberIds({ members }: JsonObject): readonly string[] {
  if (!Array.isArray(members)) return [];
  return [...new Set(members.map((each: JsonObject) => String(each.value ?? "")))];
}

function groupIdsOf({ directory }: StoredUser): readonly string[] {
  return directory?.groups ?? [];
}

function changed(asked: Asked, change: (before: JsonObject) => Result<JsonObject>): Promise<Result<Rendered>> {
  return triedAgain(asked, () => changedOnce(asked, change));
}

async function changedOnce(asked: Asked, change: (before: JsonObject) => Result<JsonObject>) {
  const held = await heldGroup(asked);
  if (!held.ok) return held;
  const { needs, id } = asked;
  const before = await membersOf(needs, id);
  if (!before.ok) return before;
  const { displayName, externalId, since } = held.value;
  const members = before.value.map((user) => ({ value: user.id }));
  const after = change({ displayName, ...(externalId === undefined ? {} : { externalId }), members });
  if (!after.ok) return after;
  const fields = groupOf(needs, after.value, { since, changed: toIso(needs.clock.now()) });
  const group = { ...fields, id, version: held.value.version };
  return write(asked, { group, before: before.value, members: memberIds(after.value) });
}

interface GroupWrite {
  readonly group: StoredGroup;
  readonly before: readonly StoredUser[];
  /** Ids of those who are in it from now on. */
  readonly members: readonly string[];
}

/** The group and everybody whom it concerns, in one commit: nobody holds a role of a group that they are not in. */
async function write({ needs, by, base }: Asked, { group, before, members }: GroupWrite): Promise<Result<Rendered>> {
  const { id, version, ...body } = group;
  const were = new Set(before.map((user) => user.id));
  const joining = await readMembers(
    needs,
    members.filter((each) => !were.has(each)),
  );
  if (!joining.ok) return joining;
  const users = [...before, ...joining.value];
  const others = await groupsById(needs, users.flatMap(groupIdsOf));
  if (!others.ok) return others;
  const groups = new Map([...others.value, [id, group]]);
  const wanted = new Set(members);
  const groupsAfter = (user: StoredUser) => {
    const had = groupIdsOf(user);
    if (wanted.has(user.id)) return had.includes(id) ? had : [...had, id];
    return had.filter((each) => each !== id);
  };
  const own: Operation =
    version === 0
      ? { action: "create", kind: "DirectoryGroup", id, body: bodyOf(body) }
      : { action: "update", kind: "DirectoryGroup", id, ifMatch: version, body: bodyOf(body) };
  const operations = [own, ...joiningWrites(needs, { users, groups, groupsAfter })];
  const written = await needs.accountsFor(by).transact({ operations });
  for (const user of users) needs.trusted.forgetUser(user.id);
  if (!written.ok) return written;
  const stored = written.value[0] === undefined ? group : storedGroup(written.value[0].version);
  return rendered({ needs, base }, stored, true);
}

async function heldGroup({ needs, id, ifMatch, base }: Asked): Promise<Result<StoredGroup>> {
  const found = await groupsById(needs, [id]);
  if (!found.ok) return found;
  const group = found.value.get(id);
  if (group === undefined) return failed(noGroup);
  if (ifMatch === undefined || ifMatch === "*") return ok(group);
  return isSameTag(ifMatch, renderGroup(group, undefined, base).etag) ? ok(group) : failed(changedMeanwhile);
}

const noGroup = notFound("not-found", "There is no such group.");

async function rendered(
  { needs, base }: Pick<Asked, "needs" | "base">,
  group: StoredGroup,
  hasMembers: boolean,
): Promise<Result<Rendered>> {
  if (!hasMembers) return ok(renderGroup(group, undefined, base));
  const members = await membersOf(needs, group.id);
  if (!members.ok) return members;
  return ok(
    renderGroup(
      group,
      members.value.map((each) => memberResource(each, base)),
      base,
    ),
  );
}

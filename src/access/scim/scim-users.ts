import { failed, type JsonObject, notFound, ok, type Problem, type Result, toIso } from "#kernel";
import type { Version } from "#record";
import type { Actor } from "../actor.ts";
import { userUpdate } from "../identity/accounts.ts";
import { storedBy } from "../identity/document-schema.ts";
import type { IdentityNeeds } from "../identity/identity-needs.ts";
import { givenRolesOf, withSources } from "../identity/role-sources.ts";
import { type StoredUser, usernameOf, userSchema } from "../identity/user.ts";
import { type Asked, changedMeanwhile, isSameTag, triedAgain } from "./asked.ts";
import { type DirectoryUser, directoryUser, resourceOf } from "./directory-user.ts";
import { groupsById, rolesOfGroups } from "./group-members.ts";
import { askedValue, compileList, type Listed, type ListQuery, pageOf } from "./paging.ts";
import { applyPatch } from "./patch/apply-patch.ts";
import { readResource } from "./patch/read-resource.ts";
import { type Rendered, renderUser } from "./rendered.ts";
import { scan } from "./scan.ts";
import { userType } from "./schema/resource-types.ts";
import { shownOf } from "./shown-attributes.ts";
import { endEntry, fieldsOf, taken, writeUser } from "./write-user.ts";

export async function findUserResource(asked: Asked): Promise<Result<Rendered>> {
  const held = await heldUser(asked);
  return held.ok ? rendered(asked, held.value) : held;
}

/** A page of the users that a filter finds, in the order of their ids. */
export async function listUserResources(
  { needs, base }: Pick<Asked, "needs" | "base">,
  query: ListQuery,
): Promise<Result<Listed>> {
  const compiled = compileList(userType, query);
  if (!compiled.ok) return compiled;
  const { filter, holds } = compiled.value;
  const username = askedValue(filter, "userName");
  const externalId = askedValue(filter, "externalId");
  const key =
    username === undefined
      ? externalId === undefined
        ? "source=directory"
        : `externalId=${externalId}`
      : `username=${usernameOf(username)}`;
  const versions = await scan(needs.record, { kind: "User", keys: [key] });
  if (!versions.ok) return versions;
  const users = versions.value.flatMap((version) => directoryUser(version) ?? []);
  const groups = await groupsById(
    needs,
    users.flatMap(({ entry }) => entry.groups),
  );
  if (!groups.ok) return groups;
  const found = users.map((held) => renderUser(held, groups.value, base).resource).filter(holds);
  const { start, slice } = pageOf(query);
  return ok({
    total: found.length,
    startIndex: start,
    resources: slice(found).map((resource) => shownOf(resource, query)),
  });
}

/**
 * A joiner; or somebody who comes back, to the account they had; or an account that an administrator left to the directory.
 * Problems: `uniqueness`, `invalidValue`; unavailable.
 */
export async function createUser(asked: Omit<Asked, "id">, body: JsonObject): Promise<Result<Rendered>> {
  const read = readResource(userType, body);
  if (!read.ok) return read;
  const { needs, by } = asked;
  const resource = { active: true, ...read.value };
  const before = await accountBefore(asked, resource);
  if (!before.ok) return before;
  const user = before.value === undefined ? {} : { user: before.value };
  const written = await writeUser(needs, { resource, groupRoles: [], ...user }, by);
  return written.ok ? rendered(asked, written.value) : written;
}

export async function replaceUser(asked: Asked, body: JsonObject): Promise<Result<Rendered>> {
  const read = readResource(userType, body);
  return read.ok ? changed(asked, () => read) : read;
}

export function patchUser(asked: Asked, body: JsonObject): Promise<Result<Rendered>> {
  return changed(asked, (before) => applyPatch(userType, before, body));
}

/**
 * A leaver: the account is closed, and the directory no longer sees it. Its history stays, its password and all its roles are
 * gone. Problems: not-found, conflict, unavailable.
 */
export async function removeUser(asked: Asked): Promise<Result<undefined>> {
  const held = await heldUser(asked);
  if (!held.ok) return held;
  const { needs, by } = asked;
  const { user, entry } = held.value;
  const now = toIso(needs.clock.now());
  const directory = { ...entry, groups: [], roles: [], removed: now };
  const written = await needs.accountsFor(by).transact({
    operations: [
      userUpdate(user, {
        ...fieldsOf(withSources(user, { directory, givenRoles: [], outside: undefined })),
        // Who comes back by the hospital's sign-in is the same person there.
        outside: user.outside && { ...user.outside, roles: [] },
        active: false,
        sessionsFrom: now,
        passwordHash: undefined,
        oneTimeLink: undefined,
      }),
    ],
    audit: [endEntry(needs, user, by)],
  });
  needs.trusted.forgetUser(user.id);
  return written.ok ? ok(undefined) : written;
}

function changed(asked: Asked, change: (before: JsonObject) => Result<JsonObject>): Promise<Result<Rendered>> {
  return triedAgain(asked, () => changedOnce(asked, change));
}

async function changedOnce(asked: Asked, change: (before: JsonObject) => Result<JsonObject>) {
  const held = await heldUser(asked);
  if (!held.ok) return held;
  const { user, entry } = held.value;
  const after = change(resourceOf(held.value));
  if (!after.ok) return after;
  const groups = await groupsById(asked.needs, entry.groups);
  if (!groups.ok) return groups;
  const groupRoles = rolesOfGroups(groups.value, entry.groups);
  const written = await writeUser(asked.needs, { resource: after.value, user, groupRoles }, asked.by);
  return written.ok ? rendered(asked, written.value) : written;
}

async function heldUser(asked: Asked): Promise<Result<DirectoryUser>> {
  const { needs, id, ifMatch } = asked;
  const found = await needs.record.readMany([{ kind: "User", id }]);
  if (!found.ok) return found;
  const held = found.value.flatMap((version) => directoryUser(version) ?? [])[0];
  if (held === undefined) return failed(noUser);
  if (ifMatch === undefined || ifMatch === "*") return ok(held);
  const now = await rendered(asked, held);
  if (!now.ok) return now;
  return isSameTag(ifMatch, now.value.etag) ? ok(held) : failed(changedMeanwhile);
}

const noUser = notFound("not-found", "There is no such user.");
async function rendered(
  { needs, base }: Pick<Asked, "needs" | "base">,
  held: DirectoryUser,
): Promise<Result<Rendered>> {
  const groups = await groupsById(needs, held.entry.groups);
  return groups.ok ? ok(renderUser(held, groups.value, base)) : groups;
}

/** The account that a joiner had before, or that was left to the directory. Undefined for somebody new. */
async function accountBefore(
  { needs, by }: Omit<Asked, "id">,
  resource: JsonObject,
): Promise<Result<StoredUser | undefined>> {
  const { externalId } = resource;
  const username = usernameOf(String(resource.userName));
  const keys = [`username=${username}`, ...(typeof externalId === "string" ? [`externalId=${externalId}`] : [])];
  const found = await scan(needs.record, { kind: "User", keys });
  if (!found.ok) return found;
  const accounts = found.value.map((version: Version) => storedBy(userSchema, version));
  const known = accounts.find((each) => isPast(each) && each.directory?.resource.externalId === externalId);
  const named = accounts.find((each) => each.username === username);
  if (named === undefined || named.id === known?.id) return ok(known);
  if (isPast(named)) return setAside(needs, { named, known: known }, by);
  if (named.directory === undefined && named.directoryMayTake) return ok(named);
  return failed(named.directory === undefined ? notTaken : taken);
}

function isPast({ directory }: StoredUser): boolean {
  return directory?.removed !== undefined;
}

/** A name of somebody who left is given to another person: what the first one did stays theirs, under another name. */
async function setAside(
  needs: IdentityNeeds,
  { named, known }: { readonly named: StoredUser; readonly known: StoredUser | undefined },
  by: Actor,
): Promise<Result<StoredUser | undefined>> {
  const username = `${named.username}#${named.id}`.slice(0, 128);
  const written = await needs.accountsFor(by).transact({
    operations: [userUpdate(named, { username, roles: [...givenRolesOf(named)] })],
  });
  return written.ok ? ok(known) : written;
}

const notTaken: Problem = {
  ...taken,
  message:
    "An account of Corridor's own has this user name. A system administrator can leave it to the directory, under Users.",
};

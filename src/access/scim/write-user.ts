import { conflict, failed, type JsonObject, ok, type Result, toIso } from "#kernel";
import type { Operation } from "#record";
import type { Actor } from "../actor.ts";
import { identityEntry, type UserChange, userUpdate } from "../identity/accounts.ts";
import type { Caring } from "../identity/caring.ts";
import { bodyOf } from "../identity/document-schema.ts";
import type { IdentityNeeds } from "../identity/identity-needs.ts";
import { mappedRoles } from "../identity/role-map.ts";
import { type DirectoryEntry, withSources } from "../identity/role-sources.ts";
import { type StoredUser, type User, usernameOf } from "../identity/user.ts";
import { usernamePattern } from "../identity/users.ts";
import { caringIn } from "./caring-in.ts";
import { type DirectoryUser, directoryUser, displayIn, roleValuesIn } from "./directory-user.ts";
import { scimProblem } from "./scim-problem.ts";

/** What the directory says of a person from now on. */
export interface UserWrite {
  readonly resource: JsonObject;
  /** The account as it was read; absent for a new one. */
  readonly user?: StoredUser;
  /** Roles that their groups give, where they are in some. */
  readonly groupRoles: readonly string[];
}

/**
 * Makes or changes an account as the directory has it. One that is no longer active has no sessions from that moment, here at
 * once and in other processes within `limits.sessionTrustMs`. Problems: `invalidValue`, `uniqueness`; conflict, unavailable.
 */
export async function writeUser(needs: IdentityNeeds, write: UserWrite, by: Actor): Promise<Result<DirectoryUser>> {
  const { resource, user } = write;
  const username = usernameOf(String(resource.userName));
  if (!usernamePattern.test(username)) return failed(wrongName);
  const caring = caringIn(resource, user);
  if (!caring.ok) return caring;
  // The commit fails when somebody takes the name meanwhile.
  const holders = await needs.record.look({ keys: [], carriers: { kind: "User", keys: [`username=${username}`] } });
  if (!holders.ok) return holders;
  const { carriers, seen } = holders.value;
  if (carriers.some(({ id }) => id !== user?.id)) return failed(taken);
  const written = await needs.accountsFor(by).transact({
    operations: [operationFor(needs, { ...write, username, caring: caring.value })],
    seen,
    audit: user !== undefined && isClosing(user, resource) ? [endEntry(needs, user, by)] : [],
  });
  if (user !== undefined) needs.trusted.forgetUser(user.id);
  if (!written.ok) return written.problems[0].code === "already-exists" ? failed(taken) : written;
  const [outcome] = written.value;
  const after = outcome && directoryUser(outcome.version);
  return after === undefined ? failed(conflict("version-conflict", "The account was changed meanwhile.")) : ok(after);
}

const wrongName = scimProblem(
  "invalidValue",
  "A user name has 2 to 128 letters, digits, dots, hyphens, underscores or @, and begins with a letter or digit.",
  "userName",
);
export const taken = scimProblem("uniqueness", "Somebody has this user name already.", "userName");

interface Writing extends UserWrite {
  readonly username: string;
  /** As it is from now on; undefined: as it was. */
  readonly caring: Caring | undefined;
}

function operationFor(needs: IdentityNeeds, write: Writing): Operation {
  const { user, username } = write;
  if (user !== undefined) return userUpdate(user, changeOf(needs, { ...write, user }));
  const fresh: User = {
    username,
    display: displayIn(write.resource),
    active: write.resource.active !== false,
    failedAttempts: 0,
    sessionsFrom: toIso(needs.clock.now()),
    ...caringOf(write),
    ...fieldsOf(withSources({ roles: [], givenRoles: [] }, { directory: entryOf(needs, write) })),
  };
  const ifNoneExist = { keys: [`username=${username}`], onMatch: "fail" } as const;
  return { action: "create", kind: "User", id: needs.ids.next(), body: bodyOf(fresh), ifNoneExist };
}

type Changing = Writing & { readonly user: StoredUser };

function changeOf(needs: IdentityNeeds, write: Changing): UserChange {
  const { user, resource, username } = write;
  const now = toIso(needs.clock.now());
  return {
    username,
    display: displayIn(resource),
    directoryMayTake: undefined,
    ...caringOf(write),
    ...fieldsOf(withSources(user, { directory: entryOf(needs, write) })),
    ...(resource.active === undefined ? {} : { active: resource.active === true }),
    ...(isClosing(user, resource) ? { sessionsFrom: now, oneTimeLink: undefined } : {}),
  };
}

/** For documents, whose lists are not read-only. */
function caringOf({ caring }: Writing): { readonly caring?: NonNullable<User["caring"]> } {
  return caring === undefined ? {} : { caring: caring as NonNullable<User["caring"]> };
}

function isClosing(user: User, resource: JsonObject): boolean {
  return user.active && resource.active === false;
}

/** A resource that comes back is as new: the groups it was in are not given back with it. */
function entryOf(needs: IdentityNeeds, { resource, user, groupRoles }: UserWrite): DirectoryEntry {
  const before = user?.directory?.removed === undefined ? user?.directory : undefined;
  const { active: _, ...kept } = resource;
  return {
    resource: kept as DirectoryEntry["resource"],
    groups: before?.groups ?? [],
    roles: [...new Set([...groupRoles, ...mappedRoles(needs.roleMap, roleValuesIn(resource))])],
    since: before?.since ?? toIso(needs.clock.now()),
  };
}

/** For documents, whose lists are not read-only. */
export function fieldsOf({ roles, givenRoles, directory }: ReturnType<typeof withSources>) {
  return { roles, givenRoles, ...(directory === undefined ? {} : { directory }) };
}

export function endEntry(needs: IdentityNeeds, user: StoredUser, by: Actor) {
  return identityEntry(needs, {
    act: "session-end",
    actor: by,
    entities: [`User/${user.id}`],
    query: "closed by the directory",
  });
}

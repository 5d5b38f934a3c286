import { failed, forbidden, ok, type Result, toIso } from "#kernel";
import { actingUser, readUser, userUpdate } from "../identity/accounts.ts";
import { bodyOf, storedBy } from "../identity/document-schema.ts";
import type { IdentityNeeds } from "../identity/identity-needs.ts";
import { mappedRoles } from "../identity/role-map.ts";
import { type OutsideAccount, withSources } from "../identity/role-sources.ts";
import { outsideKey, type StoredUser, type User, usernameOf, userSchema } from "../identity/user.ts";
import { usernamePattern } from "../identity/users.ts";
import { type Claims, isOverfull, roleValues, textClaim } from "./claims.ts";
import type { OutsideSettings } from "./directory-settings.ts";

/** Somebody whom the provider knows, at Corridor's door. */
export interface Arrival {
  readonly claims: Claims;
  readonly settings: OutsideSettings;
  /** Whoever links their account, who is signed in. */
  readonly userId?: string | undefined;
  readonly remoteAddress?: string | undefined;
}

/**
 * The account of whom the provider knows, with the roles that the claims give from now on. It is found by issuer and subject;
 * else by the id that both the provider and the directory know the person by; else it is the one of who links theirs; else it
 * is made, where the settings say so. Never by a name or an address of mail: those are given to another one day.
 * Problems: forbidden `outside-unknown`, `outside-name-taken`, `outside-linked`, `outside-groups-missing`; conflict,
 * unavailable.
 */
export async function accountFor(needs: IdentityNeeds, arrival: Arrival): Promise<Result<StoredUser>> {
  const { claims, settings, userId } = arrival;
  if (isOverfull(claims, settings)) return failed(tooManyGroups);
  const linked = await userBy(needs, outsideKey(subjectOf(claims)));
  if (!linked.ok) return linked;
  if (linked.value !== undefined) {
    const isOther = userId !== undefined && linked.value.id !== userId;
    return isOther ? failed(linkedElsewhere) : refreshed(needs, linked.value, arrival);
  }
  const known = await (userId === undefined ? knownToDirectory(needs, arrival) : readUser(needs.record, userId));
  if (!known.ok) return known;
  if (known.value !== undefined) return refreshed(needs, known.value, arrival);
  return settings.addsAccounts ? added(needs, arrival) : failed(unknown);
}

function subjectOf({ iss, sub }: Claims) {
  return { issuer: iss, subject: sub };
}

async function userBy({ record }: IdentityNeeds, key: string): Promise<Result<StoredUser | undefined>> {
  const found = await record.search({
    kind: "User",
    all: [{ is: "key", any: [key] }],
    sort: { by: "updated", descending: true },
    limit: 2,
  });
  if (!found.ok) return found;
  const [first, second] = found.value.versions;
  // What two accounts carry names neither of them.
  return ok(first === undefined || second !== undefined ? undefined : storedBy(userSchema, first));
}

async function knownToDirectory(needs: IdentityNeeds, { claims, settings }: Arrival) {
  const { directoryIdClaim } = settings;
  const id = directoryIdClaim === undefined ? undefined : textClaim(claims, directoryIdClaim);
  if (id === undefined) return ok(undefined);
  const found = await userBy(needs, `externalId=${id}`);
  if (!found.ok || found.value === undefined) return found;
  const { directory, outside } = found.value;
  const isFree = directory !== undefined && directory.removed === undefined && outside === undefined;
  return ok(isFree ? found.value : undefined);
}

function outsideOf(needs: IdentityNeeds, { claims, settings }: Arrival, before?: OutsideAccount): OutsideAccount {
  const roles = mappedRoles(needs.roleMap, roleValues(claims, settings));
  return { ...subjectOf(claims), roles, since: before?.since ?? toIso(needs.clock.now()) };
}

/** Roles whose claim is gone are gone with it, in open sessions too. */
async function refreshed(needs: IdentityNeeds, user: StoredUser, arrival: Arrival): Promise<Result<StoredUser>> {
  if (!user.active) return ok(user);
  const outside = outsideOf(needs, arrival, user.outside);
  if (JSON.stringify(outside) === JSON.stringify(user.outside)) return ok(user);
  const { roles, givenRoles } = withSources(user, { outside });
  const written = await needs.accountsFor(actingUser(user, arrival.remoteAddress)).transact({
    operations: [userUpdate(user, { roles, givenRoles, outside: { ...outside, roles: [...outside.roles] } })],
  });
  needs.trusted.forgetUser(user.id);
  if (!written.ok) return written;
  const [outcome] = written.value;
  return ok(outcome === undefined ? user : storedBy(userSchema, outcome.version));
}

async function added(needs: IdentityNeeds, arrival: Arrival): Promise<Result<StoredUser>> {
  const { claims, settings, remoteAddress } = arrival;
  const username = usernameOf(textClaim(claims, settings.usernameClaim) ?? "");
  if (!usernamePattern.test(username)) return failed(noName);
  const outside = outsideOf(needs, arrival);
  const { roles, givenRoles } = withSources({ roles: [], givenRoles: [] }, { outside });
  const user: User = {
    username,
    display: (textClaim(claims, settings.displayClaim) ?? username).slice(0, 200),
    roles,
    givenRoles,
    outside,
    active: true,
    failedAttempts: 0,
    sessionsFrom: toIso(needs.clock.now()),
  };
  const id = needs.ids.next();
  const ifNoneExist = { keys: [`username=${username}`], onMatch: "fail" } as const;
  const stored = { ...user, id, version: 1 };
  const written = await needs.accountsFor(actingUser(stored, remoteAddress)).transact({
    operations: [{ action: "create", kind: "User", id, body: bodyOf(user), ifNoneExist }],
  });
  if (written.ok) return ok(stored);
  return written.problems[0].code === "already-exists" ? failed(nameTaken) : written;
}

const unknown = forbidden(
  "outside-unknown",
  "The hospital's sign-in knows you, and Corridor has no account linked to you. Sign in with your password and link it under My account, or ask a system administrator.",
);
const nameTaken = forbidden(
  "outside-name-taken",
  "An account here has your user name and is not linked to you. Sign in with its password and link it under My account, or ask a system administrator.",
);
const noName = forbidden(
  "outside-no-name",
  "The hospital's sign-in gives no user name that can be used here. Ask a system administrator.",
);
const linkedElsewhere = forbidden("outside-linked", "This account of the hospital is linked to another person here.");
const tooManyGroups = forbidden(
  "outside-groups-missing",
  "You are in more groups than the hospital's sign-in tells. Ask a system administrator to let it tell those of Corridor alone.",
);

import { conflict, failed, forbidden, incorrect, notFound, ok, type Problem, type Result, toIso } from "#kernel";
import type { Actor } from "../actor.ts";
import { noticeOf } from "../notices/account-notice.ts";
import { isRoleName } from "../roles/index.ts";
import { identityEntry, readUser, type UserChange, userUpdate } from "./accounts.ts";
import type { Caring } from "./caring.ts";
import { bodyOf, storedBy } from "./document-schema.ts";
import type { IdentityNeeds } from "./identity-needs.ts";
import { newLink } from "./one-time-link.ts";
import { passwordProblems } from "./password.ts";
import { withSources } from "./role-sources.ts";
import { type StoredUser, type User, usernameOf, userSchema } from "./user.ts";

export interface UserOrder {
  readonly username: string;
  readonly display: string;
  readonly roles: readonly string[];
  readonly caring?: Caring | undefined;
  /** Left out, as it should be: a one-time link lets the owner set one that nobody else knows. */
  readonly password?: string;
}

export interface AddedUser {
  readonly user: StoredUser;
  /** Where the owner sets a password (see `NewLink.path`); absent when one was given. */
  readonly linkPath?: string;
}

/** Problems: incorrect (a name or role that cannot be); conflict `username-taken`; unavailable. */
export async function addUser(needs: IdentityNeeds, order: UserOrder, by: Actor): Promise<Result<AddedUser>> {
  const username = usernameOf(order.username);
  const [first, ...rest] = orderProblems(order, username);
  if (first !== undefined) return failed(first, ...rest);
  const id = needs.ids.next();
  const link = order.password === undefined ? newLink(id, needs.clock) : undefined;
  const user: User = {
    username,
    display: order.display.trim(),
    roles: [...order.roles],
    ...(order.caring === undefined ? {} : { caring: order.caring }),
    active: true,
    failedAttempts: 0,
    sessionsFrom: toIso(needs.clock.now()),
    ...(order.password === undefined ? {} : { passwordHash: await needs.passwords.hash(order.password) }),
    ...(link === undefined ? {} : { oneTimeLink: link.oneTimeLink }),
  };
  const ifNoneExist = { keys: [`username=${username}`], onMatch: "fail" } as const;
  const written = await needs.accountsFor(by).transact({
    operations: [{ action: "create", kind: "User", id, body: bodyOf(user), ifNoneExist }],
    audit: link === undefined ? [] : [linkEntry(needs, id, by)],
  });
  if (!written.ok) return written.problems[0].code === "already-exists" ? failed(taken) : written;
  return ok({ user: { ...user, id, version: 1 }, ...(link === undefined ? {} : { linkPath: link.path }) });
}

const taken = conflict("username-taken", "Somebody has this user name already.", { where: "username" });

/** Directories have O'Brien, and guests with a number sign. */
export const usernamePattern = /^[a-z0-9][a-z0-9._@'+#-]{1,127}$/;

function orderProblems(order: UserOrder, username: string): readonly Problem[] {
  const nameMessage =
    "A user name has 2 to 128 letters, digits, dots, hyphens, underscores or @, and begins with a letter or digit.";
  return [
    ...(usernamePattern.test(username) ? [] : [incorrect("username-invalid", nameMessage, { where: "username" })]),
    ...rolesProblems(order.roles),
    ...(order.password === undefined ? [] : passwordProblems(order.password, username)),
  ];
}

function rolesProblems(roles: readonly string[]): readonly Problem[] {
  const unknown = roles.filter((role) => !isRoleName(role));
  return unknown.map((role) => incorrect("role-unknown", `There is no role ${role}.`, { where: "roles" }));
}

function linkEntry(needs: IdentityNeeds, id: string, actor: Actor) {
  return identityEntry(needs, { act: "link-issue", actor, entities: [`User/${id}`] });
}

export interface UserOrderChange {
  readonly display?: string | undefined;
  readonly roles?: readonly string[] | undefined;
  readonly caring?: Caring | undefined;
  readonly active?: boolean | undefined;
  /** Opens a lock before its time. */
  readonly unlock?: true | undefined;
  /** Lets the hospital's directory take over the account, or no longer. */
  readonly directoryMayTake?: boolean | undefined;
  /** Makes a one-time link to set a password. The old password works until then. */
  readonly newLink?: true | undefined;
}

/**
 * Problems: not-found; incorrect `role-unknown`; forbidden `own-administration`, so that a hospital cannot lock itself out;
 * conflict, when somebody else changed the account at the same time; unavailable.
 */
export async function changeUser(
  needs: IdentityNeeds,
  { id, ...change }: UserOrderChange & { readonly id: string },
  by: Actor,
): Promise<Result<AddedUser>> {
  const accounts = needs.accountsFor(by);
  const read = await readUser(accounts, id);
  if (!read.ok) return read;
  const user = read.value;
  if (user === undefined) return failed(notFound("not-found", "There is no such user."));
  const [first, ...rest] = changeProblems(user, change, by);
  if (first !== undefined) return failed(first, ...rest);
  const link = change.newLink ? newLink(id, needs.clock) : undefined;
  const fields = fieldsOf(needs, { ...change, user }, link?.oneTimeLink);
  const written = await accounts.transact({
    operations: [
      userUpdate(user, fields),
      ...(link === undefined ? [] : [noticeOf(needs, { userId: id, what: "password-link", byAnother: true })]),
    ],
    audit: link === undefined ? [] : [linkEntry(needs, id, by)],
  });
  needs.trusted.forgetUser(id);
  if (!written.ok) return written;
  const [outcome] = written.value;
  const changed = outcome === undefined ? user : storedBy(userSchema, outcome.version);
  return ok({ user: changed, ...(link === undefined ? {} : { linkPath: link.path }) });
}

function changeProblems(user: StoredUser, { roles, active }: UserOrderChange, by: Actor): readonly Problem[] {
  const isOwn = by.reference === `User/${user.id}`;
  const after = withSources(user, { givenRoles: roles ?? user.givenRoles }).roles;
  const loses = active === false || (roles !== undefined && !after.includes("system-administrator"));
  const message = "You cannot take away your own administration. Ask another system administrator.";
  return [...(isOwn && loses ? [forbidden("own-administration", message)] : []), ...rolesProblems(roles ?? [])];
}

interface ChangeOf extends UserOrderChange {
  readonly user: User;
}

function fieldsOf(needs: IdentityNeeds, change: ChangeOf, oneTimeLink: User["oneTimeLink"]): UserChange {
  const { user, display, roles, caring, active, unlock, directoryMayTake } = change;
  return {
    ...(display === undefined ? {} : { display: display.trim() }),
    ...(roles === undefined ? {} : rolesOf(user, roles)),
    ...(caring === undefined ? {} : { caring }),
    ...(directoryMayTake === undefined ? {} : { directoryMayTake: directoryMayTake || undefined }),
    ...(active === undefined ? {} : { active }),
    ...(active === false ? { sessionsFrom: toIso(needs.clock.now()), oneTimeLink: undefined } : {}),
    ...(unlock ? { failedAttempts: 0, lockedUntil: undefined } : {}),
    ...(oneTimeLink === undefined ? {} : { oneTimeLink }),
  };
}

function rolesOf(user: User, givenRoles: readonly string[]): UserChange {
  const { roles, givenRoles: given } = withSources(user, { givenRoles });
  return { roles, givenRoles: given };
}

import { failed, notFound, ok, type Result } from "#kernel";
import type { Actor } from "../actor.ts";
import { findUser } from "./accounts.ts";
import type { IdentityNeeds } from "./identity-needs.ts";
import { usernameOf } from "./user.ts";
import { type AddedUser, addUser, changeUser, type UserOrderChange } from "./users.ts";

const firstUsername = "admin";

/**
 * Makes the first account of an empty hospital, a system administrator, and gives the link to set its password; gives a
 * new link as long as nobody has used one. Undefined where there are accounts already. Problems: unavailable.
 */
export async function firstAdministrator(needs: IdentityNeeds, by: Actor): Promise<Result<AddedUser | undefined>> {
  const count = await needs.record.count({
    kind: "User",
    all: [],
    sort: { by: "updated", descending: true },
    limit: 1,
  });
  if (!count.ok) return count;
  if (count.value === 0) return addFirst(needs, by);
  if (count.value > 1) return ok(undefined);
  const only = await findUser(needs.record, firstUsername);
  if (!only.ok || only.value === undefined || only.value.passwordHash !== undefined)
    return only.ok ? ok(undefined) : only;
  return changeUser(needs, { id: only.value.id, newLink: true }, by);
}

/** Of two processes that start on one empty database, one makes it. */
async function addFirst(needs: IdentityNeeds, by: Actor): Promise<Result<AddedUser | undefined>> {
  const order = { username: firstUsername, display: "Administrator", roles: ["system-administrator"] };
  const added = await addUser(needs, order, by);
  return !added.ok && added.problems[0].code === "username-taken" ? ok(undefined) : added;
}

/** A one-time link for someone who lost their password, and the lock opened. Problems: not-found; conflict, unavailable. */
export function resetUser(needs: IdentityNeeds, username: string, by: Actor): Promise<Result<AddedUser>> {
  return changeNamedUser(needs, { username, newLink: true, unlock: true }, by);
}

/** The same as `changeUser`, of the account with a user name. Problems: not-found, and those of `changeUser`. */
export async function changeNamedUser(
  needs: IdentityNeeds,
  { username, ...change }: UserOrderChange & { readonly username: string },
  by: Actor,
): Promise<Result<AddedUser>> {
  const found = await findUser(needs.accountsFor(by), usernameOf(username));
  if (!found.ok) return found;
  if (found.value === undefined) return failed(notFound("not-found", `There is no user ${username}.`));
  return changeUser(needs, { id: found.value.id, ...change }, by);
}

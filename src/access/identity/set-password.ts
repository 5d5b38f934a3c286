import { failed, forbidden, notFound, ok, type Result, toIso } from "#kernel";
import { actingUser, identityEntry, readUser, userUpdate } from "./accounts.ts";
import type { IdentityNeeds } from "./identity-needs.ts";
import { readLink } from "./one-time-link.ts";
import { passwordProblems } from "./password.ts";
import { newSecret, opens, secretHash } from "./secret.ts";
import { checkPassword, type SignedIn, sessionCreate } from "./sign-in.ts";
import type { StoredUser } from "./user.ts";

export interface LinkedPassword {
  /** The secret part of a one-time link. */
  readonly link: string;
  readonly newPassword: string;
  readonly remoteAddress?: string;
}

/**
 * Sets a password by a one-time link, opens the account's lock, and signs its owner in. The link is used up.
 * Problems: forbidden `link-invalid`; incorrect, see `passwordProblems`; conflict, unavailable.
 */
export async function setPasswordByLink(needs: IdentityNeeds, request: LinkedPassword): Promise<Result<SignedIn>> {
  const parts = readLink(request.link);
  const user = parts === undefined ? ok(undefined) : await readUser(needs.record, parts.userId);
  if (!user.ok) return user;
  const linked = user.value?.oneTimeLink;
  const valid =
    parts !== undefined &&
    linked !== undefined &&
    opens(parts.secret, linked.hash) &&
    needs.clock.now() < Date.parse(linked.expires);
  if (!valid || user.value === undefined || !user.value.active) return failed(linkInvalid);
  return setPassword(needs, user.value, request);
}

const linkInvalid = forbidden(
  "link-invalid",
  "This link was used already, is too old, or is not complete. Ask a system administrator for another.",
);

export interface ChangedPassword {
  /** Whose session asks. */
  readonly userId: string;
  readonly oldPassword: string;
  readonly newPassword: string;
  readonly remoteAddress?: string;
}

/**
 * Sets a password for who knows the old one. All the owner's sessions end, and a new one begins. A wrong old password
 * counts towards the lock, so that an open screen does not let anybody guess. Problems: as `signIn` and `setPasswordByLink`.
 */
export async function changePassword(needs: IdentityNeeds, request: ChangedPassword): Promise<Result<SignedIn>> {
  const owner = await readUser(needs.record, request.userId);
  if (!owner.ok) return owner;
  if (owner.value === undefined) return failed(notFound("not-found", "There is no such user."));
  const { username } = owner.value;
  return needs.turns.take(username, async () => {
    const user = await checkPassword(needs, { ...request, username, password: request.oldPassword });
    return user.ok ? setPassword(needs, user.value, request) : user;
  });
}

type NewPassword = Pick<LinkedPassword, "newPassword" | "remoteAddress">;

async function setPassword(
  needs: IdentityNeeds,
  user: StoredUser,
  { newPassword, remoteAddress }: NewPassword,
): Promise<Result<SignedIn>> {
  const [first, ...rest] = passwordProblems(newPassword, user.username);
  if (first !== undefined) return failed(first, ...rest);
  const token = newSecret();
  const change = {
    passwordHash: await needs.passwords.hash(newPassword),
    failedAttempts: 0,
    lockedUntil: undefined,
    oneTimeLink: undefined,
    sessionsFrom: toIso(needs.clock.now()),
  };
  const actor = actingUser(user, remoteAddress);
  const written = await needs.record.transact({
    operations: [userUpdate(user, change), sessionCreate(needs, user, token)],
    audit: [
      identityEntry(needs, { act: "password-change", actor, entities: [`User/${user.id}`] }),
      identityEntry(needs, { act: "sign-in", actor, entities: [`Session/${secretHash(token)}`] }),
    ],
  });
  needs.trusted.forgetUser(user.id);
  return written.ok ? ok({ token, user }) : written;
}

import { failed, forbidden, notFound, ok, type Result, toIso } from "#kernel";
import { noticeOf } from "../notices/account-notice.ts";
import { askForSecondFactor, type SecondStep } from "../second-factor/ask-for-second-factor.ts";
import { hasSecondFactor, readSecondFactors } from "../second-factor/second-factors.ts";
import { actingUser, identityEntry, readUser, userUpdate } from "./accounts.ts";
import { type SignedIn, sessionCreate, type Whereabouts } from "./begin-session.ts";
import type { IdentityNeeds } from "./identity-needs.ts";
import { readLink } from "./one-time-link.ts";
import { passwordProblems } from "./password.ts";
import { newSecret, secretHash, opens as unlocks } from "./secret.ts";
import type { SignInMethod } from "./session.ts";
import { checkPassword } from "./sign-in.ts";
import type { StoredUser } from "./user.ts";

export interface LinkedPassword extends Whereabouts {
  /** The secret part of a one-time link. */
  readonly link: string;
  readonly newPassword: string;
}

/**
 * Sets a password by a one-time link, opens the account's lock, and signs its owner in, where there is a second factor
 * after asking for that: the link alone opens no account that has one. The link is used up.
 * Problems: forbidden `link-invalid`; incorrect, see `passwordProblems`; conflict, unavailable.
 */
export async function setPasswordByLink(
  needs: IdentityNeeds,
  request: LinkedPassword,
): Promise<Result<SignedIn | SecondStep>> {
  const parts = readLink(request.link);
  const user = parts === undefined ? ok(undefined) : await readUser(needs.record, parts.userId);
  if (!user.ok) return user;
  const linked = user.value?.oneTimeLink;
  const valid =
    parts !== undefined &&
    linked !== undefined &&
    unlocks(parts.secret, linked.hash) &&
    needs.clock.now() < Date.parse(linked.expires);
  if (!valid || user.value === undefined || !user.value.active) return failed(linkInvalid);
  const factors = await readSecondFactors(needs.record, user.value.id);
  if (!factors.ok) return factors;
  const opens = !hasSecondFactor(factors.value);
  const set = await setPassword(needs, user.value, { ...request, method: "password", opens });
  if (!set.ok || opens) return set;
  const step = await askForSecondFactor(needs, { user: set.value.user, where: request });
  // Reset in this very moment: the new password signs in.
  return step.ok ? (step.value === undefined ? failed(linkInvalid) : ok(step.value)) : step;
}

const linkInvalid = forbidden(
  "link-invalid",
  "This link was used already, is too old, or is not complete. Ask a system administrator for another.",
);

export interface ChangedPassword extends Whereabouts {
  /** Whose session asks. */
  readonly userId: string;
  /** What that session was opened with; the new one counts as opened with the same. */
  readonly method: SignInMethod;
  readonly oldPassword: string;
  readonly newPassword: string;
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
    return user.ok ? setPassword(needs, user.value, { ...request, opens: true }) : user;
  });
}

interface NewPassword extends Whereabouts {
  readonly newPassword: string;
  readonly method: SignInMethod;
  /** Whether a new session begins; without one, the token that comes back opens nothing. */
  readonly opens: boolean;
}

async function setPassword(
  needs: IdentityNeeds,
  user: StoredUser,
  { newPassword, method, opens, ...where }: NewPassword,
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
  const actor = actingUser(user, where.remoteAddress);
  const opening = { act: "sign-in", actor, entities: [`Session/${secretHash(token)}`], query: method } as const;
  const written = await needs.record.transact({
    operations: [
      userUpdate(user, change),
      ...(opens ? [sessionCreate(needs, { user, where, method, token })] : []),
      // Not of the first one: there was nobody before who could not know of it.
      ...(user.passwordHash === undefined
        ? []
        : [noticeOf(needs, { userId: user.id, what: "password-changed", where })]),
    ],
    audit: [
      identityEntry(needs, { act: "password-change", actor, entities: [`User/${user.id}`] }),
      ...(opens ? [identityEntry(needs, opening)] : []),
    ],
  });
  needs.trusted.forgetUser(user.id);
  return written.ok ? ok({ token, user, method }) : written;
}

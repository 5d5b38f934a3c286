import { failed, forbidden, ok, type Problem, type Result } from "#kernel";
import type { Operation } from "#record";
import { noticeOf } from "../notices/account-notice.ts";
import { askForSecondFactor, type SecondStep } from "../second-factor/ask-for-second-factor.ts";
import { actingUser, findUser, identityEntry, userUpdate } from "./accounts.ts";
import { type Attempts, afterFailure, lockedForMs, noAttempts } from "./attempts.ts";
import { beginSession, type SignedIn, type Whereabouts } from "./begin-session.ts";
import type { IdentityNeeds } from "./identity-needs.ts";
import { type StoredUser, usernameOf } from "./user.ts";

export interface SignInRequest extends Whereabouts {
  readonly username: string;
  readonly password: string;
}

/**
 * A new session for who knows the password, or the second step where the account has a second factor. Problems: forbidden
 * `sign-in-failed`, which does not tell a wrong name from a wrong password or a closed account; forbidden
 * `account-locked`; busy, unavailable.
 */
export async function signIn(needs: IdentityNeeds, request: SignInRequest): Promise<Result<SignedIn | SecondStep>> {
  const username = usernameOf(request.username);
  return needs.turns.take<SignedIn | SecondStep>(username, async () => {
    const user = await checkPassword(needs, { ...request, username });
    if (!user.ok) return user;
    const step = await askForSecondFactor(needs, { user: user.value, where: request });
    if (!step.ok) return step;
    return step.value === undefined
      ? beginSession(needs, { user: user.value, where: request, method: "password" })
      : ok(step.value);
  });
}

/**
 * The account, when the password is right and the account open. A wrong password counts towards the lock. Only to be
 * called in the turn of the user name. Problems: as `signIn`.
 */
export async function checkPassword(needs: IdentityNeeds, request: SignInRequest): Promise<Result<StoredUser>> {
  const { username, password } = request;
  const found = await findUser(needs.record, username);
  if (!found.ok) return found;
  const user = found.value;
  const right = await needs.passwords.matches(user?.passwordHash, password);
  const attempts = user ?? needs.strangers.get(username);
  const lockedMs = lockedForMs(attempts, needs.clock.now());
  if (lockedMs > 0) return refuse(needs, { request, user, problem: locked(lockedMs) });
  if (user?.active && right) return ok(user);
  return refuse(needs, { request, user, problem: wrong, attempts: afterFailure(attempts, needs.clock.now()) });
}

const wrong = forbidden("sign-in-failed", "The user name or the password is wrong.");

function locked(ms: number): Problem {
  const minutes = Math.ceil(ms / 60_000);
  const wait = minutes === 1 ? "a minute" : `${minutes} minutes`;
  const message = `Too many wrong passwords: the account is locked. Try again in ${wait}, or ask a system administrator.`;
  return forbidden("account-locked", message);
}

interface Refusal {
  readonly request: SignInRequest;
  readonly user: StoredUser | undefined;
  readonly problem: Problem;
  /** The new count, where this try counts. */
  readonly attempts?: Attempts;
}

async function refuse(needs: IdentityNeeds, refusal: Refusal): Promise<Result<never>> {
  const { request, user, problem, attempts } = refusal;
  if (user === undefined && attempts !== undefined) needs.strangers.set(request.username, attempts);
  const { failedAttempts, lockedUntil } = attempts ?? noAttempts;
  const operations: readonly Operation[] =
    user === undefined || attempts === undefined
      ? []
      : [
          userUpdate(user, { failedAttempts, lockedUntil }),
          ...(lockedUntil === undefined
            ? []
            : [noticeOf(needs, { userId: user.id, what: "password-locked", where: request })]),
        ];
  const noted = await needs.record.transact({
    operations,
    audit: [
      identityEntry(needs, {
        act: "sign-in",
        actor: actingUser(user, request.remoteAddress),
        entities: [],
        problem: problem.code,
      }),
    ],
  });
  return noted.ok ? failed(problem) : noted;
}

import { conflict, failed, forbidden, incorrect, notFound, ok, type Result, toIso } from "#kernel";
import type { Actor } from "../actor.ts";
import { findUser, identityEntry, readUser, userUpdate } from "../identity/accounts.ts";
import type { IdentityNeeds } from "../identity/identity-needs.ts";
import { type StoredUser, usernameOf } from "../identity/user.ts";
import { noticeOf } from "../notices/account-notice.ts";
import { factorsWrite, hasSecondFactor, readSecondFactors } from "./second-factors.ts";

export interface FactorsReset {
  readonly userId: string;
  /** Why, for the audit: `New telephone, seen in person.` */
  readonly reason: string;
}

/**
 * Takes away the second factors of somebody who lost them, with their recovery codes; their sessions end, and they sign in by
 * password. Problems: not-found; incorrect `reason-missing`; forbidden `own-administration`: whoever resets is another
 * person; conflict `no-second-factor`; conflict, unavailable.
 */
export async function resetSecondFactors(
  needs: IdentityNeeds,
  reset: FactorsReset,
  by: Actor,
): Promise<Result<undefined>> {
  const user = await readUser(needs.accountsFor(by), reset.userId);
  if (!user.ok) return user;
  if (user.value === undefined) return failed(notFound("not-found", "There is no such user."));
  if (by.reference === `User/${user.value.id}`) return failed(ownReset);
  return resetOf(needs, { user: user.value, reason: reset.reason }, by);
}

const ownReset = forbidden("own-administration", "Another system administrator has to reset your second factor.");

/** The same for the command line, which is there for the day when no administrator can sign in any more. */
export async function resetNamedSecondFactors(
  needs: IdentityNeeds,
  { username, reason }: { readonly username: string; readonly reason: string },
  by: Actor,
): Promise<Result<undefined>> {
  const user = await findUser(needs.accountsFor(by), usernameOf(username));
  if (!user.ok) return user;
  if (user.value === undefined) return failed(notFound("not-found", `There is no user ${username}.`));
  return resetOf(needs, { user: user.value, reason }, by);
}

interface Reset {
  readonly user: StoredUser;
  readonly reason: string;
}

async function resetOf(needs: IdentityNeeds, { user, reason }: Reset, by: Actor): Promise<Result<undefined>> {
  if (reason.trim() === "") return failed(reasonMissing);
  const factors = await readSecondFactors(needs.record, user.id);
  if (!factors.ok) return factors;
  if (!hasSecondFactor(factors.value)) return failed(noFactor);
  const emptied = { totp: undefined, passkeys: [], recovery: undefined, failedAttempts: 0, lockedUntil: undefined };
  const written = await needs.record.transact({
    operations: [
      factorsWrite(factors.value, emptied),
      userUpdate(user, { sessionsFrom: toIso(needs.clock.now()) }),
      noticeOf(needs, { userId: user.id, what: "second-factor-reset", byAnother: true }),
    ],
    audit: [
      identityEntry(needs, {
        act: "factor-change",
        actor: by,
        entities: [`User/${user.id}`],
        query: `second factors reset: ${reason.trim()}`,
      }),
    ],
  });
  needs.trusted.forgetUser(user.id);
  return written.ok ? ok(undefined) : written;
}

const reasonMissing = incorrect("reason-missing", "Say why: it stands in the audit log.", { where: "reason" });
const noFactor = conflict("no-second-factor", "This account has no second factor.");

import { forbidden, ok, type Result, toIso } from "#kernel";
import { whereaboutsIn } from "../account/request-whereabouts.ts";
import { identityEntry } from "../identity/accounts.ts";
import { type SignedIn, sessionCreate } from "../identity/begin-session.ts";
import type { IdentityNeeds } from "../identity/identity-needs.ts";
import type { Owner } from "../identity/own-session.ts";
import { newSecret, secretHash } from "../identity/secret.ts";
import { isTwoFactor, type SignInMethod } from "../identity/session.ts";
import { endOf } from "../identity/sessions.ts";
import { noticeOf } from "../notices/account-notice.ts";
import { newRecoveryCodes } from "./recovery-codes.ts";
import { type FactorsChange, factorsWrite, type StoredSecondFactors } from "./second-factors.ts";

export const setUpLate = forbidden("set-up-late", "That took too long. Begin the set-up again.");

export interface SetUp {
  /** Present once, with the first second factor: for the day when that is lost. */
  readonly recoveryCodes?: readonly string[];
  /** A new session, where the one that asked was opened by a password alone: it has shown a second factor now. */
  readonly signedIn?: SignedIn;
}

export interface NewFactor {
  readonly factors: StoredSecondFactors;
  readonly change: FactorsChange;
  /** For the audit. */
  readonly what: "authenticator app set up" | "passkey set up";
  readonly notice: "app-set-up" | "passkey-set-up";
  readonly method: SignInMethod;
}

/** Writes a second factor that its owner has just shown. */
export async function keepFactor(needs: IdentityNeeds, owner: Owner, factor: NewFactor): Promise<Result<SetUp>> {
  const { user, session, actor } = owner;
  const now = toIso(needs.clock.now());
  const codes = factor.factors.recovery === undefined ? newRecoveryCodes() : undefined;
  const recovery = codes && { recovery: { salt: codes.kept.salt, hashes: [...codes.kept.hashes], made: now } };
  const token = isTwoFactor(session) ? undefined : newSecret();
  const where = whereaboutsIn(owner.request);
  const rises =
    token === undefined
      ? []
      : [sessionCreate(needs, { user, where, method: factor.method, token }), endOf(needs, session)];
  const opened = token === undefined ? [] : [`Session/${secretHash(token)}`];
  const written = await needs.record.transact({
    operations: [
      factorsWrite(factor.factors, { ...factor.change, ...recovery }),
      noticeOf(needs, { userId: user.id, what: factor.notice, where }),
      ...rises,
    ],
    audit: [
      identityEntry(needs, {
        act: "factor-change",
        actor,
        entities: [`User/${user.id}`, ...opened],
        query: factor.what,
      }),
    ],
  });
  if (!written.ok) return written;
  if (token !== undefined) needs.trusted.forget(session.id);
  return ok({
    ...(codes === undefined ? {} : { recoveryCodes: codes.codes }),
    ...(token === undefined ? {} : { signedIn: { token, user, method: factor.method } }),
  });
}

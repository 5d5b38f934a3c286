import type { AccountView, FactorsView, SessionView } from "../api.ts";
import type { IdentityNeeds } from "../identity/identity-needs.ts";
import type { StoredSession } from "../identity/session.ts";
import { needsSecondFactor, type StoredUser } from "../identity/user.ts";
import type { SecondFactors } from "../second-factor/second-factors.ts";

/** What of second factors is fit to be shown: no secret, no key, no hash. */
export function factorsView({ totp, passkeys, recovery }: SecondFactors): FactorsView {
  return {
    ...(totp === undefined ? {} : { totpSince: totp.since }),
    passkeys: passkeys.map(({ id, name, rpId, created, lastUsed }) => ({
      id,
      name,
      rpId,
      created,
      ...(lastUsed === undefined ? {} : { lastUsed }),
    })),
    recoveryCodesLeft: recovery?.hashes.length ?? 0,
  };
}

export function accountView(needs: IdentityNeeds, user: StoredUser, factors: SecondFactors): AccountView {
  const { username, display, outside, passwordHash } = user;
  return {
    username,
    display,
    secondFactorRequired: needsSecondFactor(user, needs.secondFactorRoles),
    hasPassword: passwordHash !== undefined,
    ...(outside && { outside: { issuer: outside.issuer, since: outside.since } }),
    ...factorsView(factors),
  };
}

/** `own` is the session of the request. Its id is the hash of its secret, and opens nothing. */
export function sessionView(session: StoredSession, own: string | undefined): SessionView {
  const { id, begun, lastUsed, method = "password", address, browser } = session;
  return {
    id,
    begun,
    lastUsed,
    method,
    ...(address === undefined ? {} : { address }),
    ...(browser === undefined ? {} : { browser }),
    isThis: id === own,
  };
}

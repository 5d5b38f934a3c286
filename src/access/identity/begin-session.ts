import { ok, type Result, toIso } from "#kernel";
import type { Create, Operation } from "#record";
import { actingUser, identityEntry, userUpdate } from "./accounts.ts";
import { bodyOf } from "./document-schema.ts";
import type { IdentityNeeds } from "./identity-needs.ts";
import { newSecret, secretHash } from "./secret.ts";
import type { Session, SignInMethod } from "./session.ts";
import type { StoredUser } from "./user.ts";

/** Where a request comes from. */
export interface Whereabouts {
  readonly remoteAddress?: string;
  /** Address that the browser used: `http://localhost:8080`. */
  readonly origin?: string;
  /** As `browserName` has it. */
  readonly browser?: string;
}

export interface SignedIn {
  /** For the cookie; kept nowhere. */
  readonly token: string;
  readonly user: StoredUser;
  readonly method: SignInMethod;
}

interface NewSession {
  readonly user: StoredUser;
  readonly where: Whereabouts;
  readonly method: SignInMethod;
  /** See `Session`. */
  readonly outsideSession?: string | undefined;
  /** What else is to be written in the same commit. */
  readonly also?: readonly Operation[];
}

/** A new session. The count of wrong passwords begins anew. */
export async function beginSession(needs: IdentityNeeds, session: NewSession): Promise<Result<SignedIn>> {
  const { user, where, method, also = [] } = session;
  const token = newSecret();
  const cleared = user.failedAttempts > 0 || user.lockedUntil !== undefined;
  const forgotten = { failedAttempts: 0, lockedUntil: undefined };
  const written = await needs.record.transact({
    operations: [
      sessionCreate(needs, { ...session, token }),
      ...(cleared ? [userUpdate(user, forgotten)] : []),
      ...also,
    ],
    audit: [
      identityEntry(needs, {
        act: "sign-in",
        actor: actingUser(user, where.remoteAddress),
        entities: [`Session/${secretHash(token)}`],
        query: method,
      }),
    ],
  });
  return written.ok ? ok({ token, user, method }) : written;
}

export function sessionCreate(
  { clock }: IdentityNeeds,
  { user, where, method, outsideSession, token }: NewSession & { readonly token: string },
): Create {
  const now = toIso(clock.now());
  const session: Session = {
    userId: user.id,
    begun: now,
    lastUsed: now,
    method,
    ...(outsideSession === undefined ? {} : { outsideSession }),
    ...(where.remoteAddress === undefined ? {} : { address: where.remoteAddress }),
    ...(where.browser === undefined ? {} : { browser: where.browser }),
  };
  return { action: "create", kind: "Session", id: secretHash(token), body: bodyOf(session) };
}

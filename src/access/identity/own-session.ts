import { failed, forbidden, type HttpRequest, limits, ok, type Result, toIso } from "#kernel";
import type { Actor } from "../actor.ts";
import { identityEntry, readUser } from "./accounts.ts";
import { sessionToken } from "./cookie.ts";
import { bodyOf, storedBy } from "./document-schema.ts";
import type { IdentityNeeds } from "./identity-needs.ts";
import { secretHash } from "./secret.ts";
import { type StoredSession, sessionEndMs, sessionSchema } from "./session.ts";
import { checkPassword } from "./sign-in.ts";
import type { StoredUser } from "./user.ts";

/** A person at their own account, by the session they came with. */
export interface Owner {
  readonly user: StoredUser;
  readonly session: StoredSession;
  readonly actor: Actor;
  readonly request: HttpRequest;
}

/** Problems: forbidden `not-signed-in`, for a token too: it is nobody's account; unavailable. */
export async function ownerOf(needs: IdentityNeeds, request: HttpRequest, actor: Actor): Promise<Result<Owner>> {
  const token = actor.via === "session" ? sessionToken(request) : undefined;
  if (token === undefined) return failed(notSignedIn);
  const session = await needs.record.read("Session", secretHash(token));
  if (!session.ok) return session.problems[0].category === "not-found" ? failed(notSignedIn) : session;
  const stored = storedBy(sessionSchema, session.value);
  const user = await readUser(needs.record, stored.userId);
  if (!user.ok) return user;
  // This process may still trust a session that another has ended.
  if (user.value === undefined || needs.clock.now() >= sessionEndMs(stored, user.value)) return failed(notSignedIn);
  return ok({ user: user.value, session: stored, actor, request });
}

const notSignedIn = forbidden("not-signed-in", "Sign in first.");

/**
 * The owner, if they have shown lately who they are, so that an open screen does not give the account away.
 * Problems: as `ownerOf`; forbidden `proof-needed` (see `proveOwner`).
 */
export async function provenOwner(needs: IdentityNeeds, request: HttpRequest, actor: Actor): Promise<Result<Owner>> {
  const owner = await ownerOf(needs, request, actor);
  if (!owner.ok) return owner;
  const { begun, proved = begun } = owner.value.session;
  return needs.clock.now() - Date.parse(proved) < limits.proofMs ? owner : failed(proofNeeded);
}

const proofNeeded = forbidden("proof-needed", "Give your password again, to show that it is still you.");

/** Notes that the owner has given the password again. A wrong one counts towards the lock. Problems: as `signIn`. */
export async function proveOwner(needs: IdentityNeeds, owner: Owner, password: string): Promise<Result<undefined>> {
  const { actor, request } = owner;
  const { username } = owner.user;
  return needs.turns.take(username, async () => {
    const user = await checkPassword(needs, { username, password, remoteAddress: request.remoteAddress });
    if (!user.ok) return user;
    const { id, version, ...body } = owner.session;
    const proved = bodyOf({ ...body, proved: toIso(needs.clock.now()) });
    const written = await needs.record.transact({
      operations: [{ action: "update", kind: "Session", id, body: proved }],
      audit: [identityEntry(needs, { act: "proof", actor, entities: [`Session/${id}`] })],
    });
    return written.ok ? ok(undefined) : written;
  });
}

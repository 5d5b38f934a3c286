import { failed, forbidden, type HttpRequest, limits, ok, type Result, toIso } from "#kernel";
import { type Actor, settingUpActor } from "../actor.ts";
import { issuedItemKind } from "../authorization/issued-item.ts";
import { applicationTrust } from "../authorization/token-trust.ts";
import { keyTrust } from "../service-accounts/key-trust.ts";
import { apiTokenSchema } from "./api-token.ts";
import { sessionToken } from "./cookie.ts";
import { checkCrossSite } from "./cross-site.ts";
import { bodyOf, storedBy } from "./document-schema.ts";
import type { IdentityNeeds } from "./identity-needs.ts";
import { secretHash } from "./secret.ts";
import { isTwoFactor, needsTouch, type StoredSession, sessionEndMs, sessionSchema } from "./session.ts";
import type { Trust } from "./trusted.ts";
import { needsSecondFactor, userActor, userSchema } from "./user.ts";

/**
 * Who sends this request: by a bearer token if it brings one, else by the session of its cookie, else undefined. A cookie
 * of a session that is over is as none. Problems: forbidden `not-signed-in`, for a token that is wrong or too old;
 * forbidden `cross-site`, see `checkCrossSite`; unavailable.
 */
export async function authenticate(needs: IdentityNeeds, request: HttpRequest): Promise<Result<Actor | undefined>> {
  const bearer = bearerToken(request.headers.authorization);
  if (bearer !== undefined) {
    const token = await trustedActor(needs, bearer, lookUpToken);
    return token.ok && token.value === undefined ? failed(tokenInvalid) : at(token, request);
  }
  const cookie = sessionToken(request);
  if (cookie === undefined) return ok(undefined);
  const session = await trustedActor(needs, cookie, lookUpSession);
  if (!session.ok || session.value === undefined) return session;
  const ours = checkCrossSite(request);
  return ours.ok ? at(session, request) : ours;
}

const tokenInvalid = forbidden("not-signed-in", "The token is wrong, or its time is over.");

/** Any other way to authorise is not ours, and as none. Source: RFC 6750 §2.1. */
function bearerToken(header: string | undefined): string | undefined {
  return /^Bearer +(\S+) *$/i.exec(header ?? "")?.[1];
}

function at(found: Result<Actor | undefined>, { remoteAddress }: HttpRequest): Result<Actor | undefined> {
  return found.ok && found.value !== undefined ? ok({ ...found.value, remoteAddress }) : found;
}

type LookUp = (needs: IdentityNeeds, id: string) => Promise<Result<Trust | undefined>>;

async function trustedActor(needs: IdentityNeeds, secret: string, lookUp: LookUp): Promise<Result<Actor | undefined>> {
  const id = secretHash(secret);
  const known = needs.trusted.get(id, needs.clock.now());
  if (known !== undefined) return ok(known.actor);
  const found = await lookUp(needs, id);
  if (!found.ok) return found;
  if (found.value !== undefined) needs.trusted.set(id, found.value);
  return ok(found.value?.actor);
}

async function lookUpToken(needs: IdentityNeeds, id: string): Promise<Result<Trust | undefined>> {
  const read = await needs.record.readMany([
    { kind: "ApiToken", id },
    { kind: issuedItemKind.kind, id },
  ]);
  if (!read.ok) return read;
  const [version] = read.value;
  if (version === undefined) return ok(undefined);
  if (version.kind === issuedItemKind.kind) return applicationTrust(needs, version);
  return keyTrust(needs, storedBy(apiTokenSchema, version));
}

async function lookUpSession(needs: IdentityNeeds, id: string): Promise<Result<Trust | undefined>> {
  const found = await needs.record.readMany([{ kind: "Session", id }]);
  if (!found.ok) return found;
  const [version] = found.value;
  if (version === undefined) return ok(undefined);
  const session = storedBy(sessionSchema, version);
  const owner = await needs.record.readMany([{ kind: "User", id: session.userId }]);
  if (!owner.ok) return owner;
  const [account] = owner.value;
  if (account === undefined) return ok(undefined);
  const user = storedBy(userSchema, account);
  const endMs = sessionEndMs(session, user);
  const now = needs.clock.now();
  if (now >= endMs) return ok(undefined);
  if (needsTouch(session, now)) await touch(needs, session);
  const mustSetUp = needsSecondFactor(user, needs.secondFactorRoles) && !isTwoFactor(session);
  const actor = mustSetUp ? settingUpActor(userActor(user)) : userActor(user);
  return ok({ actor, userId: user.id, untilMs: Math.min(endMs, now + limits.sessionTrustMs) });
}

/** Another process may be touching it, or ending it: then this one's word is not needed. */
async function touch({ record, clock }: IdentityNeeds, session: StoredSession): Promise<void> {
  const { id, version, ...body } = session;
  const touched = bodyOf({ ...body, lastUsed: toIso(clock.now()) });
  await record.transact({ operations: [{ action: "update", kind: "Session", id, ifMatch: version, body: touched }] });
}

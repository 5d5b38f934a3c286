import { type Instant, limits, ok, type Result, toIso } from "#kernel";
import type { Actor } from "../actor.ts";
import { apiTokenKind, type StoredApiToken, tokenActor } from "../identity/api-token.ts";
import { bodyOf, storedBy } from "../identity/document-schema.ts";
import type { IdentityNeeds } from "../identity/identity-needs.ts";
import type { Trust } from "../identity/trusted.ts";
import { readScopes } from "../scope.ts";
import { type StoredServiceAccount, serviceAccountKind, serviceAccountSchema } from "./service-account.ts";

/** The system as an actor: what it does stands under its account, whichever of its keys it came with. */
export function serviceActor({ id, name, scope, purposeOfUse = "HOPERAT" }: StoredServiceAccount, now: Instant): Actor {
  const granted = readScopes(scope, now);
  return {
    reference: `ServiceAccount/${id}`,
    display: name,
    roles: [],
    ...(granted.ok ? granted.value : { permissions: new Set<string>() }),
    purpose: purposeOfUse,
    via: "token",
  };
}

/**
 * Whom a key lets in, or a token that belongs to no account; undefined where its time is over, it was ended, or its account is
 * closed. Taken for so for `limits.sessionTrustMs` at most: so long may a key work in another process after its end.
 */
export async function keyTrust(needs: IdentityNeeds, key: StoredApiToken): Promise<Result<Trust | undefined>> {
  const endMs = Date.parse(key.expires);
  const now = needs.clock.now();
  if (key.ended !== undefined || now >= endMs) return ok(undefined);
  const owner = await ownerOf(needs, key);
  if (!owner.ok) return owner;
  if (owner.value === undefined) return ok(undefined);
  await touch(needs, key);
  return ok({ ...owner.value, untilMs: Math.min(endMs, now + limits.sessionTrustMs) });
}

async function ownerOf(
  { record, clock }: IdentityNeeds,
  key: StoredApiToken,
): Promise<Result<Pick<Trust, "actor" | "userId"> | undefined>> {
  const { id, serviceAccountId } = key;
  if (serviceAccountId === undefined) return ok({ actor: tokenActor(key, clock.now()), userId: id });
  const found = await record.readMany([{ kind: serviceAccountKind.kind, id: serviceAccountId }]);
  if (!found.ok) return found;
  const account = found.value[0] && storedBy(serviceAccountSchema, found.value[0]);
  if (!account?.active) return ok(undefined);
  return ok({ actor: serviceActor(account, clock.now()), userId: account.id });
}

/** Another process may be touching it, or ending it: then this one's word is not needed. */
async function touch({ record, clock }: IdentityNeeds, { id, version, ...body }: StoredApiToken): Promise<void> {
  const now = clock.now();
  if (body.lastUsed !== undefined && now - Date.parse(body.lastUsed) < limits.serviceKeyTouchMs) return;
  const touched = bodyOf({ ...body, lastUsed: toIso(now) });
  await record.transact({
    operations: [{ action: "update", kind: apiTokenKind.kind, id, ifMatch: version, body: touched }],
  });
}

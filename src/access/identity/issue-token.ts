import { failed, type Instant, incorrect, limits, ok, type Result, toIso } from "#kernel";
import type { Actor } from "../actor.ts";
import { readScopes } from "../scope.ts";
import { identityEntry } from "./accounts.ts";
import type { ApiToken, TokenPurpose } from "./api-token.ts";
import { bodyOf } from "./document-schema.ts";
import type { IdentityNeeds } from "./identity-needs.ts";
import { newSecret, secretHash } from "./secret.ts";

export interface TokenOrder {
  /** What it is for. */
  readonly name: string;
  /** See `readScopes`. */
  readonly scope: string;
  readonly lifeMs: number;
  /** Left out: running the hospital. */
  readonly purpose?: TokenPurpose;
}

export interface IssuedToken {
  /** `cor_…`, for the header `Authorization: Bearer`; shown once, kept nowhere. */
  readonly token: string;
  readonly id: string;
  readonly expires: string;
}

/** Problems: those of `readScopes`; incorrect `token-life`; unavailable. */
export async function issueToken(needs: IdentityNeeds, order: TokenOrder, by: Actor): Promise<Result<IssuedToken>> {
  const scope = readScopes(order.scope, needs.clock.now());
  if (!scope.ok) return scope;
  if (!(order.lifeMs > 0 && order.lifeMs <= limits.apiTokenLifeMsMax)) {
    const days = limits.apiTokenLifeMsMax / 86_400_000;
    return failed(
      incorrect("token-life", `A token lives for more than no time and at most ${days} days.`, { where: "ttl" }),
    );
  }
  const token = `cor_${newSecret()}`;
  const id = secretHash(token);
  const now = needs.clock.now();
  const expires = toIso((now + order.lifeMs) as Instant);
  const body = {
    name: order.name,
    scope: order.scope,
    ...(order.purpose === undefined ? {} : { purpose: order.purpose }),
    issuedBy: by.reference,
    issued: toIso(now),
    expires,
  } satisfies ApiToken;
  const written = await needs.accountsFor(by).transact({
    operations: [{ action: "create", kind: "ApiToken", id, body: bodyOf(body) }],
    audit: [identityEntry(needs, { act: "token-issue", actor: by, entities: [`ApiToken/${id}`] })],
  });
  return written.ok ? ok({ token, id, expires }) : written;
}

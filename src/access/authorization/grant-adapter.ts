import type { Adapter, AdapterPayload } from "oidc-provider";
import { failed, ok, type Result, toIso } from "#kernel";
import { bodyOf, storedBy } from "../identity/document-schema.ts";
import type { AuthorizationNeeds } from "./authorization-needs.ts";
import { givenAccessKind, givenAccessSchema, type StoredGivenAccess } from "./given-access.ts";

/** The provider's grants are what people have given: it reads them, and may end them, but makes none by itself. */
export function grantAdapter(needs: AuthorizationNeeds): Adapter {
  return {
    async find(id) {
      const given = await readGivenAccess(needs, id);
      if (!given.ok) throw new Error(given.problems[0].message);
      return given.value === undefined || !isOpen(given.value, needs) ? undefined : grantOf(given.value);
    },
    async destroy(id) {
      const ended = await endGivenAccess(needs, id);
      if (!ended.ok) throw new Error(ended.problems[0].message);
    },
    upsert: async () => undefined,
    consume: async () => undefined,
    revokeByGrantId: async () => undefined,
    findByUid: async () => undefined,
    findByUserCode: async () => undefined,
  };
}

/** Undefined where there is none. */
export async function readGivenAccess(
  { record }: Pick<AuthorizationNeeds, "record">,
  id: string,
): Promise<Result<StoredGivenAccess | undefined>> {
  const read = await record.readMany([{ kind: givenAccessKind.kind, id }]);
  if (!read.ok) return failed(...read.problems);
  const [version] = read.value;
  return ok(version && storedBy(givenAccessSchema, version));
}

/** What was given counts no more, nor does any token of it, also one that is being made in this moment. Problems: unavailable. */
export async function endGivenAccess(needs: AuthorizationNeeds, id: string | undefined): Promise<Result<undefined>> {
  const given = id === undefined ? ok(undefined) : await readGivenAccess(needs, id);
  if (!given.ok) return given;
  if (given.value === undefined || given.value.ended !== undefined) return ok(undefined);
  const written = await needs.record.transact({ operations: [endOf(needs, given.value)] });
  return written.ok ? ok(undefined) : written;
}

export function isOpen({ ended, expires }: StoredGivenAccess, { clock }: Pick<AuthorizationNeeds, "clock">): boolean {
  return ended === undefined && toIso(clock.now()) < expires;
}

export function endOf({ clock }: Pick<AuthorizationNeeds, "clock">, { id, version: _, ...given }: StoredGivenAccess) {
  const body = bodyOf({ ...given, ended: toIso(clock.now()) });
  return { action: "update", kind: givenAccessKind.kind, id, body } as const;
}

function grantOf(given: StoredGivenAccess): AdapterPayload {
  return {
    kind: "Grant",
    jti: given.id,
    accountId: given.userId,
    clientId: given.applicationId,
    iat: Math.floor(Date.parse(given.begun) / 1_000),
    exp: Math.floor(Date.parse(given.expires) / 1_000),
    openid: { scope: given.identityScopes },
    resources: { [given.resource]: given.scopes },
  };
}

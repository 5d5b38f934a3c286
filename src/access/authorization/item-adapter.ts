import type { Adapter, AdapterPayload } from "oidc-provider";
import { errors } from "oidc-provider";
import { type Failed, limits, ok, type Result, toIso } from "#kernel";
import type { Version } from "#record";
import { bodyOf, storedBy } from "../identity/document-schema.ts";
import { secretHash } from "../identity/secret.ts";
import type { AuthorizationNeeds } from "./authorization-needs.ts";
import { endGivenAccess } from "./grant-adapter.ts";
import { type IssuedItem, issuedItemKind, issuedItemSchema, type StoredIssuedItem } from "./issued-item.ts";

/** What the provider stores of one of its models, kept as documents. A failure of the record is a fault of its answer. */
export function itemAdapter(needs: AuthorizationNeeds, model: string): Adapter {
  return {
    async upsert(value, payload, lifeSeconds) {
      const operation = {
        kind: issuedItemKind.kind,
        id: secretHash(value),
        body: bodyOf(itemOf(needs, { model, payload, lifeSeconds })),
      };
      // An assertion that was used is noted once: a second note is a second use.
      const action = model === "ReplayDetection" ? "create" : "update";
      const written = await needs.record.transact({ operations: [{ action, ...operation }] });
      if (written.ok) return;
      if (written.problems[0].category === "conflict")
        throw new errors.InvalidClientAuth("the assertion was used before");
      throw outOfOrder(written);
    },
    async find(value) {
      const item = await readItem(needs, secretHash(value));
      if (!item.ok) throw outOfOrder(item);
      return item.value?.model === model ? payloadOf(item.value, value) : undefined;
    },
    async consume(value) {
      const item = await readItem(needs, secretHash(value));
      if (!item.ok) throw outOfOrder(item);
      if (item.value === undefined || item.value.consumed !== undefined) throw new errors.InvalidGrant("used before");
      const { id, version, ...body } = item.value;
      const used = bodyOf({ ...body, consumed: Math.floor(needs.clock.now() / 1_000) });
      const operation = { action: "update", kind: issuedItemKind.kind, id, ifMatch: version, body: used } as const;
      const written = await needs.record.transact({ operations: [operation] });
      if (written.ok) return;
      // Of two that come at once with the same code one is late, and nobody knows which of them is the thief.
      const ended = await endGivenAccess(needs, body.givenAccessId);
      if (!ended.ok) throw outOfOrder(ended);
      throw new errors.InvalidGrant("used before");
    },
    async destroy(value) {
      await removeItems(needs, [secretHash(value)]);
    },
    async revokeByGrantId(givenAccessId) {
      const removed = await removeWith(needs, `given=${givenAccessId}`);
      if (!removed.ok) throw outOfOrder(removed);
    },
    findByUid: async () => undefined,
    findByUserCode: async () => undefined,
  };
}

interface Storing {
  readonly model: string;
  readonly payload: AdapterPayload;
  readonly lifeSeconds: number | undefined;
}

function itemOf({ clock }: AuthorizationNeeds, { model, payload, lifeSeconds }: Storing): IssuedItem {
  const { jti: _, ...kept } = payload;
  const endMs = clock.now() + (lifeSeconds ?? 0) * 1_000;
  return {
    model,
    payload: JSON.parse(JSON.stringify(kept)),
    ...(kept.clientId === undefined ? {} : { applicationId: kept.clientId }),
    ...(kept.grantId === undefined ? {} : { givenAccessId: kept.grantId }),
    expires: new Date(endMs).toISOString(),
  };
}

function payloadOf({ payload, consumed }: StoredIssuedItem, value: string): AdapterPayload {
  return { ...payload, jti: value, ...(consumed === undefined ? {} : { consumed }) } as AdapterPayload;
}

/** Undefined where there is none any more. */
async function readItem(needs: AuthorizationNeeds, id: string): Promise<Result<StoredIssuedItem | undefined>> {
  const read = await needs.record.readMany([{ kind: issuedItemKind.kind, id }]);
  if (!read.ok) return read;
  const [version] = read.value;
  if (version === undefined) return ok(undefined);
  const item = storedBy(issuedItemSchema, version);
  return ok(item.expires > toIso(needs.clock.now()) ? item : undefined);
}

/** Takes away every code and token with an index key, and forgets the tokens here at once. Problems: unavailable. */
export async function removeWith(needs: AuthorizationNeeds, key: string): Promise<Result<number>> {
  let count = 0;
  for (;;) {
    const found = await needs.record.search({
      kind: issuedItemKind.kind,
      all: [{ is: "key", any: [key] }],
      sort: { by: "updated", descending: false },
      limit: limits.tokensEndedAtOnceMax,
    });
    if (!found.ok) return found;
    const removed = await removeItems(
      needs,
      found.value.versions.map(({ id }: Version) => id),
    );
    if (!removed.ok) return removed;
    count += found.value.versions.length;
    if (found.value.versions.length < limits.tokensEndedAtOnceMax) return ok(count);
  }
}

async function removeItems(needs: AuthorizationNeeds, ids: readonly string[]): Promise<Result<unknown>> {
  for (const id of ids) needs.trusted.forget(id);
  if (ids.length === 0) return ok(undefined);
  const standing = await needs.record.readMany(ids.map((id) => ({ kind: issuedItemKind.kind, id })));
  if (!standing.ok || standing.value.length === 0) return standing;
  const operations = standing.value.map(({ kind, id }) => ({ action: "delete", kind, id }) as const);
  return needs.record.transact({ operations });
}

function outOfOrder({ problems }: Failed): Error {
  return new Error(problems[0].message, { cause: problems[0].cause });
}

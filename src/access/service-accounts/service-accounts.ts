import {
  conflict,
  failed,
  type Instant,
  incorrect,
  limits,
  notFound,
  ok,
  type Problem,
  type Result,
  toIso,
} from "#kernel";
import type { Operation } from "#record";
import type { Actor } from "../actor.ts";
import { identityEntry, readUser } from "../identity/accounts.ts";
import {
  type ApiToken,
  apiTokenKind,
  apiTokenSchema,
  type StoredApiToken,
  type TokenPurpose,
} from "../identity/api-token.ts";
import { bodyOf, storedBy } from "../identity/document-schema.ts";
import type { IdentityNeeds } from "../identity/identity-needs.ts";
import type { IssuedToken } from "../identity/issue-token.ts";
import { newSecret, secretHash } from "../identity/secret.ts";
import { readScopes } from "../scope.ts";
import {
  type ServiceAccount,
  type StoredServiceAccount,
  serviceAccountKind,
  serviceAccountSchema,
} from "./service-account.ts";
import type { ServiceUse } from "./service-account-use.ts";

export interface ServiceAccountOrder {
  readonly name: string;
  readonly use: ServiceUse;
  readonly purpose: string;
  readonly scope: string;
  readonly ownerId?: string | undefined;
  readonly purposeOfUse?: TokenPurpose | undefined;
}

/** Problems: those of `readScopes`; incorrect `owner-unknown`; conflict `service-name-taken`, `too-many`; unavailable. */
export async function addServiceAccount(
  needs: IdentityNeeds,
  order: ServiceAccountOrder,
  by: Actor,
): Promise<Result<StoredServiceAccount>> {
  const { name, use, purpose, scope, ownerId, purposeOfUse } = order;
  const wrong = await orderProblem(needs, order, by);
  if (wrong !== undefined) return failed(wrong);
  const account: ServiceAccount = {
    name: name.trim(),
    use,
    purpose: purpose.trim(),
    scope: scope.trim(),
    ...(ownerId === undefined ? {} : { ownerId }),
    ...(purposeOfUse === undefined ? {} : { purposeOfUse }),
    active: true,
    made: toIso(needs.clock.now()),
    madeBy: by.reference,
  };
  const { kind } = serviceAccountKind;
  const id = needs.ids.next();
  const ifNoneExist = { keys: [`name=${account.name.toLowerCase()}`], onMatch: "fail" } as const;
  const written = await needs.accountsFor(by).transact({
    operations: [{ action: "create", kind, id, body: bodyOf(account), ifNoneExist }],
  });
  if (written.ok) return ok({ ...account, id, version: 1 });
  return written.problems[0].code === "already-exists" ? failed(nameTaken) : written;
}

const nameTaken = conflict("service-name-taken", "There is a service account of this name already.", { where: "name" });

async function orderProblem(
  needs: IdentityNeeds,
  { scope, ownerId }: { readonly scope?: string | undefined; readonly ownerId?: string | undefined },
  by: Actor,
): Promise<Problem | undefined> {
  const granted = scope === undefined ? undefined : readScopes(scope, needs.clock.now());
  if (granted?.ok === false) return granted.problems[0];
  if (ownerId === undefined) return undefined;
  const owner = await readUser(needs.accountsFor(by), ownerId);
  if (!owner.ok) return owner.problems[0];
  return owner.value?.active
    ? undefined
    : incorrect("owner-unknown", "The owner is a person with an open account here.", { where: "ownerId" });
}

export interface ServiceAccountChange {
  readonly id: string;
  readonly purpose?: string | undefined;
  readonly scope?: string | undefined;
  readonly ownerId?: string | undefined;
  readonly active?: boolean | undefined;
}

/** What its keys may do changes with it, here at once. Problems: not-found, and those of `addServiceAccount`. */
export async function changeServiceAccount(
  needs: IdentityNeeds,
  { id, ...change }: ServiceAccountChange,
  by: Actor,
): Promise<Result<StoredServiceAccount>> {
  const found = await readServiceAccount(needs, id, by);
  if (!found.ok) return found;
  const wrong = await orderProblem(needs, change, by);
  if (wrong !== undefined) return failed(wrong);
  const { id: _, version, ...body } = found.value;
  const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
  const changed: ServiceAccount = { ...body, ...given };
  const written = await needs.accountsFor(by).transact({
    operations: [{ action: "update", kind: serviceAccountKind.kind, id, ifMatch: version, body: bodyOf(changed) }],
  });
  needs.trusted.forgetUser(id);
  return written.ok ? ok({ ...changed, id, version: written.value[0]?.version.version ?? version }) : written;
}

async function readServiceAccount(needs: IdentityNeeds, id: string, by: Actor): Promise<Result<StoredServiceAccount>> {
  const read = await needs.accountsFor(by).read(serviceAccountKind.kind, id);
  if (read.ok) return ok(storedBy(serviceAccountSchema, read.value));
  return read.problems[0].category === "not-found" ? failed(noAccount) : read;
}

const noAccount = notFound("not-found", "There is no such service account.");

export interface KeyOrder {
  readonly serviceAccountId: string;
  /** What tells it from the others: `November`. */
  readonly name: string;
  readonly lifeMs: number;
}

/**
 * One more key, beside those there are: the old one works on until it is ended, so that nothing stands still while it is
 * exchanged. Problems: not-found; conflict `too-many-keys`, `service-closed`; incorrect `token-life`; unavailable.
 */
export async function addKey(needs: IdentityNeeds, order: KeyOrder, by: Actor): Promise<Result<IssuedToken>> {
  const account = await readServiceAccount(needs, order.serviceAccountId, by);
  if (!account.ok) return account;
  const keys = await keysBy(needs, `service=${account.value.id}`);
  if (!keys.ok) return keys;
  const now = needs.clock.now();
  const open = keys.value.filter((key) => isOpen(key, now));
  const wrong = keyProblem(account.value, { order, openKeys: open.length });
  if (wrong !== undefined) return failed(wrong);
  const token = `cor_${newSecret()}`;
  const id = secretHash(token);
  const expires = toIso((now + order.lifeMs) as Instant);
  const body: ApiToken = {
    name: order.name.trim(),
    scope: account.value.scope,
    issuedBy: by.reference,
    issued: toIso(now),
    expires,
    serviceAccountId: account.value.id,
  };
  const entities = [`ApiToken/${id}`, `ServiceAccount/${account.value.id}`];
  const written = await needs.accountsFor(by).transact({
    operations: [{ action: "create", kind: apiTokenKind.kind, id, body: bodyOf(body) }],
    audit: [identityEntry(needs, { act: "token-issue", actor: by, entities })],
  });
  return written.ok ? ok({ token, id, expires }) : written;
}

export function isOpen({ ended, expires }: ApiToken, now: Instant): boolean {
  return ended === undefined && now < Date.parse(expires);
}

function keyProblem(
  account: ServiceAccount,
  { order, openKeys }: { readonly order: KeyOrder; readonly openKeys: number },
): Problem | undefined {
  if (!account.active) return conflict("service-closed", "The service account is closed.");
  if (openKeys >= limits.serviceKeysMax) {
    return conflict("too-many-keys", `It has ${openKeys} keys. End one that is not used any more.`);
  }
  const isLife = order.lifeMs > 0 && order.lifeMs <= limits.apiTokenLifeMsMax;
  const days = limits.apiTokenLifeMsMax / 86_400_000;
  const message = `A key lives for more than no time and at most ${days} days.`;
  return isLife ? undefined : incorrect("token-life", message, { where: "days" });
}

/** Ends a key, or a token without an account: here at once, in other processes within `limits.sessionTrustMs`. */
export async function endKey(needs: IdentityNeeds, id: string, by: Actor): Promise<Result<undefined>> {
  const read = await needs.accountsFor(by).read(apiTokenKind.kind, id);
  if (!read.ok) return read.problems[0].category === "not-found" ? failed(noKey) : read;
  const { id: _, version: __, ...body } = storedBy(apiTokenSchema, read.value);
  if (body.ended !== undefined) return ok(undefined);
  const ended = bodyOf({ ...body, ended: toIso(needs.clock.now()) });
  // It may be touched meanwhile: the end counts.
  const operation: Operation = { action: "update", kind: apiTokenKind.kind, id, body: ended };
  const written = await needs.accountsFor(by).transact({ operations: [operation] });
  needs.trusted.forget(id);
  return written.ok ? ok(undefined) : written;
}

const noKey = notFound("not-found", "There is no such key.");

/** A service account with its keys, the newest first. */
export interface HeldServiceAccount {
  readonly account: StoredServiceAccount;
  readonly keys: readonly StoredApiToken[];
}

export interface ServiceAccountList {
  readonly accounts: readonly HeldServiceAccount[];
  /** Tokens of `corridor token`, which belong to no account, that still open something. */
  readonly tokens: readonly StoredApiToken[];
}

/** All of them, by their names. */
export async function listServiceAccounts(needs: IdentityNeeds, by: Actor): Promise<Result<ServiceAccountList>> {
  const found = await needs.accountsFor(by).search({
    kind: serviceAccountKind.kind,
    all: [],
    sort: { by: "updated", descending: true },
    limit: limits.serviceAccountsMax,
  });
  if (!found.ok) return found;
  const accounts = found.value.versions.map((version) => storedBy(serviceAccountSchema, version));
  const held: HeldServiceAccount[] = [];
  for (const account of accounts.sort((one, other) => one.name.localeCompare(other.name))) {
    const keys = await keysBy(needs, `service=${account.id}`);
    if (!keys.ok) return keys;
    held.push({ account, keys: keys.value });
  }
  const loose = await keysBy(needs, "loose=true");
  if (!loose.ok) return loose;
  const now = needs.clock.now();
  return ok({ accounts: held, tokens: loose.value.filter((key) => isOpen(key, now)) });
}

async function keysBy({ record }: IdentityNeeds, key: string): Promise<Result<readonly StoredApiToken[]>> {
  const found = await record.search({
    kind: apiTokenKind.kind,
    all: [{ is: "key", any: [key] }],
    sort: { by: "updated", descending: true },
    limit: limits.pageSizeMax,
  });
  if (!found.ok) return found;
  const keys = found.value.versions.map((version) => storedBy(apiTokenSchema, version));
  return ok(keys.sort((one, other) => other.issued.localeCompare(one.issued)));
}

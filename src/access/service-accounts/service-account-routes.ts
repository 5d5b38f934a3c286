import {
  type HttpReply,
  type HttpRequest,
  type Instant,
  jsonReply,
  limits,
  ok,
  type Result,
  type Route,
} from "#kernel";
import type { Actor } from "../actor.ts";
import {
  type KeyView,
  keyBody,
  type NewKeyView,
  type ServiceAccountsView,
  type ServiceAccountView,
  serviceAccountBody,
  serviceChangeBody,
} from "../api.ts";
import type { Context } from "../context.ts";
import { done } from "../handling/answer.ts";
import { readBody } from "../handling/request.ts";
import type { ApiToken, StoredApiToken } from "../identity/api-token.ts";
import { storedBy } from "../identity/document-schema.ts";
import type { IdentityNeeds } from "../identity/identity-needs.ts";
import { type StoredUser, userSchema } from "../identity/user.ts";
import type { StoredServiceAccount } from "./service-account.ts";
import {
  addKey,
  addServiceAccount,
  changeServiceAccount,
  endKey,
  isOpen,
  listServiceAccounts,
} from "./service-accounts.ts";

const dayMs = 24 * 3_600_000;

type Handle = (request: HttpRequest, actor: Actor) => Promise<Result<HttpReply>>;

/** Accounts of systems, and their keys. */
export function serviceAccountRoutes(needs: IdentityNeeds): readonly Route<Context>[] {
  const all = "/service-accounts";
  const rows: readonly (readonly [Route<Context>["method"], string, string, Handle])[] = [
    ["GET", all, "The service accounts with their keys, and tokens without an account", handleList(needs)],
    ["POST", all, "Add a service account", handleAdd(needs)],
    ["PATCH", `${all}/:id`, "Change what a service account is for, or close it", handleChange(needs)],
    ["POST", `${all}/:id/keys`, "Make one more key; it is shown this once", handleKey(needs)],
    ["DELETE", `${all}/:id/keys/:key`, "End a key", handleEnd(needs)],
    ["DELETE", "/tokens/:key", "End a token that belongs to no account", handleEnd(needs)],
  ];
  return rows.map(([method, path, summary, handle]) => ({
    method,
    path: `/api/access${path}`,
    policy: "tokens.issue",
    summary,
    handle: (request, { actor }) => handle(request, actor),
  }));
}

function handleList(needs: IdentityNeeds): Handle {
  return async (_request, actor) => {
    const list = await listServiceAccounts(needs, actor);
    if (!list.ok) return list;
    const owners = await ownersOf(
      needs,
      list.value.accounts.map(({ account }) => account),
    );
    if (!owners.ok) return owners;
    const now = needs.clock.now();
    const view: ServiceAccountsView = {
      accounts: list.value.accounts.map(({ account, keys }) =>
        accountView(account, { keys, owners: owners.value, now }),
      ),
      tokens: list.value.tokens.map((token) => {
        const { scope, issuedBy } = token;
        return { ...keyView(token, now), scope, issuedBy };
      }),
    };
    return ok(jsonReply(view));
  };
}

type Owners = ReadonlyMap<string, StoredUser>;

async function ownersOf({ record }: IdentityNeeds, accounts: readonly StoredServiceAccount[]): Promise<Result<Owners>> {
  const ids = [...new Set(accounts.flatMap(({ ownerId }) => ownerId ?? []))];
  if (ids.length === 0) return ok(new Map());
  const found = await record.readMany(ids.map((id) => ({ kind: "User", id })));
  return found.ok ? ok(new Map(found.value.map((version) => [version.id, storedBy(userSchema, version)]))) : found;
}

interface Shown {
  readonly keys: readonly StoredApiToken[];
  readonly owners: Owners;
  readonly now: Instant;
}

function accountView(account: StoredServiceAccount, { keys, owners, now }: Shown): ServiceAccountView {
  const { id, name, use, purpose, scope, active, purposeOfUse, ownerId = "" } = account;
  const owner = owners.get(ownerId);
  return {
    id,
    name,
    use,
    purpose,
    scope,
    active,
    ...(purposeOfUse === undefined ? {} : { purposeOfUse }),
    ...(owner === undefined ? {} : { owner: { id: ownerId, display: owner.display, active: owner.active } }),
    keys: keys.map((key) => keyView(key, now)),
  };
}

function keyView(key: StoredApiToken, now: Instant): KeyView {
  const { id, name, issued, expires, lastUsed } = key;
  return { id, name, issued, expires, ...(lastUsed === undefined ? {} : { lastUsed }), state: stateOf(key, now) };
}

function stateOf(key: ApiToken, now: Instant): KeyView["state"] {
  if (key.ended !== undefined) return "ended";
  if (!isOpen(key, now)) return "over";
  return Date.parse(key.expires) - now <= limits.serviceKeyWarningMs ? "ends-soon" : "open";
}

function handleAdd(needs: IdentityNeeds): Handle {
  return async (request, actor) => {
    const body = readBody(serviceAccountBody, request);
    if (!body.ok) return body;
    return oneReply(needs, await addServiceAccount(needs, body.value, actor), 201);
  };
}

function handleChange(needs: IdentityNeeds): Handle {
  return async (request, actor) => {
    const body = readBody(serviceChangeBody, request);
    if (!body.ok) return body;
    return oneReply(
      needs,
      await changeServiceAccount(needs, { ...body.value, id: request.params.id ?? "" }, actor),
      200,
    );
  };
}

async function oneReply(needs: IdentityNeeds, result: Result<StoredServiceAccount>, status: number) {
  if (!result.ok) return result;
  const owners = await ownersOf(needs, [result.value]);
  if (!owners.ok) return owners;
  const shown = { keys: [], owners: owners.value, now: needs.clock.now() };
  return ok(jsonReply(accountView(result.value, shown), status));
}

function handleKey(needs: IdentityNeeds): Handle {
  return async (request, actor) => {
    const body = readBody(keyBody, request);
    if (!body.ok) return body;
    const { name, days } = body.value;
    const order = { serviceAccountId: request.params.id ?? "", name, lifeMs: days * dayMs };
    const made = await addKey(needs, order, actor);
    if (!made.ok) return made;
    const view: NewKeyView = { token: made.value.token, expires: made.value.expires };
    return ok(jsonReply(view, 201));
  };
}

function handleEnd(needs: IdentityNeeds): Handle {
  return async (request, actor) => {
    const ended = await endKey(needs, request.params.key ?? "", actor);
    return done(ended);
  };
}

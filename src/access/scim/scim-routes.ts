import {
  failed,
  type HttpReply,
  type HttpRequest,
  isJsonObject,
  type JsonObject,
  ok,
  type Result,
  type Route,
  unsupported,
} from "#kernel";
import type { Actor } from "../actor.ts";
import type { Context } from "../context.ts";
import { done } from "../handling/answer.ts";
import { checkJsonType } from "../handling/request.ts";
import { identityEntry } from "../identity/accounts.ts";
import type { IdentityNeeds } from "../identity/identity-needs.ts";
import { type Asked, isSameTag } from "./asked.ts";
import { discoveryRoutes } from "./discovery-routes.ts";
import { type Listed, type ListQuery, readList } from "./paging.ts";
import type { Rendered } from "./rendered.ts";
import {
  createGroup,
  findGroupResource,
  listGroupResources,
  patchGroup,
  removeGroup,
  replaceGroup,
} from "./scim-groups.ts";
import { scimProblem } from "./scim-problem.ts";
import { listReply, resourceReply, scimPath } from "./scim-reply.ts";
import { createUser, findUserResource, listUserResources, patchUser, removeUser, replaceUser } from "./scim-users.ts";
import { shownOf, type Wanted } from "./shown-attributes.ts";

/** What a kind of resource can do; the same for both. */
interface Resources {
  readonly endpoint: "/Users" | "/Groups";
  readonly kind: "User" | "DirectoryGroup";
  readonly noun: string;
  find(asked: Asked, wanted: Wanted): Promise<Result<Rendered>>;
  list(asked: Asked, query: ListQuery): Promise<Result<Listed>>;
  create(asked: Asked, body: JsonObject): Promise<Result<Rendered>>;
  replace(asked: Asked, body: JsonObject): Promise<Result<Rendered>>;
  patch(asked: Asked, body: JsonObject): Promise<Result<Rendered>>;
  remove(asked: Asked): Promise<Result<undefined>>;
}

const users: Resources = {
  endpoint: "/Users",
  kind: "User",
  noun: "a user",
  find: findUserResource,
  list: listUserResources,
  create: createUser,
  replace: replaceUser,
  patch: patchUser,
  remove: removeUser,
};

const groups: Resources = {
  endpoint: "/Groups",
  kind: "DirectoryGroup",
  noun: "a group",
  find: findGroupResource,
  list: listGroupResources,
  create: createGroup,
  replace: replaceGroup,
  patch: patchGroup,
  remove: removeGroup,
};

/** Accounts and groups as the hospital's directory keeps them. Source: RFC 7644. */
export function scimRoutes(needs: IdentityNeeds): readonly Route<Context>[] {
  return [...discoveryRoutes(), ...[users, groups].flatMap((each) => routesOf(needs, each)), ...notDone()];
}

type Handle = (asked: Asked, request: HttpRequest) => Promise<Result<HttpReply>>;

type Door = readonly [method: Route<Context>["method"], path: string, summary: string, handle: Handle];

function routesOf(needs: IdentityNeeds, each: Resources): readonly Route<Context>[] {
  const { endpoint, noun } = each;
  const one = `${endpoint}/:id`;
  const doors: readonly Door[] = [
    ["GET", endpoint, `Find ${noun} by a filter (SCIM)`, listing(each, inAddress)],
    ["POST", endpoint, `Add ${noun} (SCIM)`, creating(each)],
    ["POST", `${endpoint}/.search`, `Find ${noun}, asked in a body (SCIM)`, listing(each, bodyIn)],
    ["GET", one, `Read ${noun} (SCIM)`, reading(each)],
    ["PUT", one, `Replace ${noun} (SCIM)`, changing(each.replace)],
    ["PATCH", one, `Change ${noun} (SCIM)`, changing(each.patch)],
    ["DELETE", one, `Take ${noun} away (SCIM)`, removing(each)],
  ];
  return doors.map(([method, path, summary, handle]) => ({
    method,
    path: `${scimPath}${path}`,
    policy: "scim.write",
    summary,
    problems: "scim-error",
    handle: (request, { actor }) => handle(askedBy(needs, request, actor), request),
  }));
}

function askedBy(needs: IdentityNeeds, request: HttpRequest, by: Actor): Asked {
  const { origin, params, headers } = request;
  return { needs, by, base: `${origin}${scimPath}`, id: params.id ?? "", ifMatch: headers["if-match"] };
}

function listing({ list, kind }: Resources, queryOf: (request: HttpRequest) => Result<unknown>): Handle {
  return async (asked, request) => {
    const given = queryOf(request);
    if (!given.ok) return given;
    const query = readList(given.value);
    if (!query.ok) return query;
    const found = await list(asked, query.value);
    return found.ok ? noted(asked, { act: "search", entity: kind }, listReply(found.value)) : found;
  };
}

function inAddress({ query }: HttpRequest): Result<unknown> {
  return ok(Object.fromEntries(query));
}

function reading({ find, kind }: Resources): Handle {
  return async (asked, request) => {
    const wanted = wantedIn(request);
    const found = await find({ ...asked, ifMatch: undefined }, wanted);
    if (!found.ok) return found;
    const known = request.headers["if-none-match"];
    const { resource, etag } = found.value;
    const isKnown = known !== undefined && isSameTag(known, etag);
    const reply: HttpReply = isKnown
      ? { status: 304, headers: { etag } }
      : resourceReply({ resource: shownOf(resource, wanted), etag });
    return noted(asked, { act: "read", entity: `${kind}/${asked.id}` }, reply);
  };
}

function wantedIn({ query }: HttpRequest): Wanted {
  return {
    attributes: query.get("attributes") ?? undefined,
    excludedAttributes: query.get("excludedAttributes") ?? undefined,
  };
}

function creating({ create }: Resources): Handle {
  return async (asked, request) => {
    const body = bodyIn(request);
    if (!body.ok) return body;
    const made = await create(asked, body.value);
    return made.ok ? ok(resourceReply(made.value, 201)) : made;
  };
}

function changing(change: Resources["replace"]): Handle {
  return async (asked, request) => {
    const body = bodyIn(request);
    if (!body.ok) return body;
    const changed = await change(asked, body.value);
    if (!changed.ok) return changed;
    const { resource, etag } = changed.value;
    return ok(resourceReply({ resource: shownOf(resource, wantedIn(request)), etag }));
  };
}

function removing({ remove }: Resources): Handle {
  return async (asked) => {
    const removed = await remove(asked);
    return done(removed);
  };
}

function bodyIn({ body, headers }: HttpRequest): Result<JsonObject> {
  const typed = checkJsonType(headers);
  if (!typed.ok) return typed;
  try {
    const read: unknown = JSON.parse(Buffer.from(body).toString("utf8"));
    if (isJsonObject(read)) return ok(read);
  } catch {
    // Told below, together with what is JSON and no object.
  }
  return failed(scimProblem("invalidSyntax", "The body is not a JSON object."));
}

interface Look {
  readonly act: "read" | "search";
  readonly entity: string;
}

/** Durable before it is answered, as every look is. What was asked for names people, and is left out. */
async function noted({ needs, by }: Asked, { act, entity }: Look, reply: HttpReply): Promise<Result<HttpReply>> {
  const entry = identityEntry(needs, { act, actor: by, entities: [entity], query: "SCIM" });
  const written = await needs.record.transact({ operations: [], audit: [entry] });
  return written.ok ? ok(reply) : written;
}

/** What RFC 7644 has besides, and Corridor has not. */
function notDone(): readonly Route<Context>[] {
  const routes = [
    ["POST", "/Bulk", "Many changes at once (SCIM): not done, send them one by one"],
    ["GET", "/Me", "The account of the caller (SCIM): not done, a service account has none"],
  ] as const;
  return routes.map(([method, path, summary]) => ({
    method,
    path: `${scimPath}${path}`,
    policy: "scim.write",
    summary,
    problems: "scim-error",
    handle: async () => failed(unsupported("not-supported", `${summary}.`)),
  }));
}

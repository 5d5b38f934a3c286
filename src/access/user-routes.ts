import { type HttpReply, type HttpRequest, jsonReply, limits, ok, type Result, type Route } from "#kernel";
import { type AddedView, newUserBody, type UsersView, userChangeBody, usersQuery } from "./api.ts";
import type { Context } from "./context.ts";
import { placeInRecord, readBody, readCursor, readQuery, writeCursor } from "./handling/request.ts";
import type { IdentityNeeds } from "./identity/identity-needs.ts";
import { lastSignIns, listUsers } from "./identity/user-list.ts";
import { type AddedUser, addUser, changeUser } from "./identity/users.ts";
import { userView } from "./views.ts";

export function userRoutes(needs: IdentityNeeds): readonly Route<Context>[] {
  return [
    {
      method: "GET",
      path: "/api/access/users",
      policy: "users.manage",
      summary: "The accounts, newest changed first",
      handle: (request, context) => handleList(needs, request, context),
    },
    {
      method: "POST",
      path: "/api/access/users",
      policy: "users.manage",
      summary: "Add an account; answers with the one-time link to set its password",
      handle: async (request, { actor }) => {
        const body = readBody(newUserBody, request);
        if (!body.ok) return body;
        return addedReply(needs, request, await addUser(needs, body.value, actor), 201);
      },
    },
    {
      method: "PATCH",
      path: "/api/access/users/:id",
      policy: "users.manage",
      summary:
        "Change an account's name, roles or place of work, open or close it, unlock it, leave it to the directory, or make a new one-time link",
      handle: async (request, { actor }) => {
        const body = readBody(userChangeBody, request);
        if (!body.ok) return body;
        const change = { ...body.value, id: request.params.id ?? "" };
        return addedReply(needs, request, await changeUser(needs, change, actor), 200);
      },
    },
  ];
}

async function handleList(needs: IdentityNeeds, request: HttpRequest, { actor }: Context): Promise<Result<HttpReply>> {
  const query = readQuery(usersQuery, request);
  if (!query.ok) return query;
  const { count = limits.pageSizeDefault, cursor, ...wanted } = query.value;
  const after = readCursor(cursor, placeInRecord);
  if (!after.ok) return after;
  const page = await listUsers(needs, { ...wanted, limit: count, after: after.value }, actor);
  if (!page.ok) return page;
  const last = await lastSignIns(needs, page.value.users);
  if (!last.ok) return last;
  const view: UsersView = {
    users: page.value.users.map((user) => userView(user, needs.clock, last.value.get(user.id))),
    ...(page.value.next === undefined ? {} : { next: writeCursor(page.value.next) }),
  };
  return ok(jsonReply(view));
}

function addedReply(
  needs: IdentityNeeds,
  request: HttpRequest,
  result: Result<AddedUser>,
  status: number,
): Result<HttpReply> {
  if (!result.ok) return result;
  const { user, linkPath } = result.value;
  const link = linkPath === undefined ? {} : { link: request.origin + linkPath };
  const view: AddedView = { user: userView(user, needs.clock), ...link };
  return ok(jsonReply(view, status));
}

import { failed, type HttpReply, type HttpRequest, jsonReply, notFound, ok, type Result, type Route } from "#kernel";
import { accountRoutes } from "./account/account-routes.ts";
import { factorRoutes } from "./account/factor-routes.ts";
import { ownSessionRoutes } from "./account/own-session-routes.ts";
import { personRoutes } from "./account/person-routes.ts";
import { whereaboutsIn } from "./account/request-whereabouts.ts";
import { secondStepRoutes } from "./account/second-step-routes.ts";
import { signInReply } from "./account/sign-in-reply.ts";
import { passwordBody, signInBody } from "./api.ts";
import type { Context } from "./context.ts";
import { readBody } from "./handling/request.ts";
import { endedCookie, isSecure, sessionToken } from "./identity/cookie.ts";
import { checkCrossSite } from "./identity/cross-site.ts";
import type { IdentityNeeds } from "./identity/identity-needs.ts";
import { ownerOf } from "./identity/own-session.ts";
import { changePassword, setPasswordByLink } from "./identity/set-password.ts";
import { signIn } from "./identity/sign-in.ts";
import { signOut } from "./identity/sign-out.ts";
import { noticeRoutes } from "./notices/notice-routes.ts";
import { roleMeaning } from "./role-meaning.ts";
import { isRoleName, roleNames } from "./roles/index.ts";
import { userRoutes } from "./user-routes.ts";
import { meView, roleView } from "./views.ts";

export function accessRoutes(needs: IdentityNeeds): readonly Route<Context>[] {
  return [
    {
      method: "POST",
      path: "/api/access/sign-in",
      policy: "public",
      guesses: true,
      summary:
        "Sign in with a user name and a password; the session comes as a cookie, or the second factor is asked for",
      handle: (request) => handleSignIn(needs, request),
    },
    {
      method: "POST",
      path: "/api/access/sign-out",
      policy: "public",
      summary: "End the session of the cookie",
      handle: (request) => handleSignOut(needs, request),
    },
    {
      method: "GET",
      path: "/api/access/me",
      policy: "account",
      summary: "Who is signed in, with their roles, permissions and pages",
      handle: async (_request, { actor }) => ok(jsonReply(meView(actor, needs.hospitalTime))),
    },
    {
      method: "POST",
      path: "/api/access/password",
      policy: "public",
      guesses: true,
      summary: "Set a password by a one-time link, or by the old password; ends all other sessions of the account",
      handle: (request, context) => handlePassword(needs, request, context),
    },
    {
      method: "GET",
      path: "/api/access/roles",
      policy: "signed-in",
      summary: "The roles there are, and what each is for",
      handle: async () => ok(jsonReply(roleNames.map(roleView))),
    },
    {
      method: "GET",
      path: "/api/access/roles/:name",
      policy: "signed-in",
      summary: "What a role may do, in plain words",
      handle: async ({ params: { name = "" } }) =>
        isRoleName(name)
          ? ok(jsonReply(roleMeaning(name)))
          : failed(notFound("not-found", `There is no role ${name}.`)),
    },
    ...secondStepRoutes(needs),
    ...accountRoutes(needs),
    ...factorRoutes(needs),
    ...ownSessionRoutes(needs),
    ...noticeRoutes(needs),
    ...userRoutes(needs),
    ...personRoutes(needs),
  ];
}

async function handleSignIn(needs: IdentityNeeds, request: HttpRequest): Promise<Result<HttpReply>> {
  // A page of another site must not sign a browser in either, under an account of its own.
  const ours = checkCrossSite(request);
  if (!ours.ok) return ours;
  const body = readBody(signInBody, request);
  if (!body.ok) return body;
  return signInReply(needs, request, await signIn(needs, { ...body.value, ...whereaboutsIn(request) }));
}

async function handleSignOut(needs: IdentityNeeds, request: HttpRequest): Promise<Result<HttpReply>> {
  // Nor may it sign one out, by leading the browser here without its cookie and having that taken away.
  const ours = checkCrossSite(request);
  if (!ours.ok) return ours;
  const token = sessionToken(request);
  const ended = token === undefined ? ok(undefined) : await signOut(needs, token, request.remoteAddress);
  if (!ended.ok) return ended;
  return ok({ status: 204, headers: { "set-cookie": endedCookie(isSecure(request.origin)) } });
}

async function handlePassword(
  needs: IdentityNeeds,
  request: HttpRequest,
  { actor }: Context,
): Promise<Result<HttpReply>> {
  const ours = checkCrossSite(request);
  if (!ours.ok) return ours;
  const body = readBody(passwordBody, request);
  if (!body.ok) return body;
  const where = whereaboutsIn(request);
  if ("link" in body.value) {
    return signInReply(needs, request, await setPasswordByLink(needs, { ...body.value, ...where }));
  }
  const owner = await ownerOf(needs, request, actor);
  if (!owner.ok) return owner;
  const { user, session } = owner.value;
  const change = { ...body.value, ...where, userId: user.id, method: session.method ?? "password" };
  return signInReply(needs, request, await changePassword(needs, change));
}

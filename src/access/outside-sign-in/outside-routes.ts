import {
  failed,
  forbidden,
  type HttpReply,
  type HttpRequest,
  jsonReply,
  notFound,
  ok,
  type Result,
  type Route,
} from "#kernel";
import { whereaboutsIn } from "../account/request-whereabouts.ts";
import { signInReply } from "../account/sign-in-reply.ts";
import { type OutsideBeginView, type OutsideView, outsideFinishBody } from "../api.ts";
import type { Context } from "../context.ts";
import { done } from "../handling/answer.ts";
import { readBody } from "../handling/request.ts";
import { userUpdate } from "../identity/accounts.ts";
import { isSecure } from "../identity/cookie.ts";
import { checkCrossSite } from "../identity/cross-site.ts";
import type { IdentityNeeds } from "../identity/identity-needs.ts";
import { provenOwner } from "../identity/own-session.ts";
import { withSources } from "../identity/role-sources.ts";
import { endOutsideSessions } from "./back-channel.ts";
import { finishOutside } from "./finish-outside.ts";
import { OutsideProvider } from "./outside-provider.ts";
import { endedTicketCookie, outsidePath, ticketCookie, ticketIn } from "./outside-ticket.ts";

/** The page of the web app that the provider sends the browser back to. */
const returnPath = "/sign-in/outside";

/** Signing in through the hospital's own provider; without one, only that there is none. */
export function outsideRoutes(needs: IdentityNeeds, provider: OutsideProvider | undefined): readonly Route<Context>[] {
  const about: Route<Context> = {
    method: "GET",
    path: outsidePath,
    policy: "public",
    summary: "Whether people may sign in through the hospital's own provider, and what it is called",
    handle: async () => {
      const view: OutsideView = provider === undefined ? {} : { name: provider.settings.name };
      return ok(jsonReply(view));
    },
  };
  return provider === undefined ? [about] : [about, ...signInRoutes(needs, provider), ...linkRoutes(needs, provider)];
}

function signInRoutes(needs: IdentityNeeds, provider: OutsideProvider): readonly Route<Context>[] {
  return [
    {
      method: "POST",
      path: `${outsidePath}/begin`,
      policy: "public",
      summary: "Begin to sign in through the hospital's provider: where the browser goes",
      handle: async (request) => {
        const ours = checkCrossSite(request);
        return ours.ok ? begin(needs, provider, { request }) : ours;
      },
    },
    {
      method: "POST",
      path: `${outsidePath}/finish`,
      policy: "public",
      summary: "Finish it with the provider's answer; the session comes as a cookie, or the second factor is asked for",
      handle: (request) => handleFinish(needs, provider, request),
    },
    {
      method: "POST",
      path: `${outsidePath}/logout`,
      policy: "public",
      summary: "The provider ends sessions that were opened through it (OpenID Connect back-channel logout)",
      handle: (request) => handleLogout(needs, provider, request),
    },
  ];
}

function linkRoutes(needs: IdentityNeeds, provider: OutsideProvider): readonly Route<Context>[] {
  return [
    {
      method: "POST",
      path: `${outsidePath}/link`,
      policy: "account",
      summary: "Begin to link one's account to that of the hospital's provider",
      handle: async (request, { actor }) => {
        const owner = await provenOwner(needs, request, actor);
        return owner.ok ? begin(needs, provider, { request, userId: owner.value.user.id }) : owner;
      },
    },
    {
      method: "DELETE",
      path: `${outsidePath}/link`,
      policy: "account",
      summary: "Undo the link: the account is no longer opened through the hospital's provider",
      handle: (request, context) => handleUnlink(needs, request, context),
    },
  ];
}

interface Begun {
  readonly request: HttpRequest;
  readonly userId?: string;
}

async function begin(
  needs: IdentityNeeds,
  provider: OutsideProvider,
  { request, userId }: Begun,
): Promise<Result<HttpReply>> {
  const checks = OutsideProvider.newChecks(`${request.origin}${returnPath}`);
  const address = await provider.addressFor(checks);
  if (!address.ok) return address;
  const given = { ...checks, ...(userId === undefined ? {} : { userId }) };
  const view: OutsideBeginView = { address: address.value };
  return ok(withCookie(jsonReply(view), ticketCookie(needs, given, isSecure(request.origin))));
}

async function handleFinish(
  needs: IdentityNeeds,
  provider: OutsideProvider,
  request: HttpRequest,
): Promise<Result<HttpReply>> {
  const ours = checkCrossSite(request);
  if (!ours.ok) return ours;
  const body = readBody(outsideFinishBody, request);
  if (!body.ok) return body;
  const ticket = ticketIn(needs, request.headers.cookie);
  const finished = await finishOutside(needs, provider, { ...body.value, ticket, ...whereaboutsIn(request) });
  const reply = signInReply(needs, request, finished);
  return reply.ok ? ok(withCookie(reply.value, endedTicketCookie(isSecure(request.origin)))) : reply;
}

/** Besides the cookies that the reply has. */
function withCookie(reply: HttpReply, cookie: string): HttpReply {
  const before = reply.headers?.["set-cookie"] ?? [];
  return { ...reply, headers: { ...reply.headers, "set-cookie": [before, cookie].flat() } };
}

/** The provider itself asks, without a browser: its signature is what lets it. */
async function handleLogout(
  needs: IdentityNeeds,
  provider: OutsideProvider,
  { body, remoteAddress }: HttpRequest,
): Promise<Result<HttpReply>> {
  const token = new URLSearchParams(Buffer.from(body).toString("utf8")).get("logout_token") ?? "";
  const ended = await endOutsideSessions(needs, provider, { token, remoteAddress });
  return ended.ok ? ok({ status: 200, headers: { "cache-control": "no-store" } }) : ended;
}

const onlyWayIn = forbidden(
  "outside-only-way",
  "Your account has no password: without the link you could not sign in. Ask a system administrator for a link to set one.",
);

async function handleUnlink(
  needs: IdentityNeeds,
  request: HttpRequest,
  { actor }: Context,
): Promise<Result<HttpReply>> {
  const owner = await provenOwner(needs, request, actor);
  if (!owner.ok) return owner;
  const { user } = owner.value;
  if (user.outside === undefined) return failed(notFound("not-found", "Your account is not linked."));
  if (user.passwordHash === undefined) return failed(onlyWayIn);
  const { roles, givenRoles } = withSources(user, { outside: undefined });
  const written = await needs.accountsFor(actor).transact({
    operations: [userUpdate(user, { roles, givenRoles, outside: undefined })],
  });
  needs.trusted.forgetUser(user.id);
  return done(written);
}

import { failed, type HttpReply, type HttpRequest, jsonReply, notFound, ok, type Result, type Route } from "#kernel";
import type { Actor } from "../actor.ts";
import { type PersonSignInView, resetBody } from "../api.ts";
import type { Context } from "../context.ts";
import { done } from "../handling/answer.ts";
import { readBody } from "../handling/request.ts";
import { readUser } from "../identity/accounts.ts";
import type { IdentityNeeds } from "../identity/identity-needs.ts";
import type { StoredSession } from "../identity/session.ts";
import { endSessions, openSessions } from "../identity/sessions.ts";
import type { StoredUser } from "../identity/user.ts";
import { resetSecondFactors } from "../second-factor/reset.ts";
import { readSecondFactors } from "../second-factor/second-factors.ts";
import { factorsView, sessionView } from "./account-views.ts";

/** What an administrator sees and does of how somebody else signs in. */
export function personRoutes(needs: IdentityNeeds): readonly Route<Context>[] {
  const policy = "users.manage";
  return [
    {
      method: "GET",
      path: "/api/access/users/:id/sign-in",
      policy,
      summary: "What a person signs in with, and where they are signed in",
      handle: (request, { actor }) => handleLook(needs, request, actor),
    },
    {
      method: "DELETE",
      path: "/api/access/users/:id/sessions",
      policy,
      summary: "End all sessions of a person",
      handle: (request, { actor }) => handleEnd(needs, { request, actor, ends: () => true }),
    },
    {
      method: "DELETE",
      path: "/api/access/users/:id/sessions/:session",
      policy,
      summary: "End one session of a person",
      handle: (request, { actor }) =>
        handleEnd(needs, { request, actor, ends: ({ id }) => id === request.params.session }),
    },
    {
      method: "POST",
      path: "/api/access/users/:id/second-factor-reset",
      policy,
      summary: "Take away the second factors of a person who lost them, with a reason",
      handle: (request, { actor }) => handleReset(needs, request, actor),
    },
  ];
}

async function personOf(needs: IdentityNeeds, { params }: HttpRequest, actor: Actor): Promise<Result<StoredUser>> {
  const user = await readUser(needs.accountsFor(actor), params.id ?? "");
  if (!user.ok) return user;
  return user.value === undefined ? failed(notFound("not-found", "There is no such user.")) : ok(user.value);
}

async function handleLook(needs: IdentityNeeds, request: HttpRequest, actor: Actor): Promise<Result<HttpReply>> {
  const person = await personOf(needs, request, actor);
  if (!person.ok) return person;
  const record = needs.accountsFor(actor);
  const factors = await readSecondFactors(record, person.value.id);
  if (!factors.ok) return factors;
  const sessions = await openSessions({ record, clock: needs.clock }, person.value);
  if (!sessions.ok) return sessions;
  const view: PersonSignInView = {
    ...factorsView(factors.value),
    sessions: sessions.value.map((each) => sessionView(each, undefined)),
  };
  return ok(jsonReply(view));
}

interface Ending {
  readonly request: HttpRequest;
  readonly actor: Actor;
  ends(session: StoredSession): boolean;
}

async function handleEnd(needs: IdentityNeeds, { request, actor, ends }: Ending): Promise<Result<HttpReply>> {
  const person = await personOf(needs, request, actor);
  if (!person.ok) return person;
  const ended = await endSessions(needs, { user: person.value, ends }, actor);
  return done(ended);
}

async function handleReset(needs: IdentityNeeds, request: HttpRequest, actor: Actor): Promise<Result<HttpReply>> {
  const body = readBody(resetBody, request);
  if (!body.ok) return body;
  const reset = await resetSecondFactors(needs, { userId: request.params.id ?? "", reason: body.value.reason }, actor);
  return done(reset);
}

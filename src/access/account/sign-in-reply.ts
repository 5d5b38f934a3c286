import { type HttpReply, type HttpRequest, jsonReply, ok, type Result } from "#kernel";
import { settingUpActor } from "../actor.ts";
import type { SecondStepView } from "../api.ts";
import type { SignedIn } from "../identity/begin-session.ts";
import { isSecure, sessionCookie } from "../identity/cookie.ts";
import type { IdentityNeeds } from "../identity/identity-needs.ts";
import { isTwoFactor } from "../identity/session.ts";
import { needsSecondFactor, userActor } from "../identity/user.ts";
import type { SecondStep } from "../second-factor/ask-for-second-factor.ts";
import { meView } from "../views.ts";

/** Who is signed in, with the cookie of the session; or, with 202, what the sign-in still needs. */
export function signInReply(
  needs: IdentityNeeds,
  request: HttpRequest,
  result: Result<SignedIn | SecondStep>,
): Result<HttpReply> {
  if (!result.ok) return result;
  if ("ticket" in result.value) {
    const view: SecondStepView = { next: "second-factor", ...result.value };
    return ok(jsonReply(view, 202));
  }
  const { user, method } = result.value;
  const person = userActor(user);
  const mustSetUp = !isTwoFactor({ method }) && needsSecondFactor(user, needs.secondFactorRoles);
  const reply = jsonReply(meView(mustSetUp ? settingUpActor(person) : person, needs.hospitalTime));
  return ok(withSession(request, reply, result.value));
}

/** The reply with the cookie of a session that has just begun. */
export function withSession(request: HttpRequest, reply: HttpReply, { token }: SignedIn): HttpReply {
  return { ...reply, headers: { ...reply.headers, "set-cookie": sessionCookie(token, isSecure(request.origin)) } };
}

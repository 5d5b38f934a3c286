import { type HttpReply, type HttpRequest, jsonReply, ok, type Result, type Route } from "#kernel";
import { type PasskeyOfferView, passkeySignInBody, type SecondStepBody, secondStepBody } from "../api.ts";
import type { Context } from "../context.ts";
import { readBody } from "../handling/request.ts";
import { checkCrossSite } from "../identity/cross-site.ts";
import type { IdentityNeeds } from "../identity/identity-needs.ts";
import type { SecondAnswer } from "../second-factor/check-answer.ts";
import { finishSignIn } from "../second-factor/finish-sign-in.ts";
import { offerPasskeySignIn, signInByPasskey } from "../second-factor/passkey-sign-in.ts";
import { whereaboutsIn } from "./request-whereabouts.ts";
import { signInReply } from "./sign-in-reply.ts";

export function secondStepRoutes(needs: IdentityNeeds): readonly Route<Context>[] {
  return [
    {
      method: "POST",
      path: "/api/access/sign-in/second",
      policy: "public",
      guesses: true,
      summary: "The second step of a sign-in: a code, a recovery code or a passkey; the session comes as a cookie",
      handle: (request) => handleSecond(needs, request),
    },
    {
      method: "POST",
      path: "/api/access/sign-in/passkey/offer",
      policy: "public",
      summary: "What the browser needs for signing in by a passkey alone",
      handle: async (request) => {
        const ours = checkCrossSite(request);
        if (!ours.ok) return ours;
        const view: PasskeyOfferView = await offerPasskeySignIn(needs, request.origin);
        return ok(jsonReply(view));
      },
    },
    {
      method: "POST",
      path: "/api/access/sign-in/passkey",
      policy: "public",
      guesses: true,
      summary: "Sign in by a passkey that asks for a finger, a face or a PIN; the session comes as a cookie",
      handle: (request) => handlePasskey(needs, request),
    },
  ];
}

async function handleSecond(needs: IdentityNeeds, request: HttpRequest): Promise<Result<HttpReply>> {
  const ours = checkCrossSite(request);
  if (!ours.ok) return ours;
  const body = readBody(secondStepBody, request);
  if (!body.ok) return body;
  const { ticket } = body.value;
  const given = { ticket, answer: answerIn(body.value), ...whereaboutsIn(request) };
  return signInReply(needs, request, await finishSignIn(needs, given));
}

function answerIn(body: SecondStepBody): SecondAnswer {
  if ("code" in body) return { is: "code", code: body.code };
  if ("recoveryCode" in body) return { is: "recovery-code", recoveryCode: body.recoveryCode };
  return { is: "passkey", passkey: body.passkey };
}

async function handlePasskey(needs: IdentityNeeds, request: HttpRequest): Promise<Result<HttpReply>> {
  const ours = checkCrossSite(request);
  if (!ours.ok) return ours;
  const body = readBody(passkeySignInBody, request);
  if (!body.ok) return body;
  return signInReply(needs, request, await signInByPasskey(needs, { ...body.value, ...whereaboutsIn(request) }));
}

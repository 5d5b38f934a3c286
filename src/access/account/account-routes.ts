import { type HttpReply, type HttpRequest, jsonReply, ok, type Result, type Route } from "#kernel";
import { proofBody } from "../api.ts";
import type { Context } from "../context.ts";
import { done } from "../handling/answer.ts";
import { readBody } from "../handling/request.ts";
import type { IdentityNeeds } from "../identity/identity-needs.ts";
import { ownerOf, proveOwner } from "../identity/own-session.ts";
import { readSecondFactors } from "../second-factor/second-factors.ts";
import { accountView } from "./account-views.ts";

export function accountRoutes(needs: IdentityNeeds): readonly Route<Context>[] {
  return [
    {
      method: "GET",
      path: "/api/access/account",
      policy: "account",
      summary: "One's own account, and what one can sign in with",
      handle: (request, context) => handleAccount(needs, request, context),
    },
    {
      method: "POST",
      path: "/api/access/account/proof",
      policy: "account",
      guesses: true,
      summary: "Give the password again, before changing how one signs in",
      handle: (request, context) => handleProof(needs, request, context),
    },
  ];
}

async function handleAccount(
  needs: IdentityNeeds,
  request: HttpRequest,
  { actor }: Context,
): Promise<Result<HttpReply>> {
  const owner = await ownerOf(needs, request, actor);
  if (!owner.ok) return owner;
  const { user } = owner.value;
  const factors = await readSecondFactors(needs.record, user.id);
  return factors.ok ? ok(jsonReply(accountView(needs, user, factors.value))) : factors;
}

async function handleProof(needs: IdentityNeeds, request: HttpRequest, { actor }: Context): Promise<Result<HttpReply>> {
  const body = readBody(proofBody, request);
  if (!body.ok) return body;
  const owner = await ownerOf(needs, request, actor);
  if (!owner.ok) return owner;
  const proved = await proveOwner(needs, owner.value, body.value.password);
  return done(proved);
}

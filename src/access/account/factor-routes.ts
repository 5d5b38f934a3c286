import type { z } from "zod";
import { type HttpReply, type HttpRequest, jsonReply, ok, type Result, type Route } from "#kernel";
import { newPasskeyBody, type SetUpView, totpConfirmBody } from "../api.ts";
import type { Context } from "../context.ts";
import { done } from "../handling/answer.ts";
import { readBody } from "../handling/request.ts";
import type { IdentityNeeds } from "../identity/identity-needs.ts";
import { type Owner, provenOwner } from "../identity/own-session.ts";
import { removePasskey, removeTotp, renewRecoveryCodes } from "../second-factor/change-factors.ts";
import type { SetUp } from "../second-factor/set-up.ts";
import { keepPasskey, offerPasskey } from "../second-factor/set-up-passkey.ts";
import { confirmTotp, offerTotp } from "../second-factor/set-up-totp.ts";
import { withSession } from "./sign-in-reply.ts";

interface FactorRoute {
  readonly method: "POST" | "DELETE";
  readonly path: string;
  readonly summary: string;
  act(needs: IdentityNeeds, owner: Owner): Promise<Result<HttpReply>>;
}

const table: readonly FactorRoute[] = [
  {
    method: "POST",
    path: "/api/access/account/totp",
    summary: "A secret for an authenticator app, to be confirmed by a code",
    act: async (needs, owner) => ok(jsonReply(offerTotp(needs, owner))),
  },
  {
    method: "POST",
    path: "/api/access/account/totp/confirm",
    summary: "Set the authenticator app up, by a code of it; answers with recovery codes the first time",
    act: setsUp(totpConfirmBody, confirmTotp),
  },
  {
    method: "DELETE",
    path: "/api/access/account/totp",
    summary: "Remove the authenticator app",
    act: async (needs, owner) => done(await removeTotp(needs, owner)),
  },
  {
    method: "POST",
    path: "/api/access/account/passkeys/offer",
    summary: "What the browser needs for making a passkey",
    act: async (needs, owner) => {
      const offer = await offerPasskey(needs, owner);
      return offer.ok ? ok(jsonReply(offer.value)) : offer;
    },
  },
  {
    method: "POST",
    path: "/api/access/account/passkeys",
    summary: "Keep a passkey under a name; answers with recovery codes the first time",
    act: setsUp(newPasskeyBody, keepPasskey),
  },
  {
    method: "DELETE",
    path: "/api/access/account/passkeys/:passkey",
    summary: "Remove a passkey",
    act: async (needs, owner) => done(await removePasskey(needs, owner, owner.request.params.passkey ?? "")),
  },
  {
    method: "POST",
    path: "/api/access/account/recovery-codes",
    summary: "New recovery codes in the place of the old ones",
    act: async (needs, owner) => {
      const codes = await renewRecoveryCodes(needs, owner);
      const view = (recoveryCodes: readonly string[]): SetUpView => ({ recoveryCodes });
      return codes.ok ? ok(jsonReply(view(codes.value))) : codes;
    },
  },
];

/** What changes how somebody signs in: for the owner alone, who has lately shown that it is them. */
export function factorRoutes(needs: IdentityNeeds): readonly Route<Context>[] {
  return table.map(({ act, ...route }) => ({
    ...route,
    policy: "account",
    handle: async (request: HttpRequest, { actor }: Context) => {
      const owner = await provenOwner(needs, request, actor);
      return owner.ok ? act(needs, owner.value) : owner;
    },
  }));
}

/** What takes a JSON body and sets a factor up by it. */
function setsUp<T>(
  schema: z.ZodType<T>,
  setUp: (needs: IdentityNeeds, owner: Owner, body: T) => Promise<Result<SetUp>>,
): FactorRoute["act"] {
  return async (needs, owner) => {
    const body = readBody(schema, owner.request);
    return body.ok ? setUpReply(owner, await setUp(needs, owner, body.value)) : body;
  };
}

function setUpReply({ request }: Owner, result: Result<SetUp>): Result<HttpReply> {
  if (!result.ok) return result;
  const { recoveryCodes, signedIn } = result.value;
  const view: SetUpView = recoveryCodes === undefined ? {} : { recoveryCodes };
  const reply = jsonReply(view);
  return ok(signedIn === undefined ? reply : withSession(request, reply, signedIn));
}

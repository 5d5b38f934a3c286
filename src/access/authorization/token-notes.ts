import type { KoaContextWithOIDC } from "oidc-provider";
import { limits } from "#kernel";
import type { Actor } from "../actor.ts";
import { anonymousActor } from "../actor.ts";
import { identityEntry } from "../identity/accounts.ts";
import type { Application } from "./application.ts";
import type { AuthorizationNeeds } from "./authorization-needs.ts";

interface Answered {
  readonly ctx: KoaContextWithOIDC;
  readonly body: Record<string, unknown>;
}

/** Notes in the audit log, before it is answered, that a token was given, or was not and why. */
export async function noteTokenAnswer(needs: AuthorizationNeeds, { ctx, body }: Answered): Promise<void> {
  const { client, entities, params } = ctx.oidc;
  const givenId = entities.AccessToken?.grantId ?? entities.Grant?.jti;
  const userId = entities.AccessToken?.accountId ?? entities.Grant?.accountId;
  const remoteAddress = ctx.req.socket.remoteAddress ?? "";
  const actor =
    client === undefined
      ? anonymousActor(remoteAddress)
      : { ...applicationActor({ id: client.clientId, name: client.clientName ?? "" }), remoteAddress };
  const concerned = [
    ...(client === undefined ? [] : [`Application/${client.clientId}`]),
    ...(givenId === undefined ? [] : [`GivenAccess/${givenId}`]),
    ...(userId === undefined ? [] : [`User/${userId}`]),
  ];
  const asked = `${String(params?.grant_type ?? "")} ${String(body.scope ?? params?.scope ?? "")}`.trim();
  const entry = identityEntry(needs, {
    act: "token-issue",
    actor,
    entities: concerned,
    query: asked.slice(0, limits.scopeSearchCharactersMax),
    ...(ctx.status === 200 ? {} : { problem: String(body.error ?? "refused") }),
  });
  const written = await needs.record.transact({ operations: [], audit: [entry] });
  if (!written.ok) throw new Error(written.problems[0].message);
}

/** An application that acts by itself: for the audit, or with the permissions of its scopes. */
export function applicationActor({ id, name }: Pick<Application, "name"> & { readonly id: string }): Actor {
  return {
    reference: `Application/${id}`,
    display: `Application ${name}`,
    roles: [],
    permissions: new Set(),
    purpose: "HOPERAT",
    via: "token",
  };
}

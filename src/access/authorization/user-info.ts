import { failed, forbidden, type HttpReply, type HttpRequest, jsonReply, ok, type Result, type Route } from "#kernel";
import type { Context } from "../context.ts";
import { storedBy } from "../identity/document-schema.ts";
import { secretHash } from "../identity/secret.ts";
import type { AuthorizationNeeds } from "./authorization-needs.ts";
import { givenAccessKind, givenAccessSchema } from "./given-access.ts";
import { issuedItemKind, issuedItemSchema } from "./issued-item.ts";
import type { ProviderHolder } from "./provider.ts";
import { accountClaims } from "./provider-configuration.ts";
import { userInfoPath } from "./user-info-path.ts";

/**
 * Who let an application in, as far as they said that it may know: the same as the id token says. Tokens are for the FHIR door
 * as well, which is why the provider's own such door would take none of them. Source: OpenID Connect Core 1.0 §5.3.
 */
export function userInfoRoutes(needs: AuthorizationNeeds, holder: ProviderHolder): readonly Route<Context>[] {
  const methods = ["GET", "POST"] as const;
  return methods.map((method) => ({
    method,
    path: userInfoPath,
    policy: "signed-in",
    summary: "Who let an application in, for the application",
    handle: (request: HttpRequest) => answerUserInfo(needs, holder, request),
  }));
}

async function answerUserInfo(
  needs: AuthorizationNeeds,
  { resource }: ProviderHolder,
  { headers }: HttpRequest,
): Promise<Result<HttpReply>> {
  const token = /^Bearer +(\S+) *$/i.exec(headers.authorization ?? "")?.[1];
  if (token === undefined || resource === undefined) return failed(notOpenId);
  const issued = await needs.record.readMany([{ kind: issuedItemKind.kind, id: secretHash(token) }]);
  if (!issued.ok) return issued;
  const [item] = issued.value;
  const id = item && storedBy(issuedItemSchema, item).givenAccessId;
  if (id === undefined) return failed(notOpenId);
  const read = await needs.record.readMany([{ kind: givenAccessKind.kind, id }]);
  if (!read.ok) return read;
  const [version] = read.value;
  const given = version && storedBy(givenAccessSchema, version);
  const scopes = given?.identityScopes.split(" ") ?? [];
  if (given === undefined || !scopes.includes("openid")) return failed(notOpenId);
  const claims = await accountClaims(needs, given.userId, resource);
  if (claims === undefined) return failed(notOpenId);
  const { sub, name, fhirUser } = claims;
  return ok(
    jsonReply({
      sub,
      ...(scopes.includes("profile") ? { name } : {}),
      ...(scopes.includes("fhirUser") && fhirUser !== undefined ? { fhirUser } : {}),
    }),
  );
}

const notOpenId = forbidden("insufficient-scope", "The token was not given for openid.");

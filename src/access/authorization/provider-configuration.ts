import {
  type Account,
  type Adapter,
  type Configuration,
  errors,
  interactionPolicy,
  type JWK,
  type KoaContextWithOIDC,
} from "oidc-provider";
import { limits } from "#kernel";
import { parseBody } from "#record";
import { type User, userKind } from "../identity/user.ts";
import type { AuthorizationNeeds } from "./authorization-needs.ts";
import { clientAdapter, readApplication } from "./client-adapter.ts";
import { grantAdapter } from "./grant-adapter.ts";
import { itemAdapter } from "./item-adapter.ts";
import { grantableScopes, identityScopes } from "./scope-request.ts";
import { cookieKey } from "./signing-keys.ts";

export interface ProviderOrder {
  readonly keys: readonly JWK[];
  /** The address of the FHIR door, which is what tokens are for. */
  readonly resource: string;
}

/** The page on which a person says what an application may do, and the one that says why nothing can be asked. */
export const requestPage = "/authorize";
const failurePage = "/authorize/failed";

export const cookieNames = {
  session: "corridor_provider",
  interaction: "corridor_request",
  resume: "corridor_resume",
} as const;

const seconds = (ms: number) => Math.floor(ms / 1_000);

/** What of OAuth and OpenID Connect there is, and nothing beside it. Source: SMART App Launch 2.2 §2 and §4. */
export function providerConfiguration(needs: AuthorizationNeeds, order: ProviderOrder): Configuration {
  return {
    adapter: (model) => adapterOf(needs, model),
    jwks: { keys: [...order.keys] },
    cookies: { keys: [cookieKey(needs)], names: cookieNames, long: { path: "/auth" } },
    routes: {
      authorization: "/auth/authorize",
      token: "/auth/token",
      revocation: "/auth/revoke",
      introspection: "/auth/introspect",
      jwks: "/auth/jwks",
    },
    scopes: [...identityScopes],
    claims: { openid: ["sub"], profile: ["name"], fhirUser: ["fhirUser"] },
    conformIdTokenClaims: false,
    responseTypes: ["code"],
    clientAuthMethods: ["none", "client_secret_basic", "private_key_jwt"],
    enabledJWA: {
      clientAuthSigningAlgValues: ["RS384", "ES384", "RS256", "ES256"],
      idTokenSigningAlgValues: ["RS256"],
    },
    pkce: { required: () => true },
    extraParams: { aud: checkAudience(order.resource), launch: null },
    clientBasedCORS: () => true,
    assertJwtClientAuthClaimsAndHeader: async (_ctx, claims) => checkAssertion(needs, claims),
    features: featuresOf(needs, order),
    interactions: { policy: askEachTime(), url: async (_ctx, { uid }) => `${requestPage}/${uid}` },
    findAccount: (_ctx, id) => accountOf(needs, id, order),
    loadExistingGrant: async (ctx) => {
      const id = ctx.oidc.result?.consent?.grantId;
      return id === undefined ? undefined : ctx.oidc.provider.Grant.find(id);
    },
    issueRefreshToken: async (_ctx, client, { scopes }) =>
      client.grantTypeAllowed("refresh_token") && (scopes.has("offline_access") || scopes.has("online_access")),
    rotateRefreshToken: () => true,
    expiresWithSession: () => false,
    ttl: lives,
    renderError: async (ctx, { error }) => {
      ctx.redirect(`${failurePage}?${new URLSearchParams({ error })}`);
    },
    fetch: fetchKeys(needs),
  };
}

const lives: Configuration["ttl"] = {
  AccessToken: seconds(limits.applicationTokenMs),
  AuthorizationCode: seconds(limits.authorizationCodeMs),
  ClientCredentials: seconds(limits.backendTokenMs),
  Grant: seconds(limits.offlineAccessMs),
  IdToken: seconds(limits.applicationTokenMs),
  Interaction: seconds(limits.applicationRequestMs),
  RefreshToken: (_ctx, { scope = "" }) =>
    seconds(scope.split(" ").includes("offline_access") ? limits.offlineAccessMs : limits.onlineAccessMs),
  Session: seconds(limits.applicationRequestMs),
};

function featuresOf(needs: AuthorizationNeeds, { resource }: ProviderOrder): Configuration["features"] {
  return {
    devInteractions: { enabled: false },
    userinfo: { enabled: false },
    rpInitiatedLogout: { enabled: false },
    dPoP: { enabled: false },
    pushedAuthorizationRequests: { enabled: false },
    clientCredentials: { enabled: true },
    revocation: { enabled: true },
    introspection: {
      enabled: true,
      // Who cannot show who they are learns of their own tokens alone.
      allowedPolicy: async (_ctx, client, token) =>
        token.clientId === client.clientId || client.clientAuthMethod !== "none",
    },
    resourceIndicators: {
      enabled: true,
      defaultResource: async () => resource,
      useGrantedResource: async () => true,
      getResourceServerInfo: async (ctx, asked, client) => {
        if (asked !== resource) throw new errors.InvalidTarget();
        const scope = await scopesFor(needs, ctx, client.clientId);
        return { scope, audience: resource, accessTokenFormat: "opaque" };
      },
    },
  };
}

/** A program by itself gets at once what it may have at most; for a person it is decided by them, on our page. */
async function scopesFor(needs: AuthorizationNeeds, ctx: KoaContextWithOIDC, id: string): Promise<string> {
  const { params, entities } = ctx.oidc;
  const asked = String(params?.scope ?? "");
  if (params?.grant_type !== "client_credentials") {
    const resources = entities.Grant?.resources;
    return [asked, ...Object.values(resources ?? {})].join(" ");
  }
  const application = await readApplication(needs, id);
  if (!application.ok || application.value === undefined) throw new errors.InvalidClient();
  const { granted } = grantableScopes(asked, application.value);
  const scope = granted.map(({ text }) => text).join(" ");
  if (scope === "") throw new errors.InvalidScope("none of these scopes is open to the application", asked);
  if (params !== undefined) params.scope = scope;
  return scope;
}

function checkAudience(resource: string) {
  return (ctx: KoaContextWithOIDC, value: string | undefined) => {
    const named = value?.replace(/\/$/, "");
    if (named === resource || named === `${ctx.origin}/fhir`) return;
    throw new errors.InvalidRequest(`aud must be the address of the FHIR server, ${resource}`);
  };
}

/** Source: SMART Backend Services 2.2 §5.0.3.1 (an assertion ends within five minutes). */
function checkAssertion({ clock }: AuthorizationNeeds, { exp }: Record<string, unknown>): void {
  const leftMs = Number(exp) * 1_000 - clock.now();
  if (!(leftMs <= limits.assertionMsMax))
    throw new errors.InvalidClientAuth("the assertion ends in more than five minutes");
}

/** Whoever is asked is asked each time: which person it is, and for which patient, may be another one than before. */
function askEachTime(): interactionPolicy.Prompt[] {
  const isUnanswered = new interactionPolicy.Check(
    "not_asked_yet",
    "The person at the browser has not been asked yet",
    "login_required",
    (ctx) => ctx.oidc.result?.login === undefined,
  );
  return [
    new interactionPolicy.Prompt({ name: "login", requestable: true }, isUnanswered),
    new interactionPolicy.Prompt({ name: "consent", requestable: true }),
  ];
}

async function accountOf(
  needs: AuthorizationNeeds,
  id: string,
  { resource }: ProviderOrder,
): Promise<Account | undefined> {
  const claims = await accountClaims(needs, id, resource);
  return claims && { accountId: id, claims: async () => ({ ...claims }) };
}

export interface AccountClaims {
  readonly sub: string;
  readonly name: string;
  /** The resource that stands for them; absent for who is not in the directory of staff. */
  readonly fhirUser?: string;
}

/** What applications are told of an account; undefined for one that is closed. */
export async function accountClaims(
  needs: AuthorizationNeeds,
  id: string,
  resource: string,
): Promise<AccountClaims | undefined> {
  const read = await needs.record.readMany([{ kind: userKind.kind, id }]);
  if (!read.ok) throw new Error(read.problems[0].message);
  const [version] = read.value;
  if (version === undefined) return undefined;
  const { display, active, caring } = parseBody<AccountBody>(version);
  const fhirUser = caring?.practitioner === undefined ? {} : { fhirUser: `${resource}/${caring.practitioner}` };
  return active ? { sub: id, name: display, ...fhirUser } : undefined;
}

interface AccountBody extends Pick<User, "display" | "active"> {
  readonly caring?: { readonly practitioner?: string };
}

function adapterOf(needs: AuthorizationNeeds, model: string): Adapter {
  if (model === "Client") return clientAdapter(needs);
  if (model === "Grant") return grantAdapter(needs);
  return model === "Session" ? noSessions : itemAdapter(needs, model);
}

/** Who is signed in is Corridor's own session; the provider keeps none. */
const noSessions: Adapter = {
  find: async () => undefined,
  upsert: async () => undefined,
  consume: async () => undefined,
  destroy: async () => undefined,
  revokeByGrantId: async () => undefined,
  findByUid: async () => undefined,
  findByUserCode: async () => undefined,
};

function fetchKeys({ fetchKeys }: AuthorizationNeeds): NonNullable<Configuration["fetch"]> {
  return async (address) =>
    new Response(await fetchKeys(String(address)), { headers: { "content-type": "application/json" } });
}

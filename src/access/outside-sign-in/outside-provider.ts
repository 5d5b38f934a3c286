import { createRemoteJWKSet, customFetch as fetchOfKeys, jwtVerify } from "jose";
import * as client from "openid-client";
import { type Clock, failed, forbidden, isJsonObject, limits, ok, type Result, unavailable } from "#kernel";
import { type Claims, lacksRoleClaims } from "./claims.ts";
import { isSafe, type OutsideSettings } from "./directory-settings.ts";

/** Asks an address outside, within `limits.outsideAnswerMs` and `limits.outsideAnswerBytesMax`. */
export type OutsideFetch = (address: string, options: object) => Promise<Response>;

export interface OutsideNeeds {
  readonly settings: OutsideSettings;
  readonly secret?: string | undefined;
  readonly fetch: OutsideFetch;
  readonly clock: Clock;
}

/** What one sign-in is held together by. */
export interface Checks {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  /** The page of Corridor that the provider sends the browser back to. */
  readonly redirectUri: string;
}

/** How long what the provider says of itself is taken for so. */
const heldMs = 60 * 60_000;

/** The hospital's own provider of sign-ins. Source: OpenID Connect Core §3.1 (authorization code), RFC 7636 (PKCE). */
export class OutsideProvider {
  readonly settings: OutsideSettings;
  readonly #needs: OutsideNeeds;
  #held: { readonly configuration: client.Configuration; readonly untilMs: number } | undefined;

  constructor(needs: OutsideNeeds) {
    this.settings = needs.settings;
    this.#needs = needs;
  }

  /** Fresh values for a sign-in. */
  static newChecks(redirectUri: string): Checks {
    return {
      state: client.randomState(),
      nonce: client.randomNonce(),
      verifier: client.randomPKCECodeVerifier(),
      redirectUri,
    };
  }

  /** Where the browser goes to sign in. Problems: unavailable `outside-unreachable`. */
  async addressFor({ state, nonce, verifier, redirectUri }: Checks): Promise<Result<string>> {
    const configuration = await this.#configuration();
    if (!configuration.ok) return configuration;
    const address = client.buildAuthorizationUrl(configuration.value, {
      redirect_uri: redirectUri,
      scope: this.settings.scopes.join(" "),
      state,
      nonce,
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: "S256",
    });
    return ok(address.href);
  }

  /**
   * What the provider says of whoever came back with this answer, the query of the address. Problems: forbidden
   * `outside-cancelled`, `outside-refused`; unavailable `outside-unreachable`.
   */
  async claimsFor(answer: string, checks: Checks): Promise<Result<Claims>> {
    const configuration = await this.#configuration();
    if (!configuration.ok) return configuration;
    try {
      const address = new URL(checks.redirectUri);
      address.search = answer;
      const tokens = await client.authorizationCodeGrant(configuration.value, address, {
        pkceCodeVerifier: checks.verifier,
        expectedState: checks.state,
        expectedNonce: checks.nonce,
        idTokenExpected: true,
      });
      const claims = tokens.claims() as unknown as Claims;
      return ok(await this.#withUserInfo(configuration.value, claims, tokens.access_token));
    } catch (cause) {
      return failed(problemOf(cause));
    }
  }

  /**
   * Whose sessions are over, as the provider tells it behind the browser's back. Problems: forbidden `outside-refused`;
   * unavailable. Source: OpenID Connect Back-Channel Logout 1.0 §2.6.
   */
  async loggedOut(token: string): Promise<Result<{ readonly subject?: string; readonly sid?: string }>> {
    const configuration = await this.#configuration();
    if (!configuration.ok) return configuration;
    const { issuer, jwks_uri: keys } = configuration.value.serverMetadata();
    try {
      const keySet = createRemoteJWKSet(new URL(keys ?? ""), {
        [fetchOfKeys]: (address, options) => this.#needs.fetch(address, options),
      });
      const { payload } = await jwtVerify(token, keySet, {
        issuer,
        audience: this.settings.clientId,
        maxTokenAge: 300,
      });
      const isLogout = isJsonObject(payload.events) && logoutEvent in payload.events && payload.nonce === undefined;
      if (!isLogout) return failed(refused(undefined));
      const sid = typeof payload.sid === "string" ? { sid: payload.sid } : {};
      return ok({ ...(payload.sub === undefined ? {} : { subject: payload.sub }), ...sid });
    } catch (cause) {
      return failed(problemOf(cause));
    }
  }

  /** Some providers tell groups there alone. */
  async #withUserInfo(configuration: client.Configuration, claims: Claims, accessToken: string): Promise<Claims> {
    const { userinfo_endpoint: endpoint } = configuration.serverMetadata();
    if (endpoint === undefined || !lacksRoleClaims(claims, this.settings)) return claims;
    const more = await client.fetchUserInfo(configuration, accessToken, claims.sub);
    return { ...(more as unknown as Claims), ...claims };
  }

  async #configuration(): Promise<Result<client.Configuration>> {
    const now = this.#needs.clock.now();
    if (this.#held !== undefined && now < this.#held.untilMs) return ok(this.#held.configuration);
    const { settings, secret, fetch } = this.#needs;
    try {
      const configuration = await client.discovery(
        new URL(settings.issuer),
        settings.clientId,
        undefined,
        secret === undefined ? client.None() : client.ClientSecretPost(secret),
        {
          [client.customFetch]: fetch,
          timeout: limits.outsideAnswerMs / 1_000,
          ...(isInsecure(settings) ? { execute: [client.allowInsecureRequests] } : {}),
        },
      );
      this.#held = { configuration, untilMs: now + heldMs };
      return ok(configuration);
    } catch (cause) {
      return failed(unreachable(cause));
    }
  }
}

const logoutEvent = "http://schemas.openid.net/event/backchannel-logout";

function isInsecure({ issuer }: OutsideSettings): boolean {
  return issuer.startsWith("http:") && isSafe(issuer);
}

/** Codes of what says that the provider was not reached, rather than that it said no. */
const unreached: ReadonlySet<string> = new Set(["OAUTH_TIMEOUT", "OAUTH_ABORT", "OAUTH_RESPONSE_IS_NOT_CONFORM"]);

function problemOf(cause: unknown) {
  if (cause instanceof client.AuthorizationResponseError) {
    return cause.error === "access_denied" ? cancelled : refused(cause);
  }
  const { code = "" } = (cause ?? {}) as { readonly code?: string };
  const isOut = cause instanceof TypeError && cause.message === "fetch failed";
  return isOut || unreached.has(code) ? unreachable(cause) : refused(cause);
}

const cancelled = forbidden("outside-cancelled", "The hospital's sign-in was cancelled, or did not let you in.");

function refused(cause: unknown) {
  const message = "The answer of the hospital's sign-in does not hold. Begin again.";
  return forbidden("outside-refused", message, { cause });
}

function unreachable(cause: unknown) {
  const message = "The hospital's sign-in does not answer. Try again in a minute, or sign in with a password.";
  return unavailable("outside-unreachable", message, { cause });
}

/** The hospital's own provider of sign-ins, for tests: a real OpenID Connect provider on this machine. */
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import Provider, { type Configuration } from "oidc-provider";

/** What the provider says of one of its people. */
export type PersonClaims = Readonly<Record<string, unknown>>;

export interface HospitalProvider {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** By what they type as their name there; may be changed between sign-ins. */
  readonly people: Map<string, PersonClaims>;
  /** A logout token as the provider sends it behind the browser's back. */
  logoutToken(claims: PersonClaims): Promise<string>;
  stop(): Promise<void>;
}

/** Whoever types a known name is let in: the page has a field for it and asks for nothing else. */
export async function startHospitalProvider(redirectUris: readonly string[]): Promise<HospitalProvider> {
  const people = new Map<string, PersonClaims>();
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { privateKey } = await generateKeyPair("RS256", { extractable: true });
  const key = { ...(await exportJWK(privateKey)), alg: "RS256", kid: "k1", use: "sig" };
  const [clientId, clientSecret] = ["corridor", "a secret of the tests"];
  const client = { client_id: clientId, client_secret: clientSecret, redirect_uris: [...redirectUris] };
  const provider = new Provider(issuer, configurationOf(client, key, people));
  const answer = provider.callback();
  server.on("request", (request, response) => {
    if (request.url?.startsWith("/interaction/")) void interact(provider, request, response, people);
    else void answer(request, response);
  });
  return {
    issuer,
    clientId,
    clientSecret,
    people,
    logoutToken: (claims) =>
      new SignJWT({ events: { "http://schemas.openid.net/event/backchannel-logout": {} }, ...claims })
        .setProtectedHeader({ alg: "RS256", kid: "k1", typ: "logout+jwt" })
        .setIssuer(issuer)
        .setAudience(clientId)
        .setIssuedAt()
        .setJti("j1")
        .sign(privateKey),
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

interface Client {
  readonly client_id: string;
  readonly client_secret: string;
  readonly redirect_uris: string[];
}

function configurationOf(client: Client, key: object, people: ReadonlyMap<string, PersonClaims>): Configuration {
  return {
    clients: [{ ...client, token_endpoint_auth_method: "client_secret_post" }],
    jwks: { keys: [key as never] },
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false } },
    // Groups and second factors are told in the token itself, as hospitals' providers do.
    conformIdTokenClaims: false,
    claims: {
      openid: ["sub", "amr", "acr"],
      profile: ["name", "preferred_username", "groups", "oid"],
      email: ["email"],
    },
    cookies: { keys: ["of the tests"] },
    findAccount: (_context, id) => ({
      accountId: id,
      claims: async () => ({ sub: id, ...people.get(id) }),
    }),
    interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
    // Whoever signs in agrees to it.
    loadExistingGrant: async (context) => {
      const { Grant } = context.oidc.provider;
      const grant = new Grant({ clientId: client.client_id, accountId: context.oidc.session?.accountId ?? "" });
      grant.addOIDCScope("openid profile email");
      await grant.save();
      return grant;
    },
  };
}

async function interact(
  provider: Provider,
  request: IncomingMessage,
  response: ServerResponse,
  people: ReadonlyMap<string, PersonClaims>,
): Promise<void> {
  if (request.method !== "POST") {
    response.setHeader("content-type", "text/html");
    response.end(
      '<!doctype html><title>Hospital</title><form method="post"><label>Hospital name <input name="login"></label><button>Let me in</button></form>',
    );
    return;
  }
  let body = "";
  for await (const chunk of request) body += String(chunk);
  const login = new URLSearchParams(body).get("login") ?? "";
  const person = people.get(login);
  const amr = Array.isArray(person?.amr) ? { amr: person.amr as string[] } : {};
  const result = person
    ? { login: { accountId: login, ...amr } }
    : { error: "access_denied", error_description: "Unknown." };
  await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
}

/** What a browser does between Corridor and the provider: goes there, types the name, and comes back with the answer. */
export async function signInThere(address: string, login: string): Promise<URL> {
  const cookies = new Map<string, string>();
  const go = async (to: string, init: RequestInit = {}) => {
    const headers = { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join("; ") };
    const reply = await fetch(to, { ...init, headers, redirect: "manual" });
    for (const each of reply.headers.getSetCookie()) {
      const [pair = ""] = each.split(";");
      cookies.set(pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1));
    }
    return reply;
  };
  const origin = new URL(address).origin;
  let next = new URL(address);
  for (let steps = 0; steps < 6; steps += 1) {
    if (next.origin !== origin) return next;
    const isPage = next.pathname.startsWith("/interaction/");
    const form = isPage ? { method: "POST", body: new URLSearchParams({ login }) } : {};
    const reply = await go(next.href, form);
    const location = reply.headers.get("location");
    if (location === null) throw new Error(`the provider answered ${reply.status}: ${await reply.text()}`);
    next = new URL(location, next);
  }
  throw new Error("the provider leads in a circle");
}

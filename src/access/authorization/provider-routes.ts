import { type HttpReply, type HttpRequest, jsonReply, ok, type Result, type Route } from "#kernel";
import type { Context } from "../context.ts";
import { smartConfiguration, smartStyle } from "./discovery.ts";
import type { ProviderHolder } from "./provider.ts";
import { cookieNames, requestPage } from "./provider-configuration.ts";

type Row = readonly [method: Route<Context>["method"], path: string, summary: string];

const rows: readonly Row[] = [
  ["GET", "/.well-known/openid-configuration", "What the OpenID Connect provider does, and where"],
  ["GET", "/auth/jwks", "The public keys that id tokens are checked with"],
  ["POST", "/auth/token", "An application turns a code, a refresh token or a signed assertion into an access token"],
  ["POST", "/auth/revoke", "An application gives a token back"],
  ["POST", "/auth/introspect", "An application asks whether a token still counts, and what it is for"],
  ["GET", "/auth/authorize/:request", "Leads back to the application, when the person has said what it may do"],
];

/** Where applications show who they are by a secret or an assertion, or bring a code: whoever guesses is slowed down. */
const guessed: ReadonlySet<string> = new Set(["/auth/token", "/auth/revoke", "/auth/introspect"]);

/** The doors of the provider. Applications show in the request itself who they are. */
export function providerRoutes(holder: ProviderHolder): readonly Route<Context>[] {
  const asIs = rows.map(([method, path, summary]): Route<Context> => {
    const guesses = guessed.has(path) ? ({ guesses: true } as const) : {};
    return { method, path, policy: "public", summary, ...guesses, handle: (request) => handleAsIs(holder, request) };
  });
  const authorize = (method: "GET" | "POST"): Route<Context> => ({
    method,
    path: "/auth/authorize",
    policy: "public",
    summary: "An application asks a person for access; leads to the page that asks them",
    handle: (request) => handleAuthorize(holder, request),
  });
  return [
    ...asIs,
    authorize("GET"),
    authorize("POST"),
    {
      method: "GET",
      path: "/fhir/.well-known/smart-configuration",
      policy: "public",
      summary: "What of SMART App Launch there is, and where",
      handle: async () => smartConfiguration(holder),
    },
    {
      method: "GET",
      path: "/smart-style.json",
      policy: "public",
      summary: "Colours and sizes, for applications that want to look like Corridor",
      handle: async () => {
        const reply = jsonReply(smartStyle);
        return ok({ ...reply, headers: { ...reply.headers, "access-control-allow-origin": "*" } });
      },
    },
  ];
}

async function handleAsIs(holder: ProviderHolder, request: HttpRequest): Promise<Result<HttpReply>> {
  const { method, path, query, headers, body, origin, remoteAddress } = request;
  const address = query.size === 0 ? path : `${path}?${query}`;
  const reply = await holder.answer({ method, address, headers, body, origin, remoteAddress });
  return reply.ok ? ok(withReachableCookie(reply.value)) : reply;
}

/**
 * The person is asked each time and decides all at once, so the request says so in the provider's terms. What stands in the
 * body of a POST is as good as what stands in the address. Source: SMART App Launch 2.2 §2.0.9 (authorize-post).
 */
async function handleAuthorize(holder: ProviderHolder, request: HttpRequest): Promise<Result<HttpReply>> {
  const { method, path, headers, origin, remoteAddress } = request;
  const sent = method === "POST" ? Buffer.from(request.body).toString("utf8") : "";
  const asked = new URLSearchParams(method === "POST" ? sent : request.query);
  if (asked.get("prompt") !== "none") asked.set("prompt", "consent");
  const { "content-type": _, ...others } = headers;
  const address = `${path}?${asked}`;
  const body = new Uint8Array(0);
  const reply = await holder.answer({ method: "GET", address, headers: others, body, origin, remoteAddress });
  return reply.ok ? ok(withReachableCookie(reply.value)) : reply;
}

/** The cookie of the page that asks goes to what the page calls; that of a session of the provider, which has none, nowhere. */
function withReachableCookie(reply: HttpReply): HttpReply {
  const cookies = reply.headers?.["set-cookie"];
  if (cookies === undefined) return reply;
  const list = typeof cookies === "string" ? [cookies] : cookies;
  const moved = list
    .filter((cookie) => !cookie.startsWith(cookieNames.session))
    .map((cookie) => {
      if (!cookie.startsWith(cookieNames.interaction)) return cookie;
      return cookie.replace(new RegExp(`path=${requestPage}/`, "i"), `path=${requestPath}/`);
    });
  return { ...reply, headers: { ...reply.headers, "set-cookie": moved } };
}

/** What the page that asks a person calls. */
export const requestPath = "/api/access/authorization-requests";

import type { HttpRequest } from "#kernel";

/**
 * By https a browser keeps a cookie of this name only where this very host has set it: neither a sister site on the same
 * domain nor somebody on the way can put a session of their own in its place. Source: RFC 6265bis §4.1.3.2.
 */
const nameOf = (secure: boolean) => (secure ? "__Host-corridor_session" : "corridor_session");

/**
 * The cookie that carries a session. `Strict` is enough for links from elsewhere: they load the page, and the page's own
 * requests then carry the cookie. It has no age, so closing the browser of a shared computer ends it there.
 * Source: RFC 6265bis §4.1.
 */
export function sessionCookie(token: string, secure: boolean): string {
  return `${nameOf(secure)}=${token}; Path=/; HttpOnly; SameSite=Strict${secure ? "; Secure" : ""}`;
}

/** Takes the cookie away again. */
export function endedCookie(secure: boolean): string {
  return `${sessionCookie("", secure)}; Max-Age=0`;
}

/** The token in the `cookie` header of a request, or undefined. */
export function sessionToken({ headers, origin }: Pick<HttpRequest, "headers" | "origin">): string | undefined {
  const name = nameOf(isSecure(origin));
  for (const pair of headers.cookie?.split(";") ?? []) {
    const [key = "", value = ""] = pair.split("=", 2);
    if (key.trim() === name && value.trim() !== "") return value.trim();
  }
  return undefined;
}

/** Whether the browser came by https, so that the cookie may be kept from going out any other way. */
export function isSecure(origin: string): boolean {
  return origin.startsWith("https://");
}

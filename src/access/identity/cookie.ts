const name = "corridor_session";

/**
 * The cookie that carries a session. `Strict` is enough for links from elsewhere: they load the page, and the page's own
 * requests then carry the cookie. It has no age, so closing the browser of a shared computer ends it there.
 * Source: RFC 6265bis §4.1.
 */
export function sessionCookie(token: string, secure: boolean): string {
  return `${name}=${token}; Path=/; HttpOnly; SameSite=Strict${secure ? "; Secure" : ""}`;
}

/** Takes the cookie away again. */
export function endedCookie(secure: boolean): string {
  return `${sessionCookie("", secure)}; Max-Age=0`;
}

/** The token in a `cookie` header, or undefined. */
export function sessionToken(header: string | undefined): string | undefined {
  for (const pair of header?.split(";") ?? []) {
    const [key = "", value = ""] = pair.split("=", 2);
    if (key.trim() === name && value.trim() !== "") return value.trim();
  }
  return undefined;
}

/** Whether the browser came by https, so that the cookie may be kept from going out any other way. */
export function isSecure(origin: string): boolean {
  return origin.startsWith("https://");
}

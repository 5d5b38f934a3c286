import type { HttpRequest } from "#kernel";
import type { Whereabouts } from "../identity/begin-session.ts";
import { browserName } from "../identity/browser-name.ts";

/** Where a request comes from, as the owner of a session will see it. */
export function whereaboutsIn(request: HttpRequest): Whereabouts & { readonly origin: string } {
  const browser = browserName(request.headers["user-agent"]);
  const { remoteAddress, origin } = request;
  return { remoteAddress, origin, ...(browser === undefined ? {} : { browser }) };
}

import { forbidden, type Problem } from "#kernel";
import { isLinkLocal } from "#links/addresses";

/** Where may be sent to: an origin, and what its path begins with. */
export interface EndpointRule {
  readonly origin: string;
  /** Ends with a slash. */
  readonly path: string;
}

/** The rules of addresses such as `https://app.example/hooks`; undefined where one of them is none. */
export function allowedEndpoints(addresses: readonly string[]): readonly EndpointRule[] | undefined {
  const rules: EndpointRule[] = [];
  for (const address of addresses) {
    const url = httpUrl(address);
    if (url === undefined || url.search !== "" || url.hash !== "") return undefined;
    rules.push({ origin: url.origin, path: url.pathname.endsWith("/") ? url.pathname : `${url.pathname}/` });
  }
  return rules;
}

/**
 * Why nothing may be sent to an address; undefined where it may. Without rules only this machine's own loopback may be sent to,
 * named as such: other names could lead anywhere. Problems: forbidden `endpoint-not-allowed`.
 */
export function endpointRefusal(address: string, rules: readonly EndpointRule[]): Problem | undefined {
  const url = httpUrl(address);
  if (url === undefined) return notHttp;
  if (rules.length === 0) return isLoopback(url.hostname) ? undefined : notListed;
  const path = url.pathname.endsWith("/") ? url.pathname : `${url.pathname}/`;
  const isListed = rules.some((rule) => rule.origin === url.origin && path.startsWith(rule.path));
  return isListed ? undefined : notListed;
}

/** An http or https address without a user in it, and not a link-local one; undefined for any other. */
export function httpUrl(address: string): URL | undefined {
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  const isHttp = url.protocol === "http:" || url.protocol === "https:";
  const isPlain = url.username === "" && url.password === "" && !isLinkLocal(url.hostname);
  return isHttp && isPlain ? url : undefined;
}

/** URLs write every form of an IPv4 address as four numbers. */
function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(hostname);
}

const notHttp = forbidden(
  "endpoint-not-allowed",
  "An endpoint is an http or https address without a user in it, and not a link-local one.",
);
const notListed = forbidden(
  "endpoint-not-allowed",
  "Nothing may be sent to this endpoint; the setting CORRIDOR_SUBSCRIPTION_ENDPOINTS lists those that may.",
);

import { isIPv6 } from "node:net";
import type { AllowList } from "#links/addresses";

/** Addresses of one header that are looked at; of a longer one the last count. */
const hopsMax = 32;

/**
 * The address that a request came from: that of the connection, unless it is a trusted proxy's; then the nearest one in
 * `x-forwarded-for` that is no trusted proxy. What a caller wrote there itself stands further off and is never believed.
 */
export function callerAddress(connected: string, forwardedFor: string | undefined, trusted: AllowList): string {
  if (forwardedFor === undefined || !trusted.allows(connected)) return connected;
  const hops = forwardedFor
    .split(",")
    .slice(-hopsMax)
    .map((hop) => withoutPort(hop.trim()));
  let nearest = connected;
  for (const hop of hops.toReversed()) {
    if (hop === "") return nearest;
    nearest = hop;
    if (!trusted.allows(hop)) return nearest;
  }
  return nearest;
}

/**
 * Whose allowance a caller uses: of IPv6 one subscriber has a whole network of addresses (/64), and could otherwise begin anew
 * with each. Source: RFC 6177 §2; RFC 4291 §2.5.5.2 (IPv4 within IPv6).
 */
export function callerNetwork(address: string): string {
  const four = /^(?:::ffff:)?(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (four !== undefined || !isIPv6(address)) return four ?? address;
  const { hostname } = new URL(`http://[${address.replace(/%.*$/, "")}]`);
  const [before = "", after] = hostname.slice(1, -1).split("::");
  const left = before === "" ? [] : before.split(":");
  const right = after === undefined || after === "" ? [] : after.split(":");
  const zeros = Array<string>(8 - left.length - right.length).fill("0");
  return `${[...left, ...zeros, ...right].slice(0, 4).join(":")}::/64`;
}

/** Some proxies write `203.0.113.9:51544` and `[2001:db8::9]:51544`. */
function withoutPort(hop: string): string {
  return /^(\d+\.\d+\.\d+\.\d+):\d+$/.exec(hop)?.[1] ?? /^\[([0-9a-f:.]+)\](?::\d+)?$/i.exec(hop)?.[1] ?? hop;
}

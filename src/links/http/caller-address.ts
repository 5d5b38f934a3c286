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

/** Some proxies write `203.0.113.9:51544` and `[2001:db8::9]:51544`. */
function withoutPort(hop: string): string {
  return /^(\d+\.\d+\.\d+\.\d+):\d+$/.exec(hop)?.[1] ?? /^\[([0-9a-f:.]+)\](?::\d+)?$/i.exec(hop)?.[1] ?? hop;
}

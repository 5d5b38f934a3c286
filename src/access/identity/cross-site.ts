import { failed, forbidden, type HttpRequest, ok, type Result } from "#kernel";

const safeMethods: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS"]);

type Asked = Pick<HttpRequest, "method" | "headers" | "origin">;

/**
 * Whether a request that changes something, with the authority of a cookie, comes from Corridor's own pages. The
 * cookie's `SameSite` keeps other sites out already; this holds where a browser or a sister site on the same domain
 * does not. A program says `x-corridor: 1`, which no other site's page can make a browser say.
 * Problems: forbidden `cross-site`. Source: Fetch Metadata §2.3; RFC 6454 §7 (Origin).
 */
export function checkCrossSite({ method, headers, origin }: Asked): Result<undefined> {
  if (safeMethods.has(method)) return ok(undefined);
  const site = headers["sec-fetch-site"];
  if (site === "cross-site" || site === "same-site") return failed(fromElsewhere);
  if (headers.origin !== undefined && headers.origin !== origin) return failed(fromElsewhere);
  const isOurs = site === "same-origin" || headers.origin === origin || headers["x-corridor"] === "1";
  return isOurs ? ok(undefined) : failed(fromElsewhere);
}

const fromElsewhere = forbidden(
  "cross-site",
  "The request does not come from Corridor's own pages. A program sends the header x-corridor: 1.",
);

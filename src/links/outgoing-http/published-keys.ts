import { lookup as resolveName } from "node:dns";
import { Agent, get } from "node:https";
import { isIP, type LookupFunction } from "node:net";
import { limits } from "#kernel";
import { type AllowList, isLinkLocal } from "#links/addresses";
import { isPublicAddress } from "./public-address.ts";

/**
 * The JSON that an application publishes its keys as. Only by https, only from addresses of the public network and of those
 * networks inside that are named (whatever the name stands for at that moment, and never a link-local one), no redirect
 * followed, a bound on size and time. Throws with a sentence that says why not.
 */
export function fetchPublishedKeys(address: string, inside?: AllowList): Promise<string> {
  const isOpen = (ip: string) => isPublicAddress(ip) || (inside?.allows(ip) === true && !isLinkLocal(ip));
  const url = new URL(address);
  if (url.protocol !== "https:") return Promise.reject(new Error("keys are fetched by https alone"));
  const named = url.hostname.replace(/^\[|\]$/g, "");
  if (isIP(named) !== 0 && !isOpen(named)) return Promise.reject(notPublic());
  return new Promise((settle, fail) => {
    const options = {
      agent: new Agent({ lookup: lookupAmong(isOpen), keepAlive: false, minVersion: "TLSv1.2" }),
      headers: { accept: "application/json" },
      signal: AbortSignal.timeout(limits.publishedKeysTimeoutMs),
    } as const;
    const request = get(url, options, (response) => {
      const chunks: Buffer[] = [];
      let bytes = 0;
      response.on("error", fail);
      response.on("data", (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes > limits.publishedKeysBytesMax) response.destroy(new Error("the keys are too long"));
        else chunks.push(chunk);
      });
      response.on("end", () => {
        if (response.statusCode === 200) settle(Buffer.concat(chunks).toString("utf8"));
        else fail(new Error(`the keys were answered with status ${response.statusCode}`));
      });
    });
    request.on("error", fail);
  });
}

function notPublic(): Error {
  return new Error("the address of the keys is neither of the public network nor of CORRIDOR_KEY_NETWORKS");
}

/** Looks a name up as ever, and refuses what leads into a private network: a name can be made to mean anything. */
function lookupAmong(isOpen: (ip: string) => boolean): LookupFunction {
  return (name, options, done) => {
    resolveName(name, { ...options, all: true }, (error, found) => {
      if (error !== null) return done(error, "");
      if (found.length === 0 || !found.every(({ address }) => isOpen(address))) return done(notPublic(), "");
      const [first] = found;
      if (options.all === true) return done(null, found);
      return done(null, first?.address ?? "", first?.family);
    });
  };
}

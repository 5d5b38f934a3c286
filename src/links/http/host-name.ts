import { isIP } from "node:net";

const localName = /^(?:localhost|.+\.localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** Whether a server bound to `host` can be reached from this machine only. */
export function isLoopback(host: string): boolean {
  return localName.test(isIP(host) === 6 ? `[${host}]` : host.toLowerCase());
}

/**
 * Whether a request that came over loopback names this machine, or the public address, in its Host header. Any other name
 * is a web page somewhere that pointed its own name here to get past the browser (DNS rebinding).
 */
export function isOwnHost(hostHeader: string | undefined, publicOrigin: string | undefined): boolean {
  if (hostHeader === undefined) return true; // HTTP/1.0: no browser
  const host = hostHeader.toLowerCase();
  if (publicOrigin !== undefined && new URL(publicOrigin).host === host) return true;
  return localName.test(host.replace(/:\d+$/, ""));
}

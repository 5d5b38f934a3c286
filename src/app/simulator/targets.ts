import type { RunTarget } from "#departments/clinical";
import { failed, forbidden, incorrect, ok, type Problem, type Result } from "#kernel";

/** A target as people write it: `mllp://host:port`, `mllps://host:port`, `host:port`, or an http or https address. */
export function readTarget(text: string): Result<RunTarget> {
  const address = /^[a-z]+:\/\//i.test(text) ? text : `mllp://${text}`;
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined || url.username !== "" || url.password !== "") return failed(targetIncorrect(text));
  switch (url.protocol) {
    case "http:":
    case "https:":
      return ok({ by: "http", url: url.href });
    case "mllp:":
    case "mllps:": {
      if (url.port === "" || !["", "/"].includes(url.pathname)) return failed(targetIncorrect(text));
      const host = url.hostname.replace(/^\[(.*)\]$/, "$1");
      const isEncrypted = url.protocol === "mllps:";
      return ok({ by: "mllp", host, port: Number(url.port), isEncrypted, mode: "original" });
    }
    default:
      return failed(targetIncorrect(text));
  }
}

function targetIncorrect(text: string): Problem {
  return incorrect("target-incorrect", `${text} is no address: give mllp://host:port, mllps://host:port or https://….`);
}

/** What may be played against. */
export interface AllowedTargets {
  /** Those of the setting. */
  readonly listed: readonly RunTarget[];
  /** Whether a port of this machine itself may be. */
  isOwn(port: number): boolean;
}

/** Why a target may not be played against; undefined where it may. Problem: forbidden `target-not-allowed`. */
export function targetRefusal(target: RunTarget, { listed, isOwn }: AllowedTargets): Problem | undefined {
  if (isLoopback(target) && isOwn(portOf(target))) return undefined;
  return listed.some((each) => covers(each, target)) ? undefined : notAllowed;
}

/** The same door, encrypted or not; by HTTP the same origin, and a path below. */
function covers(listed: RunTarget, target: RunTarget): boolean {
  if (listed.by === "mllp" && target.by === "mllp")
    return listed.host.toLowerCase() === target.host.toLowerCase() && listed.port === target.port;
  if (listed.by !== "http" || target.by !== "http") return false;
  const [rule, asked] = [new URL(listed.url), new URL(target.url)];
  const withSlash = (path: string) => (path.endsWith("/") ? path : `${path}/`);
  return rule.origin === asked.origin && withSlash(asked.pathname).startsWith(withSlash(rule.pathname));
}

function portOf(target: RunTarget): number {
  if (target.by === "mllp") return target.port;
  const { port, protocol } = new URL(target.url);
  return port === "" ? (protocol === "https:" ? 443 : 80) : Number(port);
}

/** Named as such: another name could lead anywhere. */
function isLoopback(target: RunTarget): boolean {
  const host = target.by === "mllp" ? target.host : new URL(target.url).hostname;
  return host === "localhost" || host === "::1" || host === "[::1]" || /^127(\.\d{1,3}){3}$/.test(host);
}

const notAllowed = forbidden(
  "target-not-allowed",
  "Nothing may be played against this address; the setting CORRIDOR_SIMULATOR_TARGETS lists those that may.",
);

export function targetText(target: RunTarget): string {
  if (target.by === "http") return target.url;
  const host = target.host.includes(":") ? `[${target.host}]` : target.host;
  return `${target.isEncrypted ? "mllps" : "mllp"}://${host}:${target.port}`;
}

import type { JsonObject } from "#kernel";
import { error, type Finding, information, report, reportUnder, type Usage, type Visit } from "./visit.ts";

const uriStart = /^[A-Za-z][A-Za-z0-9+.-]*:/;
const extensionTypes: readonly string[] = ["Extension", "Element"];
const extensionPaths: readonly string[] = ["Extension"];

export function extensionUsage({ url }: JsonObject): Usage {
  const usage = { paths: extensionPaths, types: extensionTypes };
  return typeof url === "string" ? { ...usage, extensionUrl: url } : usage;
}

/**
 * An extension by itself: its url must be absolute, unless it stands inside another extension, and without a version; its
 * definition, where it is at hand, must allow it here. Comes with the usage of what is extended.
 * Source: FHIR R4 §2.4 (extensibility).
 */
export function checkExtensionItem(extension: JsonObject, visit: Visit): void {
  const { url } = extension;
  if (typeof url !== "string") return;
  if (!uriStart.test(url)) {
    const isInside = visit.usage.types === extensionTypes;
    if (!isInside) reportUnder(visit, ["url"], error("value", "extension-url", "An extension's url must be absolute."));
    return;
  }
  if (url.includes("|"))
    reportUnder(visit, ["url"], error("invalid", "extension-url", "An extension's url has no version."));
  if (isExampleUrl(url) && visit.means.exampleUrls === "error")
    reportUnder(visit, ["url"], error("invalid", "example-url", "Example URLs are not allowed here."));
  if (visit.means.profiles.checkExtension(extension, visit.usage, visit)) return;
  report(visit, unknownExtension(url, visit));
}

/** Source: FHIR R4 §2.4.0.3: who does not know a modifier extension must not go on. */
function unknownExtension(url: string, visit: Visit): Finding {
  const message = `There is no definition of the extension ${url} here.`;
  if (visit.path.at(-2) === "modifierExtension") return error("extension", "unknown-modifier-extension", message);
  const isTrusted = isExampleUrl(url) || visit.means.trustedExtensions.some((start) => url.startsWith(start));
  if (visit.means.unknownExtensions === "error" && !isTrusted) return error("extension", "unknown-extension", message);
  return information("extension", "unknown-extension", message);
}

/** Domains that are set aside for examples. Source: RFC 2606, and acme.com, which FHIR's own examples use. */
export function isExampleUrl(url: string): boolean {
  return /^https?:\/\/(?:[\w.-]+\.)?(?:example\.(?:org|com|net)|acme\.com)(?:[:/]|$)/.test(url);
}

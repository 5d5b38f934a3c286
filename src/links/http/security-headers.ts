import type { Door } from "./exchange.ts";

/** For a year. Source: RFC 6797 §6.1. */
export const strictTransport = "max-age=31536000; includeSubDomains";

/** Whether browsers reach this door by https, by itself or through a proxy. */
export function isReachedSecurely({ isSecure, publicOrigin }: Pick<Door, "isSecure" | "publicOrigin">): boolean {
  return publicOrigin === undefined ? isSecure : publicOrigin.startsWith("https:");
}

/**
 * Headers that every reply carries unless its handler says otherwise. Only Corridor's own pages run scripts, load anything
 * or frame anything; clinical data stays out of the browser's disk cache.
 * Source: CSP Level 3; Fetch (nosniff, cross-origin-resource-policy); HTML (cross-origin-opener-policy).
 */
const everywhere = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
} as const;

const data = {
  ...everywhere,
  "cache-control": "no-store",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
} as const;

/** A PDF may be shown in a frame of the web app; a sandbox would keep the browser's own viewer from opening it. */
const pdf = {
  ...data,
  "content-security-policy": "frame-ancestors 'self'",
} as const;

/** For replies of routes, by their content type. */
export function securityHeaders(contentType: string | undefined): Readonly<Record<string, string>> {
  return contentType?.startsWith("application/pdf") ? pdf : data;
}

const pagePolicy = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "media-src 'self' blob:",
  "worker-src 'self' blob:",
  "frame-src 'self' blob:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join("; ");

/** A worker has the policy that its own file came with: only the one that decodes images may compile WebAssembly. */
const decoderPolicy = pagePolicy.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'");
const decoderFile = /^assets\/decodeImageFrameWorker-[\w-]+\.js$/;

/** The policy for a file of the web app, by its path below the folder. */
export function webAppPolicy(file: string): string {
  return decoderFile.test(file) ? decoderPolicy : pagePolicy;
}

/** For the pages and files of the web app: scripts from here only, none inline; styles may be set by its components. */
export const webAppHeaders: Readonly<Record<string, string>> = {
  ...everywhere,
  // Of what a browser can open for a page, Corridor's pages use none. Source: Permissions Policy.
  "permissions-policy":
    "camera=(), geolocation=(), microphone=(), payment=(), usb=(), serial=(), bluetooth=(), midi=()",
  "content-security-policy": pagePolicy,
};

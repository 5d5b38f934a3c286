import type { Transform } from "node:stream";
import { promisify } from "node:util";
import { brotliCompress, constants, createBrotliCompress, createGzip, gzip } from "node:zlib";

export type Encoding = "br" | "gzip";

/** Quick settings: replies are compressed as they are asked for. */
const brotliSettings = { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } };
const gzipSettings = { level: 5 };
const brotliWhole = promisify(brotliCompress);
const gzipWhole = promisify(gzip);

const compressible =
  /^(?:text\/(?!event-stream)|application\/(?:[^;]*\+)?(?:json|xml|javascript|x-ndjson|ndjson)\b|image\/svg)/i;

/** Whether bytes of this type get smaller: text, JSON and XML of every kind; not images, archives, event streams. */
export function isCompressible(contentType: string | undefined): boolean {
  return contentType !== undefined && compressible.test(contentType);
}

/** The encoding to answer with, brotli first; undefined when the client wants plain bytes. Source: RFC 9110 §12.5.3. */
export function acceptedEncoding(acceptEncoding: string | undefined): Encoding | undefined {
  if (acceptEncoding === undefined) return undefined;
  const refused = new Set<string>();
  const accepted = new Set<string>();
  for (const item of acceptEncoding.toLowerCase().split(",")) {
    const [name = "", ...parameters] = item.split(";").map((part) => part.trim());
    const isRefused = parameters.some((parameter) => /^q=0(?:\.0*)?$/.test(parameter));
    (isRefused ? refused : accepted).add(name);
  }
  const takes = (name: string) => accepted.has(name) || (accepted.has("*") && !refused.has(name));
  if (takes("br")) return "br";
  return takes("gzip") ? "gzip" : undefined;
}

/** Compresses on another thread. */
export function compressed(encoding: Encoding, bytes: Uint8Array): Promise<Uint8Array> {
  return encoding === "br" ? brotliWhole(bytes, brotliSettings) : gzipWhole(bytes, gzipSettings);
}

export function compressor(encoding: Encoding): Transform {
  return encoding === "br" ? createBrotliCompress(brotliSettings) : createGzip(gzipSettings);
}

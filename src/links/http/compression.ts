import type { Transform } from "node:stream";
import { promisify } from "node:util";
import { brotliCompress, constants, createBrotliCompress, createDeflate, createGzip, deflate, gzip } from "node:zlib";

export type Encoding = "br" | "gzip" | "deflate";

/** Quick settings: replies are compressed as they are asked for. */
const brotliSettings = { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } };
const gzipSettings = { level: 5 };
const brotliWhole = promisify(brotliCompress);
const gzipWhole = promisify(gzip);
const deflateWhole = promisify(deflate);

const compressible =
  /^(?:text\/(?!event-stream)|application\/(?:[^;]*\+)?(?:json|xml|javascript|x-ndjson|ndjson)\b|image\/svg)/i;

/** Whether bytes of this type get smaller: text, JSON and XML of every kind; not images, archives, event streams. */
export function isCompressible(contentType: string | undefined): boolean {
  return contentType !== undefined && compressible.test(contentType);
}

const encodings: readonly Encoding[] = ["br", "gzip", "deflate"];

/**
 * The encoding to answer with: what the client likes best, of equals the one that makes it smallest; undefined when it wants
 * plain bytes. Source: RFC 9110 §12.5.3.
 */
export function acceptedEncoding(acceptEncoding: string | undefined): Encoding | undefined {
  if (acceptEncoding === undefined) return undefined;
  const qualities = new Map<string, number>();
  for (const item of acceptEncoding.toLowerCase().split(",")) {
    const [name = "", ...parameters] = item.split(";").map((part) => part.trim());
    const quality = parameters.find((parameter) => parameter.startsWith("q="))?.slice(2);
    qualities.set(name, quality === undefined ? 1 : Number(quality));
  }
  const qualityOf = (name: string) => qualities.get(name) ?? qualities.get("*") ?? 0;
  // What is not named at all is as good as any other, but plain bytes that are liked better than all go first.
  const plain = qualities.get("identity") ?? 0;
  const accepted = encodings.filter((name) => qualityOf(name) > 0 && qualityOf(name) >= plain);
  return accepted.sort((one, other) => qualityOf(other) - qualityOf(one))[0];
}

/** Compresses on another thread. */
export function compressed(encoding: Encoding, bytes: Uint8Array): Promise<Uint8Array> {
  switch (encoding) {
    case "br":
      return brotliWhole(bytes, brotliSettings);
    case "gzip":
      return gzipWhole(bytes, gzipSettings);
    case "deflate":
      return deflateWhole(bytes, gzipSettings);
  }
}

export function compressor(encoding: Encoding): Transform {
  switch (encoding) {
    case "br":
      return createBrotliCompress(brotliSettings);
    case "gzip":
      return createGzip(gzipSettings);
    case "deflate":
      return createDeflate(gzipSettings);
  }
}

import { stat } from "node:fs/promises";
import { join } from "node:path";
import { pipeline, Readable } from "node:stream";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { acceptedEncoding, compressor, isCompressible } from "./compression.ts";
import type { Exchange } from "./exchange.ts";
import { isReachedSecurely, strictTransport, webAppHeaders, webAppPolicy } from "./security-headers.ts";
import { observe } from "./serve.ts";

/** A file of the web app, as its path below the folder. */
export type WebFile = string & { readonly webFile: true };

export interface WebApp {
  /** The file to answer a GET with: the one the path names, else the page for an address inside the app. */
  fileFor(path: string, accept: string | undefined): Promise<WebFile | undefined>;
  send(reply: FastifyReply, file: WebFile, exchange: Exchange): FastifyReply;
}

const page = "index.html" as WebFile;

/** Serves the folder the web app was built into. It may be built, or built again, while Corridor runs. */
export async function mountWebApp(app: FastifyInstance, webRoot: string, bytesMin: number): Promise<WebApp> {
  app.addHook("onSend", async (request, reply, payload) => compressedFile({ request, reply, payload, bytesMin }));
  await app.register(fastifyStatic, { root: webRoot, serve: false, cacheControl: false, suppressWarning: true });
  return {
    async fileFor(path, accept) {
      const named = nameOf(path);
      if (named !== undefined && (await isFile(join(webRoot, named)))) return named;
      if (!acceptsPage(accept) || !(await isFile(join(webRoot, page)))) return undefined;
      return page;
    },
    send(reply, file, exchange) {
      reply.raw.once("close", () => observe(exchange, reply.raw.statusCode));
      const secured = isReachedSecurely(exchange.door) ? { "strict-transport-security": strictTransport } : {};
      const own = {
        ...secured,
        "cache-control": cacheRule(file),
        "content-security-policy": webAppPolicy(file),
        "x-request-id": exchange.requestId,
      };
      return reply.headers({ ...webAppHeaders, ...own }).sendFile(file);
    },
  };
}

/** Vite puts a hash of the content into the name of every file in `assets`. */
function cacheRule(file: WebFile): string {
  return file.startsWith("assets/") ? "public, max-age=31536000, immutable" : "no-cache";
}

/** The path below the folder; undefined for one that leads out of it or to a hidden file. */
function nameOf(path: string): WebFile | undefined {
  try {
    const segments = decodeURIComponent(path).split("/").slice(1);
    const isPlain = segments.every((segment) => /^[^.\\\0][^\\\0]*$/.test(segment));
    return isPlain ? (segments.join("/") as WebFile) : undefined;
  } catch {
    return undefined;
  }
}

export function acceptsPage(accept: string | undefined): boolean {
  return accept?.includes("text/html") === true;
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}

interface Sending {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly payload: unknown;
  /** Shorter files are sent as they are. */
  readonly bytesMin: number;
}

function compressedFile({ request, reply, payload, bytesMin }: Sending): unknown {
  const isWorthIt = isCompressible(String(reply.getHeader("content-type"))) && reply.statusCode === 200;
  if (!isWorthIt || !(payload instanceof Readable) || Number(reply.getHeader("content-length")) < bytesMin)
    return payload;
  reply.header("vary", "accept-encoding");
  const encoding = acceptedEncoding(request.headers["accept-encoding"]);
  if (encoding === undefined || request.method === "HEAD") return payload;
  reply.header("content-encoding", encoding).removeHeader("content-length");
  // A failure on either side ends both, and Fastify sees it on the stream that it was given.
  return pipeline(payload, compressor(encoding), () => {});
}

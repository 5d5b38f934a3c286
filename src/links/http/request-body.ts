import type { IncomingMessage } from "node:http";
import type { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { failed, incorrect, ok, type Problem, type Result, unsupported } from "#kernel";

/**
 * The body of a request, whatever its type; gzip is undone on the way. Problems: `body-too-large` when it is, or inflates
 * to, more than `bytesMax`; `body-cut-short`; `body-not-gzip`; `media-type-not-supported` for another encoding.
 * Source: RFC 9110 §8.4 (content-encoding).
 */
export async function readBody(message: IncomingMessage, bytesMax: number): Promise<Result<Uint8Array>> {
  const encoding = message.headers["content-encoding"]?.trim().toLowerCase() ?? "identity";
  if (Number(message.headers["content-length"] ?? 0) > bytesMax) return refused(message, tooLarge(bytesMax));
  if (encoding === "identity" || encoding === "") return collect(message, { stream: message, bytesMax });
  if (encoding === "gzip" || encoding === "x-gzip") {
    return collect(message, { stream: message.pipe(createGunzip()), bytesMax });
  }
  const text = "A request body may be sent plain or with gzip, in no other content-encoding.";
  return refused(message, unsupported("media-type-not-supported", text, { where: "content-encoding" }));
}

interface Collection {
  readonly stream: Readable;
  readonly bytesMax: number;
}

function collect(message: IncomingMessage, { stream, bytesMax }: Collection): Promise<Result<Uint8Array>> {
  return new Promise((resolve) => {
    const chunks: Uint8Array[] = [];
    let length = 0;
    const giveUp = (problem: Problem) => {
      message.unpipe();
      stream.removeAllListeners("data");
      if (stream !== message) stream.destroy();
      resolve(refused(message, problem));
    };
    stream.on("data", (chunk: Uint8Array) => {
      length += chunk.length;
      if (length > bytesMax) giveUp(tooLarge(bytesMax));
      else chunks.push(chunk);
    });
    stream.on("end", () => resolve(ok(Buffer.concat(chunks, length))));
    stream.on("error", () => giveUp(stream === message ? cutShort() : notGzip()));
    message.on("close", () => {
      if (!message.complete) giveUp(cutShort());
    });
  });
}

/** The rest is read and thrown away, so that the client hears the answer instead of a reset connection. */
function refused(message: IncomingMessage, problem: Problem): Result<Uint8Array> {
  message.resume();
  return failed(problem);
}

function tooLarge(bytesMax: number): Problem {
  return incorrect("body-too-large", `The body is larger than the ${bytesMax} bytes that are accepted.`);
}

function cutShort(): Problem {
  return incorrect("body-cut-short", "The connection closed before the body was complete.");
}

function notGzip(): Problem {
  return incorrect("body-not-gzip", "The body is not the gzip that content-encoding says it is.");
}

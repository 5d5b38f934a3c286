import type { IncomingMessage } from "node:http";
import type { Readable, Transform } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import { failed, incorrect, ok, type Problem, type Result, unsupported } from "#kernel";

/** How each encoding is undone. Source: RFC 9110 §8.4.1. */
const decoders: Readonly<Record<string, () => Transform>> = {
  gzip: createGunzip,
  "x-gzip": createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

/**
 * The body of a request, whatever its type; compression is undone on the way, as far as the bound. It is held once: what
 * says its length beforehand is put where it stays. Problems: `body-too-large` when it is, or inflates to, more than
 * `bytesMax`; `body-cut-short`; `body-not-encoded`; `media-type-not-supported` for another encoding.
 * Source: RFC 9110 §8.4 (content-encoding).
 */
export async function readBody(message: IncomingMessage, bytesMax: number): Promise<Result<Uint8Array>> {
  const said = Number(message.headers["content-length"] ?? 0);
  if (said > bytesMax) return refused(message, tooLarge(bytesMax));
  const decoder = decoderOf(message);
  if (!decoder.ok) return refused(message, decoder.problems[0]);
  if (decoder.value === undefined) {
    return collect(message, { stream: message, gathering: gatheringOf(said), bytesMax });
  }
  return collect(message, { stream: message.pipe(decoder.value), gathering: gatheringOf(0), bytesMax });
}

/** What undoes the encoding of a body; undefined for one that is plain. Problem: `media-type-not-supported`. */
export function decoderOf(message: IncomingMessage): Result<Transform | undefined> {
  const encoding = message.headers["content-encoding"]?.trim().toLowerCase() ?? "";
  if (encoding === "identity" || encoding === "") return ok(undefined);
  const decoder = Object.hasOwn(decoders, encoding) ? decoders[encoding] : undefined;
  if (decoder !== undefined) return ok(decoder());
  const text = "A request body may be sent plain or with gzip, deflate or br, in no other content-encoding.";
  return failed(unsupported("media-type-not-supported", text, { where: "content-encoding" }));
}

interface Gathering {
  add(chunk: Uint8Array): void;
  bytes(): Uint8Array;
}

/** Of a length that is known, into one piece; otherwise piece by piece. */
function gatheringOf(bytes: number): Gathering {
  if (bytes === 0) {
    const chunks: Uint8Array[] = [];
    return { add: (chunk) => chunks.push(chunk), bytes: () => Buffer.concat(chunks) };
  }
  // Taken when the first bytes come: saying a length costs the client nothing.
  let whole: Uint8Array | undefined;
  let length = 0;
  return {
    add: (chunk) => {
      whole ??= Buffer.allocUnsafeSlow(bytes);
      whole.set(chunk, length);
      length += chunk.length;
    },
    bytes: () => whole ?? new Uint8Array(0),
  };
}

interface Collection {
  readonly stream: Readable;
  readonly gathering: Gathering;
  readonly bytesMax: number;
}

function collect(message: IncomingMessage, { stream, gathering, bytesMax }: Collection): Promise<Result<Uint8Array>> {
  return new Promise((resolve) => {
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
      else gathering.add(chunk);
    });
    stream.on("end", () => resolve(ok(gathering.bytes())));
    stream.on("error", () => giveUp(stream === message ? cutShort() : notEncoded()));
    message.on("close", () => {
      if (!message.complete) giveUp(cutShort());
    });
  });
}

/** The rest is read and thrown away, so that the client hears the answer instead of a reset connection. */
export function refused(message: IncomingMessage, problem: Problem): Result<Uint8Array> {
  message.resume();
  return failed(problem);
}

export function tooLarge(bytesMax: number): Problem {
  return incorrect("body-too-large", `The body is larger than the ${bytesMax} bytes that are accepted.`);
}

export function cutShort(): Problem {
  return incorrect("body-cut-short", "The connection closed before the body was complete.");
}

export function notEncoded(): Problem {
  return incorrect("body-not-encoded", "The body is not compressed in the way that content-encoding says it is.");
}

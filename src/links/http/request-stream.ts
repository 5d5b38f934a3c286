import type { IncomingMessage } from "node:http";
import type { Readable } from "node:stream";
import { failed, ok, type Result } from "#kernel";
import { cutShort, decoderOf, notEncoded, refused, tooLarge } from "./request-body.ts";

/**
 * The body of a request as it comes, compression undone on the way; what is not read yet waits in the socket. Ends with the
 * failure, whose problems are those of `readBody`.
 */
export async function* bodyStream(message: IncomingMessage, bytesMax: number): AsyncGenerator<Result<Uint8Array>> {
  const decoder = decoderOf(message);
  if (!decoder.ok) {
    yield refused(message, decoder.problems[0]);
    return;
  }
  const stream: Readable = decoder.value === undefined ? message : message.pipe(decoder.value);
  let length = 0;
  try {
    // The connection stays, so that the client hears the answer when it is given early.
    for await (const chunk of stream.iterator({ destroyOnReturn: false })) {
      length += (chunk as Uint8Array).length;
      if (length > bytesMax) {
        yield refused(message, tooLarge(bytesMax));
        return;
      }
      yield ok(chunk as Uint8Array);
    }
  } catch {
    yield failed(message.complete ? notEncoded() : cutShort());
    return;
  }
  if (!message.complete) yield failed(cutShort());
}

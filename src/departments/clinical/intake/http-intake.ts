import type { Context } from "#access";
import {
  failed,
  type HttpReply,
  type HttpRequest,
  incorrect,
  limits,
  notFound,
  ok,
  type Result,
  type Route,
  unsupported,
} from "#kernel";
import { readAck, readMessage } from "#standards/hl7v2";

/** Links that take messages by HTTP now. */
export interface HttpIntakes {
  /**
   * Takes one message, or a batch. Ok when everything is durable, with its acknowledgement, or undefined where none is
   * wanted. Undefined where no link of this name takes messages by HTTP. Problems: unavailable; the sender sends again.
   */
  takeByHttp(
    link: string,
    message: Uint8Array,
    origin: HttpOrigin,
  ): Promise<Result<Uint8Array | undefined>> | undefined;
}

export interface HttpOrigin {
  /** Whose token it came with: `ApiToken/…`. */
  readonly id: string;
  readonly remoteAddress: string;
}

/**
 * HL7 v2 messages by HTTP: the body is one message in ER7, and so is the acknowledgement that answers it, with status 200
 * for AA and CA, 400 for AR and CR, 500 for AE and CE. Without an acknowledgement (401, 403, 404, 413, 415, 503) nothing was
 * kept. A token sends into the links that its scope names, and no role does: `link/lab`.
 * Source: HL7 over HTTP (HAPI, draft of 2018) §2.4, §2.6.
 */
export function httpIntakeRoutes(intakes: HttpIntakes): readonly Route<Context>[] {
  return [
    {
      method: "POST",
      path: "/api/clinical/links/:name/messages",
      policy: "link/:name",
      summary: "Takes an HL7 v2 message (x-application/hl7-v2+er7) and answers with its acknowledgement.",
      handle: (request, context) => take(intakes, request, context),
    },
  ];
}

const er7 = "x-application/hl7-v2+er7";

async function take(intakes: HttpIntakes, request: HttpRequest, { actor }: Context): Promise<Result<HttpReply>> {
  const { params, headers, body, remoteAddress } = request;
  if (!isEr7(headers["content-type"] ?? "")) {
    const text = `A message is sent as ${er7}.`;
    return failed(unsupported("media-type-not-supported", text, { where: "content-type" }));
  }
  const bytesMax = limits.mllpFrameBytesMax;
  if (body.length > bytesMax)
    return failed(incorrect("body-too-large", `The message is larger than ${bytesMax} bytes.`));
  if (body.length === 0) return failed(incorrect("message-empty", "The request holds no message."));
  const taken = await intakes.takeByHttp(params.name ?? "", body, { id: actor.reference, remoteAddress });
  if (taken === undefined) return failed(notFound("link-not-open", "No link of this name takes messages by HTTP."));
  return taken.ok ? ok(replyOf(taken.value)) : taken;
}

/** With or without a character set: MSH-18 says which it is, and the bytes are kept as they came. */
function isEr7(contentType: string): boolean {
  return /^(x-)?application\/hl7-v2(\+er7)?\s*(;|$)/i.test(contentType.trim());
}

function replyOf(answer: Uint8Array | undefined): HttpReply {
  if (answer === undefined) return { status: 204 };
  return { status: statusOf(answer), headers: { "content-type": er7 }, body: answer };
}

const statuses = { AA: 200, CA: 200, AR: 400, CR: 400, AE: 500, CE: 500 } as const;

/** The acknowledgement of a batch holds several: it was taken, and says itself which of its messages were not. */
function statusOf(answer: Uint8Array): number {
  const ack = readAck(readMessage(answer));
  return ack.ok ? statuses[ack.value.code] : 200;
}

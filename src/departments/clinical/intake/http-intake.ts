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
import { readNhsack } from "#standards/edifact";
import { readAck, readMessage } from "#standards/hl7v2";
import type { MessageFormat } from "../messages/formats/foreign-message.ts";
import { processMessageRoute } from "./process-message.ts";

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
  /** What messages of a link are written in; undefined: HL7 v2, or there is no such link. */
  formatOf?(link: string): MessageFormat | undefined;
}

export interface HttpOrigin {
  /** Whose token it came with: `ApiToken/…`. */
  readonly id: string;
  readonly remoteAddress: string;
}

/**
 * HL7 v2 messages by HTTP: the body is one message in ER7, and so is the acknowledgement that answers it, with status 200
 * for AA and CA, 400 for AR and CR, 500 for AE and CE. An interchange is answered by an NHSACK, with 200, or 400 where it was
 * refused as a whole; a FHIR message by a message, see `processMessageRoute`. Without an acknowledgement (401, 403, 404, 413, 415, 503) nothing was
 * kept. A token sends into the links that its scope names, and no role does: `link/lab`.
 * Source: HL7 over HTTP (HAPI, draft of 2018) §2.4, §2.6.
 */
export function httpIntakeRoutes(intakes: HttpIntakes): readonly Route<Context>[] {
  return [
    {
      method: "POST",
      path: "/api/clinical/links/:name/messages",
      policy: "link/:name",
      summary:
        "Takes an HL7 v2 message (x-application/hl7-v2+er7), an interchange (application/EDIFACT) or a FHIR message (application/fhir+json) and answers it with its acknowledgement.",
      handle: (request, context) => take(intakes, request, context),
    },
    processMessageRoute(intakes),
  ];
}

/** What is sent to a link, and what answers it. With or without a character set: messages say themselves which it is. */
const mediaTypes: Readonly<Record<MessageFormat, { readonly name: string; readonly isOne: RegExp }>> = {
  hl7v2: { name: "x-application/hl7-v2+er7", isOne: /^(x-)?application\/hl7-v2(\+er7)?\s*(;|$)/i },
  edifact: { name: "application/EDIFACT", isOne: /^application\/edifact\s*(;|$)/i },
  fhir: { name: "application/fhir+json", isOne: /^application\/(fhir\+)?json\s*(;|$)/i },
};

async function take(intakes: HttpIntakes, request: HttpRequest, { actor }: Context): Promise<Result<HttpReply>> {
  const { params, headers, body, remoteAddress } = request;
  const link = params.name ?? "";
  const format = intakes.formatOf?.(link) ?? "hl7v2";
  const { name, isOne } = mediaTypes[format];
  if (!isOne.test((headers["content-type"] ?? "").trim())) {
    const text = `A message is sent as ${name}.`;
    return failed(unsupported("media-type-not-supported", text, { where: "content-type" }));
  }
  const bytesMax = limits.mllpFrameBytesMax;
  if (body.length > bytesMax)
    return failed(incorrect("body-too-large", `The message is larger than ${bytesMax} bytes.`));
  if (body.length === 0) return failed(incorrect("message-empty", "The request holds no message."));
  const taken = await intakes.takeByHttp(link, body, { id: actor.reference, remoteAddress });
  if (taken === undefined) return failed(notFound("link-not-open", "No link of this name takes messages by HTTP."));
  return taken.ok ? ok(replyOf(taken.value, format)) : taken;
}

function replyOf(answer: Uint8Array | undefined, format: MessageFormat): HttpReply {
  if (answer === undefined) return { status: 204 };
  const headers = { "content-type": mediaTypes[format].name };
  return { status: statusBy[format](answer), headers, body: answer };
}

/** An interchange that was taken says itself which of its messages were not; one that was not is to be sent right. */
function statusOfNhsack(answer: Uint8Array): number {
  return readNhsack(answer)?.status === "IRI" ? 400 : 200;
}

const statusBy: Readonly<Record<MessageFormat, (answer: Uint8Array) => number>> = {
  hl7v2: statusOf,
  edifact: statusOfNhsack,
  fhir: (answer) => (new TextDecoder().decode(answer).startsWith('{"resourceType":"Bundle"') ? 200 : 400),
};

const statuses = { AA: 200, CA: 200, AR: 400, CR: 400, AE: 500, CE: 500 } as const;

/** The acknowledgement of a batch holds several: it was taken, and says itself which of its messages were not. */
function statusOf(answer: Uint8Array): number {
  const ack = readAck(readMessage(answer));
  return ack.ok ? statuses[ack.value.code] : 200;
}

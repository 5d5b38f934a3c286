import type { Context } from "#access";
import type { Problem } from "#kernel";
import { toIso } from "#kernel";
import { ackCode, buildAck, charsetNamed } from "#standards/hl7v2";
import type { LinkMessage, MessageReason, SentAcknowledgement } from "./link-message.ts";
import type { SentMessage } from "./sent-message.ts";

/** What has become of a message, on its way into the record and back to its sender. */
export interface Outcome {
  readonly state: LinkMessage["state"];
  /** Why the sender is refused; none when the message is accepted. */
  readonly refusals: readonly Problem[];
  /** What else is to be known of it; the sender is not told. */
  readonly remarks: readonly Problem[];
}

/** Reasons that one message keeps; of more, the first are enough to see what is wrong. */
const reasonsMax = 100;

/** AA, or AE or AR with what is wrong: see `ackCode`. */
export function acknowledge(
  { header, problems, foreign }: SentMessage,
  { state, refusals }: Outcome,
  { clock, ids }: Pick<Context, "clock" | "ids">,
): SentAcknowledgement {
  const at = clock.now();
  const hasControlId = !problems.some(({ where }) => where === "MSH-10");
  const code = hasControlId ? ackCode(refusals, "application") : "AR";
  const controlId = ids.next();
  const text =
    foreign?.acknowledge({ code, problems: refusals, isHeld: state === "held", controlId, sentAt: toIso(at) }) ??
    buildAck(header, { code, controlId, at, problems: refusals });
  return { code: code as SentAcknowledgement["code"], text, sentAt: toIso(at) };
}

/** In the character set of the message it answers. */
export function bytesOf({ text }: SentAcknowledgement, { message, foreign }: SentMessage): Uint8Array {
  const charset = charsetNamed(foreign?.charset ?? "") ?? message.encoding.charset;
  return charset.encode(text).bytes;
}

export function reasonsOf({ refusals, remarks }: Outcome): readonly MessageReason[] {
  return [...refusals, ...remarks].slice(0, reasonsMax).map(({ category, code, message, where }) => ({
    category,
    code,
    message,
    ...(where === undefined ? {} : { where }),
  }));
}

import { deterministicId } from "../messages/deterministic-id.ts";
import type { MessageEnd, UnknownInMessage } from "../messages/link-message.ts";

export const unknownCodeKind = "UnknownCode";

/** The same code of the same sender in the same field is the same work. */
export function unknownCodeId(
  { application, facility }: MessageEnd,
  { field, system, code }: Pick<UnknownInMessage, "field" | "system" | "code">,
): string {
  return deterministicId(unknownCodeKind, application, facility, field, system, code);
}

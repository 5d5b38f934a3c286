import { unknownCodeId } from "../codes/unknown-code-id.ts";
import { heldOrderKey, orderNames } from "../gates/waiting-orders.ts";
import type { LinkMessage } from "../messages/link-message.ts";

/**
 * What a message is found by while it is held: `held-reason`, `held-order`, `held-proposed`, and `waits-for` an unknown code; and once it
 * was recorded, `unknown-unit`.
 */
export function heldKeys(message: LinkMessage): readonly string[] {
  const { state, reasons, codes, sender } = message;
  if (state !== "held") return unknownUnitKeys(message);
  const waitsForCode = reasons.some(({ code }) => code === "unknown-code");
  return [
    ...reasons.map(({ code }) => heldReasonKey(code)),
    ...orderNames(message).map(heldOrderKey),
    ...(message.decisions?.at(-1)?.isProposal ? [heldProposalKey] : []),
    ...(waitsForCode ? (codes?.unknown ?? []).map((unknown) => waitsForKey(unknownCodeId(sender, unknown))) : []),
  ];
}

/** A unit cannot be searched for in the results of one sender; so the messages that brought it are found. */
function unknownUnitKeys({ codes, sender }: LinkMessage): readonly string[] {
  const units = codes?.unknown.filter(({ field }) => field === "OBX-6") ?? [];
  return units.map((unknown) => unknownUnitKey(unknownCodeId(sender, unknown)));
}

/** By the id of an `UnknownCode`. */
export function unknownUnitKey(id: string): string {
  return `unknown-unit=${id}`;
}

/** Of a message of which a release waits for a second person. */
export const heldProposalKey = "held-proposed=yes";

export function heldReasonKey(code: string): string {
  return `held-reason=${code}`;
}

/** By the id of an `UnknownCode`. */
export function waitsForKey(id: string): string {
  return `waits-for=${id}`;
}

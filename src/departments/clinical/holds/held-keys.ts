import { unknownCodeId } from "../codes/unknown-code-id.ts";
import { heldOrderKey, orderNames } from "../gates/waiting-orders.ts";
import type { LinkMessage } from "../messages/link-message.ts";

/** Index keys that only a message has that is held: by `held-reason`, `held-order`, and `waits-for` an unknown code. */
export function heldKeys(message: LinkMessage): readonly string[] {
  const { state, reasons, codes, sender } = message;
  if (state !== "held") return [];
  const waitsForCode = reasons.some(({ code }) => code === "unknown-code");
  return [
    ...reasons.map(({ code }) => heldReasonKey(code)),
    ...orderNames(message).map(heldOrderKey),
    ...(waitsForCode ? (codes?.unknown ?? []).map((unknown) => waitsForKey(unknownCodeId(sender, unknown))) : []),
  ];
}

export function heldReasonKey(code: string): string {
  return `held-reason=${code}`;
}

/** By the id of an `UnknownCode`. */
export function waitsForKey(id: string): string {
  return `waits-for=${id}`;
}

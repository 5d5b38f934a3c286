import { z } from "zod";
import type { Instant } from "#kernel";
import type { IdentityNeeds } from "../identity/identity-needs.ts";
import { openText, sealText } from "./sealed.ts";

const schema = z.object({
  userId: z.string().optional(),
  /** What a passkey must sign. */
  challenge: z.string().optional(),
  /** The secret of an authenticator app that is not confirmed yet. */
  secret: z.string().optional(),
  /** Present where the first step was at the hospital's provider. */
  outside: z.object({ outsideSession: z.string().optional() }).optional(),
  issuedMs: z.number(),
  untilMs: z.number(),
});

export type Ticket = Readonly<z.infer<typeof schema>>;

/** Each step has tickets of its own: that of a sign-in sets nothing up. */
export type TicketFor = "second-step" | "passkey-sign-in" | "totp-set-up" | "passkey-set-up";

export interface TicketOrder {
  readonly is: TicketFor;
  readonly holds: Omit<Ticket, "issuedMs" | "untilMs">;
  readonly lifeMs: number;
}

/** What one step leaves for the next, sealed, in the browser's hands: no process has to remember it. */
export function newTicket({ sealKey, clock }: IdentityNeeds, { is, holds, lifeMs }: TicketOrder): string {
  const issuedMs = clock.now();
  return sealText(JSON.stringify({ ...holds, issuedMs, untilMs: issuedMs + lifeMs }), { key: sealKey, purpose: is });
}

/** Undefined where it is none, is for another step, or is too old. */
export function readTicket({ sealKey, clock }: IdentityNeeds, is: TicketFor, text: string): Ticket | undefined {
  const opened = openText(text, { key: sealKey, purpose: is });
  if (opened === undefined) return undefined;
  const ticket = schema.parse(JSON.parse(opened));
  const now: Instant = clock.now();
  return now < ticket.untilMs ? ticket : undefined;
}

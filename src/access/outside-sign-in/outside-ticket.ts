import { z } from "zod";
import { limits } from "#kernel";
import type { IdentityNeeds } from "../identity/identity-needs.ts";
import { openText, sealText } from "../second-factor/sealed.ts";

const name = "corridor_outside";
/** The only addresses that need it. */
export const outsidePath = "/api/access/outside";

const schema = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  redirectUri: z.string(),
  /** Whoever links their account to the hospital's; absent for a sign-in. */
  userId: z.string().optional(),
  untilMs: z.number(),
});

export type OutsideTicket = Readonly<z.infer<typeof schema>>;

type Given = Omit<OutsideTicket, "untilMs">;

/**
 * What a sign-in at the hospital's provider leaves in the browser that began it: sealed, so that no process has to remember it;
 * in a cookie that no script reads, so that the answer is of use in that browser alone.
 */
export function ticketCookie({ sealKey, clock }: IdentityNeeds, given: Given, secure: boolean): string {
  const ticket: OutsideTicket = { ...given, untilMs: clock.now() + limits.outsideSignInMs };
  return cookie(sealText(JSON.stringify(ticket), { key: sealKey, purpose: name }), secure);
}

export function endedTicketCookie(secure: boolean): string {
  return `${cookie("", secure)}; Max-Age=0`;
}

function cookie(value: string, secure: boolean): string {
  return `${name}=${value}; Path=${outsidePath}; HttpOnly; SameSite=Strict${secure ? "; Secure" : ""}`;
}

/** Undefined where there is none, or it is too old. */
export function ticketIn({ sealKey, clock }: IdentityNeeds, header: string | undefined): OutsideTicket | undefined {
  const value = new RegExp(`(?:^|; *)${name}=([\\w-]+)`).exec(header ?? "")?.[1];
  const opened = value === undefined ? undefined : openText(value, { key: sealKey, purpose: name });
  if (opened === undefined) return undefined;
  const ticket = schema.parse(JSON.parse(opened));
  return clock.now() < ticket.untilMs ? ticket : undefined;
}

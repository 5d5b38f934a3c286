import { failed, forbidden, limits, type Result, toIso } from "#kernel";
import type { IdentityNeeds } from "../identity/identity-needs.ts";
import type { Owner } from "../identity/own-session.ts";
import { totpPurpose } from "./check-answer.ts";
import { sealText } from "./sealed.ts";
import { readSecondFactors } from "./second-factors.ts";
import { keepFactor, type SetUp, setUpLate } from "./set-up.ts";
import { newTicket, readTicket } from "./ticket.ts";
import { matchingStep, newTotpSecret, totpUri } from "./totp.ts";

export interface TotpOffer {
  readonly ticket: string;
  /** In base 32, for typing it into the app. */
  readonly secret: string;
  /** The same for the picture. */
  readonly uri: string;
}

/** A new secret for an authenticator app. Nothing is written until a code shows that the app has it. */
export function offerTotp(needs: IdentityNeeds, { user }: Owner): TotpOffer {
  const secret = newTotpSecret();
  const ticket = newTicket(needs, {
    is: "totp-set-up",
    holds: { userId: user.id, secret },
    lifeMs: limits.factorSetUpMs,
  });
  return { ticket, secret, uri: totpUri({ secret, username: user.username }) };
}

export interface TotpConfirmation {
  readonly ticket: string;
  readonly code: string;
}

/**
 * Sets the app up, in the place of an earlier one. Its code is used up: it does not sign in as well.
 * Problems: forbidden `set-up-late`, `code-wrong`; conflict, unavailable.
 */
export async function confirmTotp(
  needs: IdentityNeeds,
  owner: Owner,
  { ticket: text, code }: TotpConfirmation,
): Promise<Result<SetUp>> {
  const ticket = readTicket(needs, "totp-set-up", text);
  const { id } = owner.user;
  if (ticket?.secret === undefined || ticket.userId !== id) return failed(setUpLate);
  const { secret } = ticket;
  const factors = await readSecondFactors(needs.record, id);
  if (!factors.ok) return factors;
  const now = needs.clock.now();
  const lastStep = matchingStep({ secret, code, now });
  if (lastStep === undefined) return failed(codeWrong);
  const sealed = sealText(secret, { key: needs.sealKey, purpose: totpPurpose(id) });
  return keepFactor(needs, owner, {
    factors: factors.value,
    change: { totp: { sealed, since: toIso(now), lastStep } },
    what: "authenticator app set up",
    notice: "app-set-up",
    method: "password and code",
  });
}

const codeWrong = forbidden(
  "code-wrong",
  "The code does not fit. Check that the app shows Corridor, and that the clock of your telephone is right.",
  { where: "code" },
);

import { generateAuthenticationOptions, type PublicKeyCredentialRequestOptionsJSON } from "@simplewebauthn/server";
import { failed, forbidden, limits, type Result } from "#kernel";
import { actingUser, identityEntry, readUser } from "../identity/accounts.ts";
import { beginSession, type SignedIn, type Whereabouts } from "../identity/begin-session.ts";
import type { IdentityNeeds } from "../identity/identity-needs.ts";
import type { StoredUser } from "../identity/user.ts";
import { signedWith } from "./check-answer.ts";
import { isStillOpen } from "./finish-sign-in.ts";
import { namesOwner, type PasskeyReply, rpIdOf } from "./passkey-check.ts";
import { factorsWrite, ownerOfPasskey, readSecondFactors } from "./second-factors.ts";
import { newTicket, readTicket, type Ticket } from "./ticket.ts";

export interface PasskeyOffer {
  readonly ticket: string;
  readonly options: PublicKeyCredentialRequestOptionsJSON;
}

/** For signing in without a name and a password: the browser asks its owner which passkey. */
export async function offerPasskeySignIn(needs: IdentityNeeds, origin: string): Promise<PasskeyOffer> {
  const options = await generateAuthenticationOptions({ rpID: rpIdOf(origin), userVerification: "required" });
  const holds = { challenge: options.challenge };
  return { options, ticket: newTicket(needs, { is: "passkey-sign-in", holds, lifeMs: limits.secondStepMs }) };
}

export interface PasskeySignIn extends Whereabouts {
  readonly ticket: string;
  readonly passkey: PasskeyReply;
  readonly origin: string;
}

/**
 * A session for who holds a passkey and unlocked it by a finger, a face or a PIN, which is two factors. The lock after wrong
 * passwords does not concern it: a signature cannot be guessed. Problems: forbidden `passkey-failed`; busy, unavailable.
 */
export async function signInByPasskey(needs: IdentityNeeds, request: PasskeySignIn): Promise<Result<SignedIn>> {
  const ticket = readTicket(needs, "passkey-sign-in", request.ticket);
  const owner = await ownerOfPasskey(needs.record, request.passkey.id);
  if (!owner.ok) return owner;
  const { value: userId } = owner;
  if (ticket === undefined || userId === undefined) return refuse(needs, undefined, request);
  return needs.turns.take(userId, () => open(needs, { request, ticket, userId }));
}

interface Opening {
  readonly request: PasskeySignIn;
  readonly ticket: Ticket;
  readonly userId: string;
}

async function open(needs: IdentityNeeds, { request, ticket, userId }: Opening): Promise<Result<SignedIn>> {
  const user = await readUser(needs.record, userId);
  if (!user.ok) return user;
  const factors = await readSecondFactors(needs.record, userId);
  if (!factors.ok) return factors;
  const { passkey: reply, origin } = request;
  const isOwners = user.value !== undefined && namesOwner(reply, user.value.id);
  if (user.value === undefined || !isOwners || !isStillOpen(user.value, ticket)) {
    return refuse(needs, user.value, request);
  }
  const change = await signedWith(needs, { reply, factors: factors.value, ticket, origin, mustVerifyPerson: true });
  if (change === undefined) return refuse(needs, user.value, request);
  const also = [factorsWrite(factors.value, change)];
  return beginSession(needs, { user: user.value, where: request, method: "passkey", also });
}

const wrong = forbidden("passkey-failed", "This passkey does not open an account here. Use your password instead.");

async function refuse(needs: IdentityNeeds, user: StoredUser | undefined, { remoteAddress }: Whereabouts) {
  const actor = actingUser(user, remoteAddress);
  const entry = identityEntry(needs, {
    act: "sign-in",
    actor,
    entities: [],
    problem: wrong.code,
    query: "passkey",
  });
  const noted = await needs.record.transact({ operations: [], audit: [entry] });
  return noted.ok ? failed(wrong) : noted;
}

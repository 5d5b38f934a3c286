import {
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
  type RegistrationResponseJSON,
  type VerifiedRegistrationResponse,
  verifyRegistrationResponse,
} from "@simplewebauthn/server";
import { conflict, failed, forbidden, limits, ok, type Result, toIso } from "#kernel";
import type { IdentityNeeds } from "../identity/identity-needs.ts";
import type { Owner } from "../identity/own-session.ts";
import { type PasskeyReply, rpIdOf, userHandle } from "./passkey-check.ts";
import { ownerOfPasskey, type Passkey, readSecondFactors } from "./second-factors.ts";
import { keepFactor, type SetUp, setUpLate } from "./set-up.ts";
import { newTicket, readTicket } from "./ticket.ts";

export interface PasskeyCreation {
  readonly ticket: string;
  readonly options: PublicKeyCredentialCreationOptionsJSON;
}

/** For the browser to make a passkey by. Problems: conflict `too-many-passkeys`. */
export async function offerPasskey(needs: IdentityNeeds, { user, request }: Owner): Promise<Result<PasskeyCreation>> {
  const factors = await readSecondFactors(needs.record, user.id);
  if (!factors.ok) return factors;
  if (factors.value.passkeys.length >= limits.passkeysMax) return failed(tooMany);
  const options = await generateRegistrationOptions({
    rpName: "Corridor",
    rpID: rpIdOf(request.origin),
    userName: user.username,
    userDisplayName: user.display,
    userID: userHandle(user.id),
    excludeCredentials: factors.value.passkeys.map(({ id }) => ({ id })),
    supportedAlgorithmIDs: algorithms,
    authenticatorSelection: { residentKey: "preferred", userVerification: "preferred" },
  });
  const holds = { userId: user.id, challenge: options.challenge };
  return ok({ options, ticket: newTicket(needs, { is: "passkey-set-up", holds, lifeMs: limits.factorSetUpMs }) });
}

/** EdDSA, ES256, RS256: one of them is in every authenticator. Source: WebAuthn Level 3 §5.8.5; IANA COSE Algorithms. */
const algorithms = [-8, -7, -257];

const tooMany = conflict(
  "too-many-passkeys",
  `One person has at most ${limits.passkeysMax} passkeys. Remove one that you do not use any more.`,
);

export interface NewPasskey {
  readonly ticket: string;
  /** As its owner calls it. */
  readonly name: string;
  readonly passkey: PasskeyReply;
}

/** Keeps the passkey that the browser has made. Problems: forbidden `set-up-late`, `passkey-wrong`; conflict, unavailable. */
export async function keepPasskey(needs: IdentityNeeds, owner: Owner, made: NewPasskey): Promise<Result<SetUp>> {
  const ticket = readTicket(needs, "passkey-set-up", made.ticket);
  const { id } = owner.user;
  if (ticket?.challenge === undefined || ticket.userId !== id) return failed(setUpLate);
  const factors = await readSecondFactors(needs.record, id);
  if (!factors.ok) return factors;
  const { passkeys } = factors.value;
  if (passkeys.length >= limits.passkeysMax) return failed(tooMany);
  const { origin } = owner.request;
  const checked = await verifiedPasskey(made.passkey, { challenge: ticket.challenge, origin });
  if (checked === undefined) return failed(passkeyWrong);
  // Also another person's: whoever knew its id could otherwise put a key of their own in its place. Source: WebAuthn §7.1.
  const holder = await ownerOfPasskey(needs.record, checked.id);
  if (!holder.ok) return holder;
  if (holder.value !== undefined) return failed(passkeyWrong);
  const passkey: Passkey = {
    ...checked,
    name: made.name,
    rpId: rpIdOf(origin),
    created: toIso(needs.clock.now()),
  };
  return keepFactor(needs, owner, {
    factors: factors.value,
    change: { passkeys: [...passkeys, passkey] },
    what: "passkey set up",
    notice: "passkey-set-up",
    method: "password and passkey",
  });
}

const passkeyWrong = forbidden("passkey-wrong", "The passkey could not be checked. Try again, or use another device.");

interface Expected {
  readonly challenge: string;
  readonly origin: string;
}

/** What of it is kept; undefined where the browser's answer does not fit what it was asked. */
async function verifiedPasskey(reply: PasskeyReply, { challenge, origin }: Expected) {
  try {
    const verified = await verifyRegistrationResponse({
      response: reply as RegistrationResponseJSON,
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: rpIdOf(origin),
      requireUserVerification: false,
      supportedAlgorithmIDs: algorithms,
    });
    return keptOf(verified);
  } catch {
    // The library throws for whatever is not a right answer.
    return undefined;
  }
}

function keptOf({ verified, registrationInfo }: VerifiedRegistrationResponse) {
  if (!verified || registrationInfo === undefined) return undefined;
  const { id, publicKey, counter, transports } = registrationInfo.credential;
  return {
    id,
    publicKey: Buffer.from(publicKey).toString("base64url"),
    counter,
    ...(transports === undefined ? {} : { transports: [...transports] }),
  };
}

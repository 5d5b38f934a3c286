import { failed, type Instant, ok, type Result, toIso, unavailable } from "#kernel";
import type { IdentityNeeds } from "../identity/identity-needs.ts";
import { secretHash } from "../identity/secret.ts";
import type { SignInMethod } from "../identity/session.ts";
import { checkPasskey, type PasskeyReply } from "./passkey-check.ts";
import { withoutCode } from "./recovery-codes.ts";
import { openText } from "./sealed.ts";
import type { FactorsChange, StoredSecondFactors } from "./second-factors.ts";
import type { Ticket } from "./ticket.ts";
import { matchingStep } from "./totp.ts";

/** What somebody shows as their second factor. */
export type SecondAnswer =
  | { readonly is: "code"; readonly code: string }
  | { readonly is: "recovery-code"; readonly recoveryCode: string }
  | { readonly is: "passkey"; readonly passkey: PasskeyReply };

/** A right answer, and what it uses up: written with what it opens, so that it opens nothing twice. */
export interface RightAnswer {
  readonly method: SignInMethod;
  readonly change: FactorsChange;
}

export interface Answered {
  readonly answer: SecondAnswer;
  readonly factors: StoredSecondFactors;
  readonly ticket: Ticket;
  readonly origin: string;
}

/** What is no right answer: `used` is a code that was right once. */
export type WrongAnswer = "wrong" | "used";

/** Problems: unavailable `identity-key-changed`. */
export async function checkAnswer(
  needs: IdentityNeeds,
  { answer, factors, ticket, origin }: Answered,
): Promise<Result<RightAnswer | WrongAnswer>> {
  switch (answer.is) {
    case "code":
      return checkCode(needs, factors, answer.code);
    case "recovery-code": {
      const left = factors.recovery && withoutCode(factors.recovery, answer.recoveryCode);
      if (left === undefined || factors.recovery === undefined) return ok("wrong");
      const recovery = { ...factors.recovery, hashes: [...left.hashes] };
      return ok({ method: "password and recovery code", change: { recovery } });
    }
    case "passkey": {
      const change = await signedWith(needs, {
        reply: answer.passkey,
        factors,
        ticket,
        origin,
        mustVerifyPerson: false,
      });
      return ok(change ? { method: "password and passkey", change } : "wrong");
    }
  }
}

function checkCode(
  needs: IdentityNeeds,
  factors: StoredSecondFactors,
  code: string,
): Result<RightAnswer | WrongAnswer> {
  const { totp } = factors;
  if (totp === undefined) return ok("wrong");
  const secret = openText(totp.sealed, { key: needs.sealKey, purpose: totpPurpose(factors.id) });
  if (secret === undefined) return failed(keyChanged);
  const step = matchingStep({ secret, code, now: needs.clock.now() });
  if (step === undefined) return ok("wrong");
  // That of the last code that was taken and those before it are used up. Source: RFC 6238 §5.2.
  if (step <= totp.lastStep) return ok(step === totp.lastStep ? "used" : "wrong");
  return ok({ method: "password and code", change: { totp: { ...totp, lastStep: step } } });
}

/** A sealed secret that is copied to another account does not open there. */
export function totpPurpose(userId: string): string {
  return `totp of ${userId}`;
}

const keyChanged = unavailable(
  "identity-key-changed",
  "The key that codes are checked with is not the one they were set up under. Use a passkey or a recovery code, or ask a system administrator.",
);

interface Signed {
  readonly reply: PasskeyReply;
  readonly factors: StoredSecondFactors;
  readonly ticket: Ticket;
  readonly origin: string;
  readonly mustVerifyPerson: boolean;
}

/** What a passkey's signature uses up: its challenge, and its count; undefined where it does not fit. */
export async function signedWith(needs: IdentityNeeds, signed: Signed): Promise<FactorsChange | undefined> {
  const { factors, reply, ticket, origin, mustVerifyPerson } = signed;
  const passkey = factors.passkeys.find(({ id }) => id === reply.id);
  const now: Instant = needs.clock.now();
  if (passkey === undefined || ticket.challenge === undefined) return undefined;
  const used = factors.usedChallenges.filter(({ untilMs }) => now < untilMs);
  const hash = secretHash(ticket.challenge);
  if (used.some((each) => each.hash === hash)) return undefined;
  const counter = await checkPasskey({ passkey, reply, challenge: ticket.challenge, origin, mustVerifyPerson });
  if (counter === undefined) return undefined;
  const touched = { ...passkey, counter, lastUsed: toIso(now) };
  return {
    passkeys: factors.passkeys.map((each) => (each.id === passkey.id ? touched : each)),
    usedChallenges: [...used, { hash, untilMs: ticket.untilMs }],
  };
}

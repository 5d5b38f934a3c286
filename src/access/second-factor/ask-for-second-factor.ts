import { generateAuthenticationOptions, type PublicKeyCredentialRequestOptionsJSON } from "@simplewebauthn/server";
import { limits, ok, type Result } from "#kernel";
import { actingUser, identityEntry } from "../identity/accounts.ts";
import type { Whereabouts } from "../identity/begin-session.ts";
import type { IdentityNeeds } from "../identity/identity-needs.ts";
import type { StoredUser } from "../identity/user.ts";
import { rpIdOf } from "./passkey-check.ts";
import { hasSecondFactor, readSecondFactors, type SecondFactors } from "./second-factors.ts";
import { newTicket } from "./ticket.ts";

/** What a sign-in still needs. */
export interface SecondStep {
  /** Goes with the answer to the second step (see `finishSignIn`). */
  readonly ticket: string;
  readonly methods: readonly ("code" | "passkey" | "recovery-code")[];
  /** For the browser, where a passkey works at this address. */
  readonly passkeyOptions?: PublicKeyCredentialRequestOptionsJSON;
}

/** Who was signed in by the hospital's provider first, and what it calls its session. */
export interface FirstOutside {
  readonly outsideSession: string | undefined;
}

/** The second step for who has just shown the first factor; undefined where the account has no second one. Audited. */
export async function askForSecondFactor(
  needs: IdentityNeeds,
  { user, where, outside }: { readonly user: StoredUser; readonly where: Whereabouts; readonly outside?: FirstOutside },
): Promise<Result<SecondStep | undefined>> {
  const factors = await readSecondFactors(needs.record, user.id);
  if (!factors.ok) return factors;
  if (!hasSecondFactor(factors.value)) return ok(undefined);
  const noted = await needs.record.transact({
    operations: [],
    audit: [
      identityEntry(needs, {
        act: "second-factor-ask",
        actor: actingUser(user, where.remoteAddress),
        entities: [`User/${user.id}`],
      }),
    ],
  });
  return noted.ok ? ok(await secondStep(needs, { userId: user.id, factors: factors.value, where, outside })) : noted;
}

interface Asked {
  readonly userId: string;
  readonly factors: SecondFactors;
  readonly where: Whereabouts;
  readonly outside: FirstOutside | undefined;
}

async function secondStep(needs: IdentityNeeds, { userId, factors, where, outside }: Asked): Promise<SecondStep> {
  const rpId = where.origin === undefined ? "" : rpIdOf(where.origin);
  const here = factors.passkeys.filter((passkey) => passkey.rpId === rpId);
  const passkeyOptions =
    here.length === 0
      ? undefined
      : await generateAuthenticationOptions({
          rpID: rpId,
          allowCredentials: here.map(({ id, transports = [] }) => ({ id, transports: [...transports] })),
          userVerification: "preferred",
        });
  const holds = {
    userId,
    ...(outside === undefined ? {} : { outside }),
    ...(passkeyOptions === undefined ? {} : { challenge: passkeyOptions.challenge }),
  };
  return {
    ticket: newTicket(needs, { is: "second-step", holds, lifeMs: limits.secondStepMs }),
    methods: [
      ...(factors.totp === undefined ? [] : ["code" as const]),
      ...(passkeyOptions === undefined ? [] : ["passkey" as const]),
      ...((factors.recovery?.hashes.length ?? 0) === 0 ? [] : ["recovery-code" as const]),
    ],
    ...(passkeyOptions === undefined ? {} : { passkeyOptions }),
  };
}

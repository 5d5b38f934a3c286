import {
  type AuthenticationResponseJSON,
  type AuthenticatorTransport,
  verifyAuthenticationResponse,
} from "@simplewebauthn/server";
import type { Passkey } from "./second-factors.ts";

/** What a browser gives of an authenticator, as it is before it is checked. */
export interface PasskeyReply {
  readonly id: string;
  readonly response?: unknown;
}

/** What the authenticator is told to call its owner. Source: WebAuthn Level 2 §5.4.3 (user handle). */
export function userHandle(userId: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(Buffer.from(userId));
}

/** Whether the authenticator itself says that it is the user's, as it must where nobody else did. Source: §7.2 step 6. */
export function namesOwner({ response }: PasskeyReply, userId: string): boolean {
  const { userHandle: handle } = (response ?? {}) as { readonly userHandle?: unknown };
  return handle === Buffer.from(userHandle(userId)).toString("base64url");
}

/** The name that a passkey is tied to: the host of the address. Source: WebAuthn Level 3 §5.1.2 (RP ID). */
export function rpIdOf(origin: string): string {
  return new URL(origin).hostname;
}

export interface PasskeyTry {
  readonly passkey: Passkey;
  readonly reply: PasskeyReply;
  readonly challenge: string;
  readonly origin: string;
  /** Whether the authenticator must have asked for a finger, a face or a PIN. */
  readonly mustVerifyPerson: boolean;
}

/** The new count of signatures when the passkey has signed the challenge here; undefined otherwise. */
export async function checkPasskey(tried: PasskeyTry): Promise<number | undefined> {
  const { passkey, reply, challenge, origin, mustVerifyPerson } = tried;
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: reply as AuthenticationResponseJSON,
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: passkey.rpId,
      credential: {
        id: passkey.id,
        publicKey: Uint8Array.from(Buffer.from(passkey.publicKey, "base64url")),
        counter: passkey.counter,
        transports: (passkey.transports ?? []) as AuthenticatorTransport[],
      },
      requireUserVerification: mustVerifyPerson,
    });
    return verified ? authenticationInfo.newCounter : undefined;
  } catch {
    // The library throws for whatever is not a right answer, from broken JSON to a counter that went back.
    return undefined;
  }
}

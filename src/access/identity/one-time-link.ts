import { type Clock, type Instant, limits, toIso } from "#kernel";
import { newSecret, secretHash } from "./secret.ts";
import type { User } from "./user.ts";

export interface NewLink {
  /** For the account. */
  readonly oneTimeLink: NonNullable<User["oneTimeLink"]>;
  /**
   * Path of the page that sets a password, with the secret behind `#`: a browser does not send that part, so it is in no
   * server's log. For the owner alone; kept nowhere.
   */
  readonly path: string;
}

/** Works once, for `limits.oneTimeLinkMs`; a newer link to the same account replaces it. */
export function newLink(userId: string, clock: Clock): NewLink {
  const secret = newSecret();
  const expires = toIso((clock.now() + limits.oneTimeLinkMs) as Instant);
  return { oneTimeLink: { hash: secretHash(secret), expires }, path: `/set-password#${userId}.${secret}` };
}

/** The parts of what stands behind the `#`; undefined where it is no such thing. */
export function readLink(text: string): { readonly userId: string; readonly secret: string } | undefined {
  const at = text.lastIndexOf(".");
  return at <= 0 ? undefined : { userId: text.slice(0, at), secret: text.slice(at + 1) };
}

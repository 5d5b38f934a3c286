import { z } from "zod";
import { type Instant, limits } from "#kernel";
import { type KindDefinition, noEntries } from "#record";
import { checkBy, type Stored } from "./document-schema.ts";
import type { User } from "./user.ts";

const time = z.iso.datetime();

/** What a session was opened with. A passkey that asks for a finger or a PIN is two factors by itself. */
const signInMethods = [
  "password",
  "password and code",
  "password and passkey",
  "password and recovery code",
  "passkey",
  "hospital sign-in",
  "hospital sign-in with second factor",
  "hospital sign-in and own second factor",
] as const;

export type SignInMethod = (typeof signInMethods)[number];

/** A person signed in at one browser. Its id is the hash of the token in the cookie. */
export const sessionSchema = z.object({
  userId: z.string(),
  begun: time,
  /** Written each `limits.sessionTouchMs` at most. */
  lastUsed: time,
  ended: time.optional(),
  /** Absent: by the password alone. */
  method: z.enum(signInMethods).optional(),
  /** When its owner last showed who they are; absent: when it began. */
  proved: time.optional(),
  /** What the hospital's provider calls the session there that this one was opened by. */
  outsideSession: z.string().optional(),
  /** Address it was opened from, and the browser as far as it says: for its owner to know it again. */
  address: z.string().optional(),
  browser: z.string().optional(),
});

export type Session = Readonly<z.infer<typeof sessionSchema>>;
export type StoredSession = Stored<Session>;

export const sessionKind: KindDefinition = {
  kind: "Session",
  check: checkBy("Session", sessionSchema),
  index: (body) => {
    const { userId, outsideSession } = sessionSchema.parse(body);
    return {
      ...noEntries,
      keys: [`user=${userId}`, ...(outsideSession === undefined ? [] : [`sid=${outsideSession}`])],
    };
  },
};

/** When the session is over if it is not used again; 0 when it is over already, whatever the time. */
export function sessionEndMs(session: Session, user: User): number {
  if (session.ended !== undefined || !user.active) return 0;
  if (Date.parse(session.begun) < Date.parse(user.sessionsFrom)) return 0;
  const idleEndMs = Date.parse(session.lastUsed) + limits.sessionIdleMs;
  return Math.min(idleEndMs, Date.parse(session.begun) + limits.sessionTotalMs);
}

export function needsTouch(session: Session, now: Instant): boolean {
  return now - Date.parse(session.lastUsed) >= limits.sessionTouchMs;
}

export function isTwoFactor({ method }: Pick<Session, "method">): boolean {
  return method !== undefined && method !== "password" && method !== "hospital sign-in";
}

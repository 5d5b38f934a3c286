import { z } from "zod";
import { type Instant, limits } from "#kernel";
import { type KindDefinition, noEntries } from "#record";
import { checkBy, type Stored } from "./document-schema.ts";
import type { User } from "./user.ts";

const time = z.iso.datetime();

/** A person signed in at one browser. Its id is the hash of the token in the cookie. */
export const sessionSchema = z.object({
  userId: z.string(),
  begun: time,
  /** Written each `limits.sessionTouchMs` at most. */
  lastUsed: time,
  ended: time.optional(),
});

export type Session = Readonly<z.infer<typeof sessionSchema>>;
export type StoredSession = Stored<Session>;

export const sessionKind: KindDefinition = {
  kind: "Session",
  check: checkBy("Session", sessionSchema),
  index: () => noEntries,
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

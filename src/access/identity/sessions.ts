import { failed, limits, notFound, ok, type Result, toIso } from "#kernel";
import type { HealthRecord, Update } from "#record";
import type { Actor } from "../actor.ts";
import { identityEntry } from "./accounts.ts";
import { bodyOf, storedBy } from "./document-schema.ts";
import type { IdentityNeeds } from "./identity-needs.ts";
import { type StoredSession, sessionEndMs, sessionKind, sessionSchema } from "./session.ts";
import type { StoredUser } from "./user.ts";

/** The sessions of an account that are open, the last used first, `limits.sessionsListedMax` at most. */
export async function openSessions(
  { record, clock }: { readonly record: HealthRecord; readonly clock: IdentityNeeds["clock"] },
  user: StoredUser,
): Promise<Result<readonly StoredSession[]>> {
  const found = await record.search({
    kind: sessionKind.kind,
    all: [{ is: "key", any: [`user=${user.id}`] }],
    sort: { by: "updated", descending: true },
    limit: limits.sessionsListedMax,
  });
  if (!found.ok) return found;
  const sessions = found.value.versions.map((version) => storedBy(sessionSchema, version));
  const now = clock.now();
  return ok(
    sessions
      .filter((session) => now < sessionEndMs(session, user))
      .sort((one, other) => other.lastUsed.localeCompare(one.lastUsed)),
  );
}

export interface SessionsEnd {
  readonly user: StoredUser;
  /** Which; the others stay open. */
  ends(session: StoredSession): boolean;
}

/**
 * Ends sessions of an account, here at once and in other processes within `limits.sessionTrustMs`; audited, each.
 * Problems: not-found where none of those that are open is meant; conflict, unavailable.
 */
export async function endSessions(needs: IdentityNeeds, { user, ends }: SessionsEnd, by: Actor) {
  const open = await openSessions(needs, user);
  if (!open.ok) return open;
  const ended = open.value.filter(ends);
  if (ended.length === 0) return failed(notFound("not-found", "There is no such session any more."));
  const written = await needs.record.transact({
    operations: ended.map((session) => endOf(needs, session)),
    audit: ended.map(({ id }) =>
      identityEntry(needs, { act: "session-end", actor: by, entities: [`Session/${id}`, `User/${user.id}`] }),
    ),
  });
  for (const { id } of ended) needs.trusted.forget(id);
  return written.ok ? ok(ended.length) : written;
}

/** The session as over. It may be touched meanwhile: the end counts. */
export function endOf({ clock }: Pick<IdentityNeeds, "clock">, { id, version: _, ...session }: StoredSession): Update {
  const body = bodyOf({ ...session, ended: toIso(clock.now()) });
  return { action: "update", kind: sessionKind.kind, id, body };
}

import { ok, type Result } from "#kernel";
import { anonymousActor } from "../actor.ts";
import { storedBy } from "../identity/document-schema.ts";
import type { IdentityNeeds } from "../identity/identity-needs.ts";
import { type Session, sessionSchema } from "../identity/session.ts";
import { endSessions } from "../identity/sessions.ts";
import { outsideKey, type StoredUser, userSchema } from "../identity/user.ts";
import type { OutsideProvider } from "./outside-provider.ts";

/**
 * Ends what the provider says is over: one session by its `sid`, or all that a person opened through the provider. Sessions by a
 * password of Corridor's own stay. Problems: those of `OutsideProvider.loggedOut`; unavailable.
 */
export async function endOutsideSessions(
  needs: IdentityNeeds,
  provider: OutsideProvider,
  { token, remoteAddress }: { readonly token: string; readonly remoteAddress: string },
): Promise<Result<undefined>> {
  const over = await provider.loggedOut(token);
  if (!over.ok) return over;
  const { subject, sid } = over.value;
  const user = await ownerOf(needs, { issuer: provider.settings.issuer, subject, sid });
  if (!user.ok || user.value === undefined) return user.ok ? ok(undefined) : user;
  const ends = (session: Session) =>
    sid === undefined ? session.method?.startsWith("hospital") === true : session.outsideSession === sid;
  const by = { ...anonymousActor(remoteAddress), display: "The hospital's sign-in" };
  const ended = await endSessions(needs, { user: user.value, ends }, by);
  return ended.ok || ended.problems[0].category === "not-found" ? ok(undefined) : ended;
}

interface Named {
  readonly issuer: string;
  readonly subject: string | undefined;
  readonly sid: string | undefined;
}

async function ownerOf(needs: IdentityNeeds, { issuer, subject, sid }: Named): Promise<Result<StoredUser | undefined>> {
  if (subject !== undefined) return readBy(needs, { kind: "User", key: outsideKey({ issuer, subject }) });
  const found = await needs.record.search(first("Session", `sid=${sid}`));
  if (!found.ok) return found;
  const [version] = found.value.versions;
  if (version === undefined) return ok(undefined);
  const users = await needs.record.readMany([{ kind: "User", id: storedBy(sessionSchema, version).userId }]);
  return users.ok ? ok(users.value[0] && storedBy(userSchema, users.value[0])) : users;
}

async function readBy(needs: IdentityNeeds, { kind, key }: { readonly kind: string; readonly key: string }) {
  const found = await needs.record.search(first(kind, key));
  return found.ok ? ok(found.value.versions[0] && storedBy(userSchema, found.value.versions[0])) : found;
}

function first(kind: string, key: string) {
  return {
    kind,
    all: [{ is: "key", any: [key] }],
    sort: { by: "updated", descending: true },
    limit: 1,
  } as const;
}

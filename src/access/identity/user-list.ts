import { limits, ok, type Result } from "#kernel";
import type { Clause, Cursor } from "#record";
import { normaliseText } from "#standards/fhir";
import type { Actor } from "../actor.ts";
import { storedBy } from "./document-schema.ts";
import type { IdentityNeeds } from "./identity-needs.ts";
import type { UserSource } from "./role-sources.ts";
import { type Session, sessionKind, sessionSchema } from "./session.ts";
import { type StoredUser, userSchema } from "./user.ts";

export interface UsersQuery {
  /** The beginning of a user name or of any part of a name. */
  readonly find?: string | undefined;
  /** One of their roles, from whatever source. */
  readonly role?: string | undefined;
  readonly state?: "active" | "closed" | undefined;
  readonly source?: UserSource | undefined;
  readonly limit: number;
  readonly after?: Cursor | undefined;
}

export interface UsersPage {
  readonly users: readonly StoredUser[];
  readonly next?: Cursor;
}

/** Newest changed first. */
export async function listUsers(needs: IdentityNeeds, query: UsersQuery, by: Actor): Promise<Result<UsersPage>> {
  const text = normaliseText(query.find ?? "");
  const words: readonly Clause[] = text === "" ? [] : [{ is: "text", parameter: "name", match: "prefix", any: [text] }];
  const page = await needs.accountsFor(by).search({
    kind: "User",
    all: [...words, ...keysOf(query).map((key) => ({ is: "key", any: [key] }) as const)],
    sort: { by: "updated", descending: true },
    limit: query.limit,
    ...(query.after === undefined ? {} : { after: query.after }),
  });
  if (!page.ok) return page;
  const users = page.value.versions.map((version) => storedBy(userSchema, version));
  return ok({ users, ...(page.value.next === undefined ? {} : { next: page.value.next }) });
}

function keysOf({ role, state, source }: UsersQuery): readonly string[] {
  return [
    ...(role === undefined ? [] : [`role=${role}`]),
    ...(state === undefined ? [] : [`active=${state === "active"}`]),
    ...(source === undefined ? [] : [`source=${source}`]),
  ];
}

/** Sessions of one account that are looked at for when the last of them began. */
const sessionsLookedAt = 10;

/** When each account was last signed in to, by id; left out where it never was. That the accounts were looked up is in the log. */
export async function lastSignIns(
  needs: Pick<IdentityNeeds, "record">,
  users: readonly StoredUser[],
): Promise<Result<ReadonlyMap<string, string>>> {
  if (users.length === 0) return ok(new Map());
  // One search finds nearly all; who is not among the newest is looked for by themselves.
  const together = await sessionsOf(needs, users, limits.pageSizeMax);
  if (!together.ok) return together;
  const last = new Map<string, string>();
  note(last, together.value.sessions);
  const missing = together.value.areAll ? [] : users.filter(({ id }) => !last.has(id));
  for (const user of missing) {
    const own = await sessionsOf(needs, [user], sessionsLookedAt);
    if (!own.ok) return own;
    note(last, own.value.sessions);
  }
  return ok(last);
}

function note(last: Map<string, string>, sessions: readonly Session[]): void {
  for (const { userId, begun } of sessions) {
    const known = last.get(userId);
    if (known === undefined || known < begun) last.set(userId, begun);
  }
}

async function sessionsOf({ record }: Pick<IdentityNeeds, "record">, users: readonly StoredUser[], limit: number) {
  const found = await record.search({
    kind: sessionKind.kind,
    all: [{ is: "key", any: users.map(({ id }) => `user=${id}`) }],
    sort: { by: "updated", descending: true },
    limit,
  });
  if (!found.ok) return found;
  const sessions = found.value.versions.map((version) => storedBy(sessionSchema, version));
  return ok({ sessions, areAll: found.value.next === undefined });
}

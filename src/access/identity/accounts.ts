import { type Act, type ActName, auditEntry } from "#audit";
import { failed, ok, type Result } from "#kernel";
import type { AuditEntry, HealthRecord, Update } from "#record";
import { type Actor, anonymousActor } from "../actor.ts";
import { agentOf } from "../narrow/witness.ts";
import { bodyOf, storedBy } from "./document-schema.ts";
import type { IdentityNeeds } from "./identity-needs.ts";
import { type StoredUser, type User, userActor, userSchema } from "./user.ts";

export async function findUser(record: HealthRecord, username: string): Promise<Result<StoredUser | undefined>> {
  const found = await record.search({
    kind: "User",
    all: [{ is: "key", any: [`username=${username}`] }],
    sort: { by: "updated", descending: true },
    limit: 1,
  });
  if (!found.ok) return found;
  const [version] = found.value.versions;
  return ok(version && storedBy(userSchema, version));
}

/** Undefined where there is no such account. */
export async function readUser(record: HealthRecord, id: string): Promise<Result<StoredUser | undefined>> {
  const read = await record.read("User", id);
  if (read.ok) return ok(storedBy(userSchema, read.value));
  return read.problems[0].category === "not-found" ? ok(undefined) : failed(...read.problems);
}

export type UserChange = { readonly [Field in keyof User]?: User[Field] | undefined };

/** The change as an operation that fails when somebody else was faster. A field given as undefined is taken away. */
export function userUpdate(user: StoredUser, change: UserChange): Update {
  const { id, version, ...body } = user;
  return {
    action: "update",
    kind: "User",
    id,
    ifMatch: version,
    body: bodyOf({ ...body, ...change }),
  };
}

export interface IdentityAct {
  readonly act: Extract<
    ActName,
    | "sign-in"
    | "second-factor-ask"
    | "proof"
    | "sign-out"
    | "session-end"
    | "password-change"
    | "factor-change"
    | "link-issue"
    | "token-issue"
    | "application-change"
    | "authorize"
    | "authorization-end"
    | "read"
    | "search"
  >;
  readonly actor: Actor;
  readonly entities: readonly string[];
  /** Left out for success. */
  readonly problem?: string;
  /** What exactly: how somebody signed in, what was set up, for what reason. */
  readonly query?: string;
}

/** What is done to accounts and sessions, for the log. */
export function identityEntry(
  { clock }: IdentityNeeds,
  { act, actor, entities, problem, query }: IdentityAct,
): AuditEntry {
  const end: Pick<Act, "outcome" | "problem"> = problem === undefined ? { outcome: 0 } : { outcome: 4, problem };
  return auditEntry({
    at: clock.now(),
    act,
    agent: agentOf(actor),
    ...end,
    patients: [],
    entities,
    ...(query && { query }),
  });
}

/** The owner of an account, acting from an address; whoever knocks under a name that has none is nobody. */
export function actingUser(user: StoredUser | undefined, remoteAddress: string | undefined): Actor {
  if (user === undefined) return anonymousActor(remoteAddress);
  return { ...userActor(user), ...(remoteAddress === undefined ? {} : { remoteAddress }) };
}

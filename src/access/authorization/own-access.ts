import { failed, limits, notFound, ok, type Result } from "#kernel";
import type { Actor } from "../actor.ts";
import { identityEntry } from "../identity/accounts.ts";
import { storedBy } from "../identity/document-schema.ts";
import { applicationKind, applicationSchema, type StoredApplication } from "./application.ts";
import type { AuthorizationNeeds } from "./authorization-needs.ts";
import { givenAccessKind, givenAccessSchema, type StoredGivenAccess } from "./given-access.ts";
import { endOf, isOpen } from "./grant-adapter.ts";
import { removeWith } from "./item-adapter.ts";

/** What a person has let an application do, with the application. */
export interface OwnAccess {
  readonly given: StoredGivenAccess;
  readonly application: StoredApplication | undefined;
}

/** The newest first, `limits.givenAccessListedMax` at most. Problems: unavailable. */
export async function ownAccess(needs: AuthorizationNeeds, userId: string): Promise<Result<readonly OwnAccess[]>> {
  const found = await needs.record.search({
    kind: givenAccessKind.kind,
    all: [{ is: "key", any: [`open-user=${userId}`] }],
    sort: { by: "updated", descending: true },
    limit: limits.givenAccessListedMax,
  });
  if (!found.ok) return found;
  const all = found.value.versions.map((version) => storedBy(givenAccessSchema, version));
  const open = all.filter((given) => isOpen(given, needs));
  const ids = [...new Set(open.map(({ applicationId }) => applicationId))];
  const read =
    ids.length === 0 ? ok([]) : await needs.record.readMany(ids.map((id) => ({ kind: applicationKind.kind, id })));
  if (!read.ok) return failed(...read.problems);
  const applications = new Map(read.value.map((version) => [version.id, storedBy(applicationSchema, version)]));
  return ok(open.map((given) => ({ given, application: applications.get(given.applicationId) })));
}

/** Ends what a person gave, with every code and token of it; audited. Problems: not-found; unavailable. */
export async function endOwnAccess(
  needs: AuthorizationNeeds,
  { userId, id }: { readonly userId: string; readonly id: string },
  by: Actor,
): Promise<Result<undefined>> {
  const own = await ownAccess(needs, userId);
  if (!own.ok) return own;
  const given = own.value.find((each) => each.given.id === id)?.given;
  if (given === undefined) return failed(notFound("not-found", "There is no such access any more."));
  const entities = [`Application/${given.applicationId}`, `GivenAccess/${id}`];
  const written = await needs.record.transact({
    operations: [endOf(needs, given)],
    audit: [identityEntry(needs, { act: "authorization-end", actor: by, entities })],
  });
  if (!written.ok) return written;
  const removed = await removeWith(needs, `given=${id}`);
  return removed.ok ? ok(undefined) : removed;
}

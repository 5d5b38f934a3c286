import { conflict, failed, forbidden, limits, notFound, ok, type Result } from "#kernel";
import type { Create, HealthRecord, Update, Version } from "#record";
import type { Actor } from "../actor.ts";
import type { SavedSearchBody } from "../api.ts";
import { bodyOf, storedBy } from "../identity/document-schema.ts";
import { ownerKey, type SavedSearch, type StoredSavedSearch, savedSearchSchema, sharedKey } from "./saved-search.ts";

/** What searches are kept with: the record narrowed to the actor, with the kept searches opened to them. */
export interface SearchNeeds {
  readonly searchesFor: (actor: Actor) => HealthRecord;
}

/** The actor's own and those that others share, by name; `limits.pageSizeMax` at most. Problems: unavailable. */
export async function listSearches(needs: SearchNeeds, actor: Actor): Promise<Result<readonly StoredSavedSearch[]>> {
  const page = await foundBy(needs, actor, [ownerKey(actor.reference), sharedKey]);
  if (!page.ok) return page;
  return ok(page.value.toSorted((a, b) => a.name.localeCompare(b.name, "en") || a.id.localeCompare(b.id)));
}

async function foundBy(
  { searchesFor }: SearchNeeds,
  actor: Actor,
  keys: readonly string[],
): Promise<Result<readonly StoredSavedSearch[]>> {
  const page = await searchesFor(actor).search({
    kind: "SavedSearch",
    all: [{ is: "key", any: keys }],
    sort: { by: "updated", descending: true },
    limit: limits.pageSizeMax,
  });
  return page.ok ? ok(page.value.versions.map(storedSearch)) : page;
}

/** Problems: conflict `search-name-taken` by another of one's own, `too-many-searches`; unavailable. */
export async function keepSearch(
  needs: SearchNeeds,
  actor: Actor,
  body: SavedSearchBody,
): Promise<Result<StoredSavedSearch>> {
  const own = await foundBy(needs, actor, [ownerKey(actor.reference)]);
  if (!own.ok) return own;
  if (own.value.some(({ name }) => name === body.name)) return failed(nameTaken);
  if (own.value.length >= limits.savedSearchesMax) return failed(tooMany);
  const kept: SavedSearch = { ...body, owner: actor.reference, ownerName: actor.display };
  return write(needs, actor, { action: "create", kind: "SavedSearch", body: bodyOf(kept) });
}

const nameTaken = conflict("search-name-taken", "You have a search of this name already.", { where: "name" });
const tooMany = conflict(
  "too-many-searches",
  `Nobody keeps more than ${limits.savedSearchesMax} searches. Delete one that you no longer need.`,
);

/** Problems: not-found; forbidden `not-own-search`; conflict `search-name-taken`, or when it was changed meanwhile. */
export async function changeSearch(
  needs: SearchNeeds,
  actor: Actor,
  { id, body }: { readonly id: string; readonly body: SavedSearchBody },
): Promise<Result<StoredSavedSearch>> {
  const found = await ownSearch(needs, actor, id);
  if (!found.ok) return found;
  const own = await foundBy(needs, actor, [ownerKey(actor.reference)]);
  if (!own.ok) return own;
  if (own.value.some((each) => each.name === body.name && each.id !== id)) return failed(nameTaken);
  const kept: SavedSearch = { ...body, owner: actor.reference, ownerName: actor.display };
  const ifMatch = found.value.version;
  return write(needs, actor, { action: "update", kind: "SavedSearch", id, ifMatch, body: bodyOf(kept) });
}

/** Problems: not-found; forbidden `not-own-search`; unavailable. */
export async function forgetSearch(needs: SearchNeeds, actor: Actor, id: string): Promise<Result<undefined>> {
  const found = await ownSearch(needs, actor, id);
  if (!found.ok) return found;
  const written = await needs
    .searchesFor(actor)
    .transact({ operations: [{ action: "delete", kind: "SavedSearch", id }] });
  return written.ok ? ok(undefined) : written;
}

async function write({ searchesFor }: SearchNeeds, actor: Actor, operation: Create | Update) {
  const written = await searchesFor(actor).transact({ operations: [operation] });
  if (!written.ok) return written;
  const [outcome] = written.value;
  return outcome === undefined ? failed(missing) : ok(storedSearch(outcome.version));
}

/** One that another keeps to themselves is not found, as any other that one may not see. */
async function ownSearch(needs: SearchNeeds, actor: Actor, id: string): Promise<Result<StoredSavedSearch>> {
  const read = await needs.searchesFor(actor).read("SavedSearch", id);
  if (!read.ok) return read;
  if (read.value.action === "delete") return failed(missing);
  const search = storedSearch(read.value);
  if (search.owner === actor.reference) return ok(search);
  return failed(search.shared ? notOwn : missing);
}

const missing = notFound("not-found", "There is no such search.");
const notOwn = forbidden("not-own-search", "Only the person who shares a search may change it.");

function storedSearch(version: Version): StoredSavedSearch {
  return storedBy(savedSearchSchema, version);
}

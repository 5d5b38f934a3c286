import { ok, type Result, type Route } from "#kernel";
import { type Actor, may } from "../actor.ts";
import { type SavedSearchesView, type SavedSearchView, type SearchableView, savedSearchBody } from "../api.ts";
import type { Context } from "../context.ts";
import { answers, answersBody, done } from "../handling/answer.ts";
import { allFhirKinds } from "../policies/index.ts";
import type { StoredSavedSearch } from "./saved-search.ts";
import { changeSearch, forgetSearch, keepSearch, listSearches, type SearchNeeds } from "./saved-searches.ts";

export function searchRoutes(needs: SearchNeeds): readonly Route<Context>[] {
  return [
    {
      method: "GET",
      path: "/api/access/searchable",
      policy: "signed-in",
      summary: "The resource types that the caller may search",
      handle: answers(async ({ context }) => ok(searchableView(context.actor))),
    },
    {
      method: "GET",
      path: "/api/access/searches",
      policy: "explorer.use",
      summary: "The searches that the caller keeps, and those that others share",
      handle: answers(({ context }) => searchesView(needs, context.actor)),
    },
    {
      method: "POST",
      path: "/api/access/searches",
      policy: "explorer.use",
      summary: "Keep a search",
      handle: answersBody(
        savedSearchBody,
        async (body, { context: { actor } }) => shown(await keepSearch(needs, actor, body), actor),
        201,
      ),
    },
    {
      method: "PUT",
      path: "/api/access/searches/:id",
      policy: "explorer.use",
      summary: "Change a search of one's own",
      handle: answersBody(savedSearchBody, async (body, { context: { actor }, id }) =>
        shown(await changeSearch(needs, actor, { id, body }), actor),
      ),
    },
    {
      method: "DELETE",
      path: "/api/access/searches/:id",
      policy: "explorer.use",
      summary: "Forget a search of one's own",
      handle: async ({ params }, { actor }) => done(await forgetSearch(needs, actor, params.id ?? "")),
    },
  ];
}

function searchableView(actor: Actor): SearchableView {
  return {
    types: allFhirKinds()
      .filter((kind) => may(actor, kind, "search"))
      .toSorted(),
  };
}

async function searchesView(needs: SearchNeeds, actor: Actor): Promise<Result<SavedSearchesView>> {
  const found = await listSearches(needs, actor);
  return found.ok ? ok({ searches: found.value.map((search) => searchView(search, actor)) }) : found;
}

function shown(kept: Result<StoredSavedSearch>, actor: Actor): Result<SavedSearchView> {
  return kept.ok ? ok(searchView(kept.value, actor)) : kept;
}

function searchView({ owner, ownerName, version: _, ...search }: StoredSavedSearch, actor: Actor): SavedSearchView {
  const isOwn = owner === actor.reference;
  return { ...search, own: isOwn, ...(isOwn ? {} : { sharedBy: ownerName }) };
}

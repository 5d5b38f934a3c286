import { type HttpReply, jsonReply, ok, type Result, type Route } from "#kernel";
import { type Actor, may } from "../actor.ts";
import { type SavedSearchesView, type SavedSearchView, type SearchableView, savedSearchBody } from "../api.ts";
import type { Context } from "../context.ts";
import { allFhirKinds } from "../policies/index.ts";
import { readJson } from "../request-body.ts";
import type { StoredSavedSearch } from "./saved-search.ts";
import { changeSearch, forgetSearch, keepSearch, listSearches, type SearchNeeds } from "./saved-searches.ts";

export function searchRoutes(needs: SearchNeeds): readonly Route<Context>[] {
  return [
    {
      method: "GET",
      path: "/api/access/searchable",
      policy: "signed-in",
      summary: "The resource types that the caller may search",
      handle: async (_request, { actor }) => ok(jsonReply(searchableView(actor))),
    },
    {
      method: "GET",
      path: "/api/access/searches",
      policy: "explorer.use",
      summary: "The searches that the caller keeps, and those that others share",
      handle: (_request, { actor }) => handleList(needs, actor),
    },
    {
      method: "POST",
      path: "/api/access/searches",
      policy: "explorer.use",
      summary: "Keep a search",
      handle: async (request, { actor }) => {
        const body = readJson(savedSearchBody, request);
        if (!body.ok) return body;
        return keptReply(await keepSearch(needs, actor, body.value), actor, 201);
      },
    },
    {
      method: "PUT",
      path: "/api/access/searches/:id",
      policy: "explorer.use",
      summary: "Change a search of one's own",
      handle: async (request, { actor }) => {
        const body = readJson(savedSearchBody, request);
        if (!body.ok) return body;
        const change = { id: request.params.id ?? "", body: body.value };
        return keptReply(await changeSearch(needs, actor, change), actor, 200);
      },
    },
    {
      method: "DELETE",
      path: "/api/access/searches/:id",
      policy: "explorer.use",
      summary: "Forget a search of one's own",
      handle: async (request, { actor }) => {
        const forgotten = await forgetSearch(needs, actor, request.params.id ?? "");
        return forgotten.ok ? ok({ status: 204 }) : forgotten;
      },
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

async function handleList(needs: SearchNeeds, actor: Actor): Promise<Result<HttpReply>> {
  const found = await listSearches(needs, actor);
  if (!found.ok) return found;
  const view: SavedSearchesView = { searches: found.value.map((search) => searchView(search, actor)) };
  return ok(jsonReply(view));
}

function keptReply(kept: Result<StoredSavedSearch>, actor: Actor, status: number): Result<HttpReply> {
  return kept.ok ? ok(jsonReply(searchView(kept.value, actor), status)) : kept;
}

function searchView({ owner, ownerName, version: _, ...search }: StoredSavedSearch, actor: Actor): SavedSearchView {
  const isOwn = owner === actor.reference;
  return { ...search, own: isOwn, ...(isOwn ? {} : { sharedBy: ownerName }) };
}

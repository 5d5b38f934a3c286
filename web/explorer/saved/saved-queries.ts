import { queryOptions } from "@tanstack/react-query";
import type { SavedSearchBody, SavedSearchesView, SavedSearchView } from "#access/api";
import { getJson, sendJson } from "../../parts/request/request.ts";

export const savedKey = ["access", "searches"];

export const savedQuery = queryOptions({
  queryKey: savedKey,
  queryFn: ({ signal }) => getJson<SavedSearchesView>("/api/access/searches", signal),
});

/** Under a name of one's own that is taken, the search of that name is changed. */
export function keep(body: SavedSearchBody, before: SavedSearchView | undefined): Promise<SavedSearchView> {
  if (before === undefined) return sendJson("POST", "/api/access/searches", body);
  return sendJson("PUT", `/api/access/searches/${before.id}`, body);
}

export function forget(id: string): Promise<undefined> {
  return sendJson("DELETE", `/api/access/searches/${id}`);
}

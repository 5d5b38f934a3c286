import { queryOptions } from "@tanstack/react-query";
import type { LinksPage } from "#departments/clinical/api";
import { getJson } from "../../parts/request/request.ts";

/** Asked again by itself each minute, because counts and rates change also when nothing arrives. */
export const linksQuery = queryOptions({
  queryKey: ["clinical", "links"],
  queryFn: ({ signal }) => getJson<LinksPage>("/api/clinical/links", signal),
  refetchInterval: 60_000,
});

import { infiniteQueryOptions } from "@tanstack/react-query";
import type { Overview } from "#departments/clinical/api";
import { getJson, withQuery } from "../../parts/request/request.ts";

/** The home page; further pages carry on its results. */
export const overviewQuery = infiniteQueryOptions({
  queryKey: ["clinical", "overview"],
  queryFn: ({ signal, pageParam }) =>
    getJson<Overview>(withQuery("/api/clinical/overview", { cursor: pageParam }), signal),
  initialPageParam: "",
  getNextPageParam: (page) => page.results?.next,
  refetchInterval: 60_000,
});

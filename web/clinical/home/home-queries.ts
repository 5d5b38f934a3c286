import { queryOptions } from "@tanstack/react-query";
import type { Overview } from "#departments/clinical/api";
import { getJson } from "../../parts/request/request.ts";

export const overviewQuery = queryOptions({
  queryKey: ["clinical", "overview"],
  queryFn: ({ signal }) => getJson<Overview>("/api/clinical/overview", signal),
  refetchInterval: 60_000,
});

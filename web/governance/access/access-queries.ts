import { queryOptions } from "@tanstack/react-query";
import type { ExplainQuery, ExplanationView, PolicyTableView } from "#access/api";
import { getJson, withQuery } from "../../parts/request/request.ts";

export const policyTableQuery = queryOptions({
  queryKey: ["access", "policy-table"],
  queryFn: ({ signal }) => getJson<PolicyTableView>("/api/access/policy-table", signal),
});

/** Asked anew each time: the answer is of now, and each asking is in the log. */
export function explanationQuery({ username, action, document }: ExplainQuery) {
  return queryOptions({
    queryKey: ["access", "explanation", username, action, document],
    queryFn: ({ signal }) =>
      getJson<ExplanationView>(withQuery("/api/access/explanation", { username, action, document }), signal),
    retry: false,
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
}

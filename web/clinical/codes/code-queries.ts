import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { CodesPage, CodeView, CoverageView, SuggestionsView, TargetCode } from "#departments/clinical/api";
import { getJson, withQuery } from "../../parts/request/request.ts";
import { useDecisionAt, workListQuery } from "../work/work-queries.ts";

export interface CodeFilter {
  /** Absent: those that nobody has given a meaning yet; `any`: every one there is. */
  readonly state?: string;
  readonly sender?: string;
  readonly field?: string;
}

export const codesKey = ["clinical", "codes"] as const;

export function codesQuery({ state = "open", ...rest }: CodeFilter) {
  const filter = state === "any" ? rest : { ...rest, state };
  return workListQuery<CodesPage>({ key: codesKey, path: "/api/clinical/codes", filter });
}

/** While an approval is worked into the record, asked again until that is done. */
export function codeQuery(id: string) {
  return queryOptions({
    queryKey: [...codesKey, "one", id],
    queryFn: ({ signal }) => getJson<CodeView>(`/api/clinical/codes/${id}`, signal),
    refetchInterval: ({ state }) => (state.data?.state === "approved" ? 2_000 : 60_000),
  });
}

export function suggestionsQuery(id: string) {
  return queryOptions({
    queryKey: [...codesKey, "suggestions", id],
    queryFn: ({ signal }) => getJson<SuggestionsView>(`/api/clinical/codes/${id}/suggestions`, signal),
  });
}

/** `from`: the first day, `2026-11-23`; absent: every day that is kept. */
export function coverageQuery(from?: string) {
  return queryOptions({
    queryKey: [...codesKey, "coverage", from],
    queryFn: ({ signal }) =>
      getJson<CoverageView>(withQuery("/api/clinical/codes/coverage", from === undefined ? {} : { from }), signal),
    placeholderData: keepPreviousData,
  });
}

export type CodeDecision =
  /** Without `target`: there is no other code for it. */
  | { readonly action: "propose"; readonly comment: string; readonly target?: TargetCode }
  | { readonly action: "approve" | "refuse"; readonly comment: string };

export function useDecideCode(id: string) {
  return useDecisionAt<CodeDecision, CodeView>(`/api/clinical/codes/${id}`);
}

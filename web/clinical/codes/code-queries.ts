import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import type { CodesPage, CodeView, CoverageView, SuggestionsView, TargetCode } from "#departments/clinical/api";
import { getJson, sendJson, withQuery } from "../../parts/request/request.ts";

export interface CodeFilter {
  /** Absent: those that nobody has given a meaning yet; `any`: every one there is. */
  readonly state?: string;
  readonly sender?: string;
  readonly field?: string;
}

export const codesKey = ["clinical", "codes"] as const;

/** Asked again each minute, because more come in and people elsewhere decide too. */
export function codesQuery({ state = "open", ...rest }: CodeFilter) {
  const filter = state === "any" ? rest : { ...rest, state };
  return infiniteQueryOptions({
    queryKey: [...codesKey, "list", filter],
    queryFn: ({ signal, pageParam }) =>
      getJson<CodesPage>(withQuery("/api/clinical/codes", { ...filter, cursor: pageParam, count: 50 }), signal),
    initialPageParam: "",
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
  });
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

/** Whatever shows a code, or a message that waited for it, is asked for again. */
export function useDecideCode(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ action, ...body }: CodeDecision) =>
      sendJson<CodeView>("POST", `/api/clinical/codes/${id}/${action}`, body),
    onSettled: () => client.invalidateQueries({ queryKey: ["clinical"] }),
  });
}

import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import type { CodeRowChange, CodeRowsPage, CodeTablesView } from "#departments/clinical/api";
import { getJson, sendJson, withQuery } from "../../../parts/request/request.ts";
import { codesKey } from "../code-queries.ts";

/** What is looked for: part of the address. */
export interface RowFilter {
  readonly q?: string;
  readonly layer?: string;
  /** A table of the guide, or `own`. */
  readonly table?: string;
  readonly sender?: string;
}

export const codeTablesQuery = queryOptions({
  queryKey: [...codesKey, "tables"],
  queryFn: ({ signal }) => getJson<CodeTablesView>("/api/clinical/codes/tables", signal),
});

export function codeRowsQuery(filter: RowFilter) {
  return infiniteQueryOptions({
    queryKey: [...codesKey, "rows", filter],
    queryFn: ({ signal, pageParam }) =>
      getJson<CodeRowsPage>(withQuery("/api/clinical/codes/rows", { ...filter, from: pageParam, count: 50 }), signal),
    initialPageParam: 0,
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
  });
}

export interface RowOrder {
  readonly basedOn: number;
  readonly why: string;
  readonly row: CodeRowChange;
}

/** Deploys the set-up with the row; whatever shows codes or the set-up is asked for again. */
export function useChangeRow() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (order: RowOrder) => sendJson<{ readonly version: number }>("POST", "/api/clinical/codes/rows", order),
    onSettled: () => void client.invalidateQueries({ queryKey: ["clinical"] }),
  });
}

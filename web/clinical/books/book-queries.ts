import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { BooksPage } from "#departments/clinical/api";
import { getJson, withQuery } from "../../parts/request/request.ts";

export interface BooksFilter {
  readonly link?: string;
  /** `2026-11-23`; left out: the last seven days. */
  readonly from?: string;
  readonly to?: string;
}

/** `recount`: the messages of each day are counted from the record besides, which takes longer. */
export function booksQuery(filter: BooksFilter, recount: boolean) {
  return queryOptions({
    queryKey: ["clinical", "books", filter, recount],
    queryFn: ({ signal }) =>
      getJson<BooksPage>(
        withQuery("/api/clinical/books", { ...filter, ...(recount ? { recount: "true" } : {}) }),
        signal,
      ),
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
  });
}

import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import { useEffect } from "react";
import type { ResultsPage } from "#departments/clinical/api";

/** Pages fetched by themselves to reach a report that the address names; an older one is found by going on by hand. */
const pagesMax = 40;

/** Goes on fetching older reports until the one that the address names is among them. */
export function useReportInReach(
  query: UseInfiniteQueryResult<InfiniteData<ResultsPage>>,
  report: string | undefined,
): void {
  const { data, hasNextPage, isFetching, fetchNextPage } = query;
  const pages = data?.pages ?? [];
  const isThere = pages.some((page) => page.panels.some((panel) => panel.id === report));
  const goOn = report !== undefined && !isThere && hasNextPage && !isFetching && pages.length < pagesMax;
  useEffect(() => {
    if (goOn) void fetchNextPage();
  }, [goOn, fetchNextPage]);
}

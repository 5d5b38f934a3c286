import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { FiguresPage } from "#departments/clinical/api";
import { getJson, withQuery } from "../../parts/request/request.ts";

export interface FiguresFilter {
  readonly link?: string;
  /** How many days up to today: `30`. */
  readonly days?: string;
}

export interface FiguresSpan {
  readonly from: string;
  readonly to: string;
  readonly link?: string;
}

export function figuresQuery(span: FiguresSpan) {
  return queryOptions({
    queryKey: ["clinical", "figures", span],
    queryFn: ({ signal }) => getJson<FiguresPage>(withQuery("/api/clinical/figures", { ...span }), signal),
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
  });
}

/** One line a link and day. */
export function csvAddress(span: FiguresSpan): string {
  return withQuery("/api/clinical/figures/csv", { ...span });
}

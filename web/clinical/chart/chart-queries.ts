import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type { CumulativeTable, ResultsPage, TimelineKind, TimelinePage, Trend } from "#departments/clinical/api";
import { getJson, withQuery } from "../../parts/request/request.ts";

/** Every query of a chart starts with this key, so that a change of the record renews them all. */
export function chartKey(id: string) {
  return ["clinical", "chart", id] as const;
}

const pageSize = { results: 15, newest: 20, panels: 100, timeline: 40 } as const;

export function resultsQuery(id: string) {
  return infiniteQueryOptions({
    queryKey: [...chartKey(id), "results"],
    queryFn: ({ signal, pageParam }) =>
      getJson<ResultsPage>(
        withQuery(`/api/clinical/patients/${id}/results`, { cursor: pageParam, count: pageSize.results }),
        signal,
      ),
    initialPageParam: "",
    getNextPageParam: (page) => page.next,
  });
}

/** The newest reports, for the summary and for the names of what has just arrived. */
export function newestResultsQuery(id: string) {
  return queryOptions({
    queryKey: [...chartKey(id), "newest"],
    queryFn: ({ signal }) =>
      getJson<ResultsPage>(withQuery(`/api/clinical/patients/${id}/results`, { count: pageSize.newest }), signal),
  });
}

/** As many reports as one page holds: which panels this patient has, for choosing one. */
export function panelsQuery(id: string) {
  return queryOptions({
    queryKey: [...chartKey(id), "panels"],
    queryFn: ({ signal }) =>
      getJson<ResultsPage>(withQuery(`/api/clinical/patients/${id}/results`, { count: pageSize.panels }), signal),
  });
}

/** Everything that happened, or what is of one kind. */
export function timelineQuery(id: string, kind?: TimelineKind) {
  return infiniteQueryOptions({
    queryKey: [...chartKey(id), "timeline", kind ?? "all"],
    queryFn: ({ signal, pageParam }) =>
      getJson<TimelinePage>(
        withQuery(`/api/clinical/patients/${id}/timeline`, { kind, cursor: pageParam, count: pageSize.timeline }),
        signal,
      ),
    initialPageParam: "",
    getNextPageParam: (page) => page.next,
  });
}

export function cumulativeQuery(id: string, panel: string) {
  return queryOptions({
    queryKey: [...chartKey(id), "cumulative", panel],
    queryFn: ({ signal }) =>
      getJson<CumulativeTable>(
        withQuery(`/api/clinical/patients/${id}/results/cumulative`, { panel, columns: 12 }),
        signal,
      ),
    enabled: panel !== "",
  });
}

export function trendQuery(id: string, code: string) {
  return queryOptions({
    queryKey: [...chartKey(id), "trend", code],
    queryFn: ({ signal }) => getJson<Trend>(withQuery(`/api/clinical/patients/${id}/trend`, { code }), signal),
  });
}

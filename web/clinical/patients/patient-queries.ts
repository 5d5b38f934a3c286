import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { FoundPatients, PatientBanner } from "#departments/clinical/api";
import { getJson, withQuery } from "../../parts/request/request.ts";

/** Fewer characters find half the hospital. */
export const searchTextMin = 2;

/** The first few patients for a question that is still being typed. */
export function suggestionsQuery(q: string) {
  return queryOptions({
    queryKey: ["clinical", "suggestions", q],
    queryFn: ({ signal }) => getJson<FoundPatients>(withQuery("/api/clinical/patients", { q, count: 8 }), signal),
    enabled: q.length >= searchTextMin,
    placeholderData: keepPreviousData,
    staleTime: 10_000,
  });
}

export function foundPatientsQuery(q: string) {
  return infiniteQueryOptions({
    queryKey: ["clinical", "patients", q],
    queryFn: ({ signal, pageParam }) =>
      getJson<FoundPatients>(withQuery("/api/clinical/patients", { q, count: 50, cursor: pageParam }), signal),
    initialPageParam: "",
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
    enabled: q.length >= searchTextMin,
  });
}

export function bannerQuery(id: string) {
  return queryOptions({
    queryKey: ["clinical", "chart", id, "banner"],
    queryFn: ({ signal }) => getJson<PatientBanner>(`/api/clinical/patients/${id}/banner`, signal),
  });
}

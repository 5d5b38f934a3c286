import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type {
  AuditCounts,
  AuditPage,
  AuditRow,
  FindingsPage,
  ProofView,
  WhoLooked,
} from "#departments/information/api";
import { getJson, withQuery } from "../../parts/request/request.ts";

const path = "/api/information";
export const findingsKey = ["audit", "findings"] as const;

export interface AuditSearch {
  readonly patient?: string;
  readonly person?: string;
  readonly entity?: string;
  readonly act?: string;
  readonly outcome?: string;
  readonly from?: string;
  readonly to?: string;
}

export function auditQuery(search: AuditSearch) {
  return infiniteQueryOptions({
    queryKey: ["audit", "entries", search],
    queryFn: ({ pageParam, signal }) =>
      getJson<AuditPage>(withQuery(`${path}/audit`, { ...search, before: pageParam }), signal),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (page) => page.next,
  });
}

export const auditCountsQuery = (search: AuditSearch) =>
  queryOptions({
    queryKey: ["audit", "counts", search],
    queryFn: ({ signal }) => getJson<AuditCounts>(withQuery(`${path}/audit-counts`, { ...search }), signal),
  });

export interface AuditDetail {
  readonly row: AuditRow;
  readonly resource: unknown;
  readonly proof?: ProofView;
}

export const auditEntryQuery = (id: string) =>
  queryOptions({
    queryKey: ["audit", "entry", id],
    queryFn: ({ signal }) => getJson<AuditDetail>(`${path}/audit/${encodeURIComponent(id)}`, signal),
  });

export function exportPath(search: AuditSearch, format: "csv" | "ndjson"): string {
  return withQuery(`${path}/audit-export`, { ...search, format });
}

export const whoLookedQuery = (patient: string) =>
  queryOptions({
    queryKey: ["audit", "who-looked", patient],
    queryFn: ({ signal }) => getJson<WhoLooked>(withQuery(`${path}/who-looked`, { patient }), signal),
  });

export const findingsQuery = (outcome: string) =>
  queryOptions({
    queryKey: [...findingsKey, outcome],
    queryFn: ({ signal }) => getJson<FindingsPage>(withQuery(`${path}/findings`, { outcome }), signal),
    refetchInterval: 5 * 60_000,
  });

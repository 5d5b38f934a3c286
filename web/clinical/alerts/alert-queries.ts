import { queryOptions } from "@tanstack/react-query";
import type { AlertsPage, AlertView, WatchPage } from "#departments/clinical/api";
import { getJson } from "../../parts/request/request.ts";
import { useDecisionAt, workListQuery } from "../work/work-queries.ts";

export interface AlertFilter {
  /** Absent: every open one. */
  readonly state?: string;
  readonly link?: string;
  readonly rule?: string;
}

export const alertsKey = ["clinical", "alerts"] as const;

export function alertsQuery(filter: AlertFilter) {
  return workListQuery<AlertsPage>({ key: alertsKey, path: "/api/clinical/alerts", filter });
}

export const watchQuery = queryOptions({
  queryKey: [...alertsKey, "watch"],
  queryFn: ({ signal }) => getJson<WatchPage>("/api/clinical/watch", signal),
  refetchInterval: 60_000,
});

interface Acknowledgement {
  readonly action: "acknowledge";
  readonly comment: string;
}

export function useAcknowledge(id: string) {
  return useDecisionAt<Acknowledgement, AlertView>(`/api/clinical/alerts/${id}`);
}

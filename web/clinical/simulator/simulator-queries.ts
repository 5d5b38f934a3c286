import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import type { RunsComparedView, RunsView, RunView, SimulatorView, StartRun } from "#departments/clinical/api";
import { getJson, sendJson, withQuery } from "../../parts/request/request.ts";

const base = "/api/clinical/simulator";

/** While a run is under way its page counts along. */
const askAgainMs = 1_000;
const listAgainMs = 5_000;

export const simulatorQuery = queryOptions({
  queryKey: ["clinical", "simulator"],
  queryFn: ({ signal }) => getJson<SimulatorView>(base, signal),
});

export const runsQuery = infiniteQueryOptions({
  queryKey: ["clinical", "simulator", "runs"],
  queryFn: ({ signal, pageParam }) =>
    getJson<RunsView>(withQuery(`${base}/runs`, { cursor: pageParam, count: 25 }), signal),
  initialPageParam: "",
  getNextPageParam: (page) => page.next,
  refetchInterval: ({ state }) =>
    state.data?.pages.some(({ runs }) => runs.some(({ state: is }) => is === "running")) ? listAgainMs : false,
});

export function runQuery(id: string) {
  return queryOptions({
    queryKey: ["clinical", "simulator", "run", id],
    queryFn: ({ signal }) => getJson<RunView>(`${base}/runs/${encodeURIComponent(id)}`, signal),
    refetchInterval: ({ state }) => (state.data?.state === "running" ? askAgainMs : false),
  });
}

export function comparedQuery(id: string, other: string) {
  const path = `${base}/runs/${encodeURIComponent(other)}/compare/${encodeURIComponent(id)}`;
  return queryOptions({
    queryKey: ["clinical", "simulator", "compared", other, id],
    queryFn: ({ signal }) => getJson<RunsComparedView>(path, signal),
  });
}

export function answersAddress(id: string): string {
  return `${base}/runs/${encodeURIComponent(id)}/answers`;
}

export function useStartRun() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (order: StartRun) => sendJson<RunView>("POST", `${base}/runs`, order),
    onSuccess: () => client.invalidateQueries({ queryKey: ["clinical", "simulator", "runs"] }),
  });
}

export function useStopRun(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => sendJson<RunView>("POST", `${base}/runs/${encodeURIComponent(id)}/stop`),
    onSettled: () => client.invalidateQueries({ queryKey: ["clinical", "simulator"] }),
  });
}

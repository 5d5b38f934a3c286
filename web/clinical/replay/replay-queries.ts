import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import type {
  ReplayMessagesPage,
  ReplayPreview,
  ReplaysPage,
  ReplayView,
  ShadowRunsPage,
  ShadowRunView,
} from "#departments/clinical/api";
import { getJson, sendJson, withQuery } from "../../parts/request/request.ts";

const replays = "/api/clinical/replays";
const shadowRuns = "/api/clinical/shadow-runs";

/** What moves is asked for often; what rests, now and then, as others may move it. */
const movingMs = 1_000;
const restingMs = 15_000;

const movingStates: readonly string[] = ["previewing", "running"];

function everyMs(states: readonly string[] | undefined): number {
  return states?.some((state) => movingStates.includes(state)) ? movingMs : restingMs;
}

export const replaysQuery = queryOptions({
  queryKey: ["clinical", "replays"],
  queryFn: ({ signal }) => getJson<ReplaysPage>(replays, signal),
  refetchInterval: ({ state }) => everyMs(state.data?.replays.map((each) => each.state)),
});

export function replayQuery(id: string) {
  return queryOptions({
    queryKey: ["clinical", "replays", id],
    queryFn: ({ signal }) => getJson<ReplayView>(`${replays}/${encodeURIComponent(id)}`, signal),
    refetchInterval: ({ state }) => everyMs(state.data && [state.data.state]),
  });
}

export function previewQuery(id: string) {
  return queryOptions({
    queryKey: ["clinical", "replays", id, "preview"],
    queryFn: ({ signal }) => getJson<ReplayPreview>(`${replays}/${encodeURIComponent(id)}/preview`, signal),
  });
}

export function replayMessagesQuery(id: string) {
  return infiniteQueryOptions({
    queryKey: ["clinical", "replays", id, "messages"],
    queryFn: ({ signal, pageParam }) =>
      getJson<ReplayMessagesPage>(
        withQuery(`${replays}/${encodeURIComponent(id)}/messages`, { from: pageParam, count: 10 }),
        signal,
      ),
    initialPageParam: 0,
    getNextPageParam: (page) => page.next,
  });
}

export function useAskReplay() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: unknown) => sendJson<ReplayView>("POST", replays, body),
    onSettled: () => client.invalidateQueries({ queryKey: ["clinical", "replays"] }),
  });
}

export interface ReplayDeed {
  readonly is: "start" | "pause" | "resume" | "stop";
  readonly body: unknown;
}

export function useReplayDeed(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ is, body }: ReplayDeed) =>
      sendJson<ReplayView>("POST", `${replays}/${encodeURIComponent(id)}/${is}`, body),
    onSettled: () => client.invalidateQueries({ queryKey: ["clinical", "replays"] }),
  });
}

export const shadowRunsQuery = queryOptions({
  queryKey: ["clinical", "shadow-runs"],
  queryFn: ({ signal }) => getJson<ShadowRunsPage>(shadowRuns, signal),
  refetchInterval: ({ state }) => everyMs(state.data?.runs.map((each) => each.state)),
});

export function shadowRunQuery(id: string) {
  return queryOptions({
    queryKey: ["clinical", "shadow-runs", id],
    queryFn: ({ signal }) => getJson<ShadowRunView>(`${shadowRuns}/${encodeURIComponent(id)}`, signal),
    refetchInterval: ({ state }) => everyMs(state.data && [state.data.state]),
  });
}

export function useAskShadow() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: unknown) => sendJson<ShadowRunView>("POST", shadowRuns, body),
    onSettled: () => client.invalidateQueries({ queryKey: ["clinical", "shadow-runs"] }),
  });
}

export function useStopShadow(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => sendJson<ShadowRunView>("POST", `${shadowRuns}/${encodeURIComponent(id)}/stop`, {}),
    onSettled: () => client.invalidateQueries({ queryKey: ["clinical", "shadow-runs"] }),
  });
}

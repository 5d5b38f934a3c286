import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import type {
  ArchivePolicyBody,
  ArrivalsView,
  AssociationsPage,
  EchoView,
  HiddenPage,
  ImageExportsPage,
  ImageRouteView,
  ImageSendsPage,
  ImagingWorklistPage,
  NodesPage,
  RouteTrialView,
  StorageView,
  StudyHistoryPage,
  TwinView,
  WaitingStudiesPage,
} from "#departments/clinical/api";
import { getJson, sendJson, withQuery } from "../parts/request/request.ts";

export const images = "/api/clinical/images";

/** Nothing tells these pages what changed, so they ask again. */
const askAgainMs = 15_000;
const liveMs = 3_000;

const key = (...parts: readonly string[]) => ["images", ...parts];

export function waitingQuery(state: string) {
  return infiniteQueryOptions({
    queryKey: key("waiting", state),
    queryFn: ({ signal, pageParam }) =>
      getJson<WaitingStudiesPage>(withQuery(`${images}/waiting`, { state, cursor: pageParam }), signal),
    initialPageParam: "",
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
    refetchInterval: askAgainMs,
  });
}

export const waitingCountsQuery = queryOptions({
  queryKey: key("counts"),
  queryFn: ({ signal }) => getJson<WaitingStudiesPage>(`${images}/waiting`, signal),
  refetchInterval: askAgainMs,
});

export const twinsQuery = queryOptions({
  queryKey: key("twins"),
  queryFn: ({ signal }) => getJson<{ readonly twins: readonly TwinView[] }>(`${images}/twins`, signal),
});

export const hiddenQuery = queryOptions({
  queryKey: key("hidden"),
  queryFn: ({ signal }) => getJson<HiddenPage>(`${images}/hidden`, signal),
});

export function studyHistoryQuery(uid: string) {
  return queryOptions({
    queryKey: key("history", uid),
    queryFn: ({ signal }) => getJson<StudyHistoryPage>(`${images}/studies/${encodeURIComponent(uid)}/history`, signal),
  });
}

export const policyQuery = queryOptions({
  queryKey: key("policy"),
  queryFn: ({ signal }) => getJson<ArchivePolicyBody>(`${images}/policy`, signal),
});

export const arrivalsQuery = queryOptions({
  queryKey: key("arrivals"),
  queryFn: ({ signal }) => getJson<ArrivalsView>(`${images}/arrivals`, signal),
  refetchInterval: askAgainMs,
});

export const exportsQuery = queryOptions({
  queryKey: key("exports"),
  queryFn: ({ signal }) => getJson<ImageExportsPage>(`${images}/exports`, signal),
  refetchInterval: liveMs,
});

export const storageQuery = queryOptions({
  queryKey: key("storage"),
  queryFn: ({ signal }) => getJson<StorageView>(`${images}/storage`, signal),
});

export const nodesQuery = queryOptions({
  queryKey: key("nodes"),
  queryFn: ({ signal }) => getJson<NodesPage>(`${images}/nodes`, signal),
});

export const associationsQuery = queryOptions({
  queryKey: key("associations"),
  queryFn: ({ signal }) => getJson<AssociationsPage>(`${images}/associations`, signal),
  refetchInterval: liveMs,
});

/** Asks a node whether it answers; kept for a minute, so that turning a page does not ask again. */
export function echoQuery(id: string) {
  return queryOptions({
    queryKey: key("echo", id),
    queryFn: () => sendJson<EchoView>("POST", `${images}/nodes/${encodeURIComponent(id)}/echo`),
    staleTime: 60_000,
    retry: false,
  });
}

export function sendsQuery(state: string) {
  return infiniteQueryOptions({
    queryKey: key("sends", state),
    queryFn: ({ signal, pageParam }) =>
      getJson<ImageSendsPage>(withQuery(`${images}/sends`, { state, cursor: pageParam }), signal),
    initialPageParam: "",
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
    refetchInterval: liveMs,
  });
}

export const rulesQuery = queryOptions({
  queryKey: key("rules"),
  queryFn: ({ signal }) => getJson<{ readonly rules: readonly ImageRouteView[] }>(`${images}/rules`, signal),
});

export function trialQuery(study: string) {
  return queryOptions({
    queryKey: key("trial", study),
    queryFn: ({ signal }) =>
      getJson<{ readonly rules: readonly RouteTrialView[] }>(
        `${images}/studies/${encodeURIComponent(study)}/routes`,
        signal,
      ),
    enabled: study !== "",
    staleTime: 0,
  });
}

export function worklistQuery(state: string) {
  return infiniteQueryOptions({
    queryKey: key("worklist", state),
    queryFn: ({ signal, pageParam }) =>
      getJson<ImagingWorklistPage>(withQuery(`${images}/worklist`, { state, cursor: pageParam, count: 50 }), signal),
    initialPageParam: "",
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
    refetchInterval: askAgainMs,
  });
}

/** Something to write under `/api/clinical/images`. */
export interface ImageDeed {
  readonly method: "POST" | "PUT" | "DELETE";
  /** Behind `/api/clinical/images`. */
  readonly path: string;
  readonly body?: unknown;
}

/** Writes it, and has every imaging page asked for again. */
export function useImageDeed() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ method, path, body }: ImageDeed) => sendJson<unknown>(method, `${images}${path}`, body),
    onSettled: () => client.invalidateQueries({ queryKey: ["images"] }),
  });
}

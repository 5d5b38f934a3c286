import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import type { DecidedView, HeldMessageView, HoldsPage } from "#departments/clinical/api";
import { getJson, sendJson, withQuery } from "../../parts/request/request.ts";

export interface HoldFilter {
  readonly reason?: string;
  readonly link?: string;
  /** Only those of which a release waits for a second person. */
  readonly proposed?: "true";
}

export const holdsKey = ["clinical", "holds"] as const;

/** Asked again each minute, because people elsewhere decide too. */
export function holdsQuery(filter: HoldFilter) {
  return infiniteQueryOptions({
    queryKey: [...holdsKey, "list", filter],
    queryFn: ({ signal, pageParam }) =>
      getJson<HoldsPage>(withQuery("/api/clinical/holds", { ...filter, cursor: pageParam, count: 50 }), signal),
    initialPageParam: "",
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
  });
}

export function heldMessageQuery(id: string) {
  return queryOptions({
    queryKey: [...holdsKey, "one", id],
    queryFn: ({ signal }) => getJson<HeldMessageView>(`/api/clinical/holds/${id}`, signal),
  });
}

/** What a person decides on a held message. `patient`: id of the Patient that it is released to. */
export interface Decision {
  readonly action: "release" | "confirm" | "reject";
  readonly comment: string;
  readonly patient?: string;
}

/** Whatever shows a message, or counts those that wait, is asked for again. */
export function useDecide(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ action, ...body }: Decision) =>
      sendJson<DecidedView>("POST", `/api/clinical/holds/${id}/${action}`, body),
    onSettled: () => client.invalidateQueries({ queryKey: ["clinical"] }),
  });
}

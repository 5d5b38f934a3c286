import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import type { DeliveriesPage, DestinationsPage } from "#departments/clinical/api";
import { getJson, sendJson, withQuery } from "../../parts/request/request.ts";

export interface DeliveryFilter {
  readonly destination?: string;
  readonly state?: string;
  readonly link?: string;
  /** Of the hospital, on which the message came in. */
  readonly day?: string;
  /** Id of the message. */
  readonly message?: string;
}

/** A queue moves by itself, and nothing tells the page of it. */
const askAgainMs = 15_000;

export const destinationsQuery = queryOptions({
  queryKey: ["clinical", "destinations"],
  queryFn: ({ signal }) => getJson<DestinationsPage>("/api/clinical/destinations", signal),
  refetchInterval: askAgainMs,
});

export function deliveriesQuery(filter: DeliveryFilter) {
  return infiniteQueryOptions({
    queryKey: ["clinical", "deliveries", filter],
    queryFn: ({ signal, pageParam }) =>
      getJson<DeliveriesPage>(
        withQuery("/api/clinical/deliveries", { ...filter, cursor: pageParam, count: 50 }),
        signal,
      ),
    initialPageParam: "",
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
    refetchInterval: askAgainMs,
  });
}

/** Something to do to a delivery, a destination or a link, for which a reason is kept. */
export interface Deed {
  readonly is: "retry" | "skip" | "pause" | "resume" | "cancel" | "send-to" | "stop" | "start";
  /** Id of the delivery, name of the destination or link. */
  readonly of: string;
  /** What people call it. */
  readonly title: string;
  /** Name of the destination that gets it instead. */
  readonly to?: string;
}

const places: Readonly<Record<Deed["is"], "deliveries" | "destinations" | "links">> = {
  stop: "links",
  start: "links",
  retry: "deliveries",
  skip: "deliveries",
  cancel: "destinations",
  "send-to": "destinations",
  pause: "destinations",
  resume: "destinations",
};

export function useDeed({ is, of, to }: Deed) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (comment: string) =>
      sendJson<unknown>("POST", `/api/clinical/${places[is]}/${encodeURIComponent(of)}/${is}`, {
        comment,
        ...(to && { to }),
      }),
    onSettled: () => client.invalidateQueries({ queryKey: ["clinical"] }),
  });
}

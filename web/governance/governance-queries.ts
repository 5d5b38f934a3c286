import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import type {
  DisclosureView,
  EvidencePage,
  GovernanceHome,
  HeldView,
  ItemOrder,
  ItemsPage,
  ItemView,
  NewItem,
  RetentionPage,
  SheetView,
  TimelineView,
} from "#departments/information/api";
import { getJson, sendJson, withQuery } from "../parts/request/request.ts";

const path = "/api/information";
export const governanceKey = ["information"] as const;

export interface ItemFilter {
  readonly list?: string;
  readonly stage?: string;
  readonly due?: string;
  readonly state?: string;
  readonly mine?: string;
  readonly q?: string;
}

export const governanceHomeQuery = queryOptions({
  queryKey: [...governanceKey, "home"],
  queryFn: ({ signal }) => getJson<GovernanceHome>(`${path}/home`, signal),
  refetchInterval: 60_000,
});

export function itemsQuery(filter: ItemFilter & { readonly area: string }) {
  return infiniteQueryOptions({
    queryKey: [...governanceKey, "items", filter],
    queryFn: ({ signal, pageParam }) =>
      getJson<ItemsPage>(withQuery(`${path}/items`, { ...filter, after: pageParam }), signal),
    initialPageParam: "",
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });
}

export function itemQuery(id: string) {
  return queryOptions({
    queryKey: [...governanceKey, "item", id],
    queryFn: ({ signal }) => getJson<ItemView>(`${path}/items/${id}`, signal),
  });
}

export function timelineQuery(id: string) {
  return queryOptions({
    queryKey: [...governanceKey, "item", id, "timeline"],
    queryFn: ({ signal }) => getJson<TimelineView>(`${path}/items/${id}/timeline`, signal),
  });
}

/** A pack that is being made is asked for again and again. */
export function disclosureQuery(id: string) {
  return queryOptions({
    queryKey: [...governanceKey, "item", id, "disclosure"],
    queryFn: ({ signal }) => getJson<DisclosureView>(`${path}/items/${id}/disclosure`, signal),
    refetchInterval: ({ state }) => (state.data?.pack?.state === "building" ? 1_000 : false),
  });
}

export function sheetQuery(id: string, number: number) {
  return queryOptions({
    queryKey: [...governanceKey, "item", id, "sheet", number],
    queryFn: ({ signal }) => getJson<SheetView>(withQuery(`${path}/items/${id}/disclosure/sheet`, { number }), signal),
    placeholderData: keepPreviousData,
  });
}

export function heldQuery(id: string, key: string) {
  return queryOptions({
    queryKey: [...governanceKey, "item", id, "held", key],
    queryFn: ({ signal }) => getJson<HeldView>(withQuery(`${path}/items/${id}/disclosure/held`, { key }), signal),
  });
}

export const retentionQuery = infiniteQueryOptions({
  queryKey: [...governanceKey, "retention"],
  queryFn: ({ signal, pageParam }) =>
    getJson<RetentionPage>(withQuery(`${path}/retention`, { after: pageParam }), signal),
  initialPageParam: "",
  getNextPageParam: (page) => page.next,
  // While something is being erased, how far that is.
  refetchInterval: ({ state }) =>
    state.data?.pages[0]?.disposals.some(({ state: at }) => at === "agreed") === true ? 3_000 : false,
});

export const evidenceQuery = queryOptions({
  queryKey: [...governanceKey, "evidence"],
  queryFn: ({ signal }) => getJson<EvidencePage>(`${path}/evidence`, signal),
});

/** Sends something; afterwards whatever shows it, or counts it, is asked for again. */
function useSending<Sent, Reply>(send: (sent: Sent) => Promise<Reply>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: send,
    onSettled: () => void client.invalidateQueries({ queryKey: governanceKey }),
  });
}

export function useNewItem() {
  return useSending((item: NewItem) => sendJson<ItemView>("POST", `${path}/items`, item));
}

export function useItemOrder(id: string) {
  return useSending((order: ItemOrder) => sendJson<ItemView>("POST", `${path}/items/${id}/orders`, order));
}

interface DisclosureDeed {
  readonly deed: "gather" | "give-unflagged" | "pack" | "release-again" | "entries";
  readonly body?: unknown;
}

export function useDisclosureDeed(id: string) {
  return useSending(({ deed, body }: DisclosureDeed) =>
    sendJson<unknown>("POST", `${path}/items/${id}/disclosure/${deed}`, body),
  );
}

interface DisposalDeed {
  /** Absent: a proposal. */
  readonly id?: string;
  readonly body: unknown;
}

export function useDisposal() {
  return useSending(({ id, body }: DisposalDeed) =>
    sendJson<unknown>("POST", `${path}/retention/disposals${id === undefined ? "" : `/${id}/decide`}`, body),
  );
}

/** Takes the pack: the browser keeps it as a file. It can be taken once. */
export async function collectPack(id: string): Promise<Blob> {
  const reply = await fetch(`${path}/items/${id}/disclosure/collect`, { method: "POST", credentials: "same-origin" });
  if (!reply.ok) throw new Error("The pack could not be taken: load the page again to see how it stands.");
  return reply.blob();
}

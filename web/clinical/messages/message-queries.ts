import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { MessagesPage, MessageView } from "#departments/clinical/api";
import { getJson, withQuery } from "../../parts/request/request.ts";

export interface MessageFilter {
  readonly q?: string;
  /** Words of the message. */
  readonly text?: string;
  readonly link?: string;
  readonly type?: string;
  readonly state?: string;
  readonly from?: string;
  readonly to?: string;
}

export const messagesKey = ["clinical", "messages"] as const;

export function messagesQuery(filter: MessageFilter) {
  return infiniteQueryOptions({
    queryKey: [...messagesKey, filter],
    queryFn: ({ signal, pageParam }) =>
      getJson<MessagesPage>(withQuery("/api/clinical/messages", { ...filter, cursor: pageParam, count: 50 }), signal),
    initialPageParam: "",
    getNextPageParam: (page) => page.next,
    // What was found before stays until what is asked for now has come.
    placeholderData: keepPreviousData,
  });
}

export function messageQuery(id: string) {
  return queryOptions({
    queryKey: ["clinical", "message", id],
    queryFn: ({ signal }) => getJson<MessageView>(`/api/clinical/messages/${id}`, signal),
  });
}

import { infiniteQueryOptions, keepPreviousData, useMutation, useQueryClient } from "@tanstack/react-query";
import type { RelationshipView, ReviewBody, ReviewsView } from "#access/api";
import { getJson, sendJson, withQuery } from "../../parts/request/request.ts";

export type ReviewState = "open" | "done";

export function reviewsQuery(state: ReviewState) {
  return infiniteQueryOptions({
    queryKey: ["access", "reviews", state],
    queryFn: ({ signal, pageParam }) =>
      getJson<ReviewsView>(withQuery("/api/access/reviews", { state, cursor: pageParam }), signal),
    initialPageParam: "",
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
  });
}

export function useReview(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: ReviewBody) => sendJson<RelationshipView>("PATCH", `/api/access/reviews/${id}`, body),
    onSettled: () => void client.invalidateQueries({ queryKey: ["access", "reviews"] }),
  });
}

import {
  infiniteQueryOptions,
  keepPreviousData,
  type QueryKey,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import { getJson, sendJson, withQuery } from "../../parts/request/request.ts";

interface WorkList {
  readonly key: QueryKey;
  /** `/api/clinical/holds`. */
  readonly path: string;
  readonly filter: object;
}

/** A list of what waits for people, page by page; asked again each minute, because more comes in and others decide too. */
export function workListQuery<Page extends { readonly next?: string }>({ key, path, filter }: WorkList) {
  return infiniteQueryOptions({
    queryKey: [...key, "list", filter],
    queryFn: ({ signal, pageParam }) =>
      getJson<Page>(withQuery(path, { ...filter, cursor: pageParam, count: 50 }), signal),
    initialPageParam: "",
    getNextPageParam: (page) => page.next,
    // What was found before stays until what is asked for now has come.
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
  });
}

/** What a person decides about the document at a path; afterwards whatever shows it, or counts it, is asked for again. */
export function useDecisionAt<Decision extends { readonly action: string }, Reply>(path: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ action, ...body }: Decision) => sendJson<Reply>("POST", `${path}/${action}`, body),
    // Not waited for: what is decided may take the form away, and whoever decided is told first.
    onSettled: () => void client.invalidateQueries({ queryKey: ["clinical"] }),
  });
}

import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type { ImageRetentionPage, JudgedStudiesPage } from "#departments/clinical/api";
import { getJson, withQuery } from "../../parts/request/request.ts";
import { images } from "../imaging-queries.ts";

/** A deletion that is counted or carried out comes on while one looks. */
const liveMs = 3_000;

export const retentionQuery = queryOptions({
  queryKey: ["images", "retention"],
  queryFn: ({ signal }) => getJson<ImageRetentionPage>(`${images}/retention`, signal),
  refetchInterval: liveMs,
});

/** What the rules would delete today. It takes a while, so it is asked for by hand. */
export const judgedQuery = infiniteQueryOptions({
  queryKey: ["images", "judged"],
  queryFn: ({ signal, pageParam }) =>
    getJson<JudgedStudiesPage>(withQuery(`${images}/retention/studies`, { cursor: pageParam }), signal),
  initialPageParam: "",
  getNextPageParam: (page) => page.next,
});

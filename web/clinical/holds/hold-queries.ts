import { queryOptions } from "@tanstack/react-query";
import type { DecidedView, HeldMessageView, HoldsPage } from "#departments/clinical/api";
import { getJson } from "../../parts/request/request.ts";
import { useDecisionAt, workListQuery } from "../work/work-queries.ts";

export interface HoldFilter {
  readonly reason?: string;
  readonly link?: string;
  /** Only those of which a release waits for a second person. */
  readonly proposed?: "true";
}

export const holdsKey = ["clinical", "holds"] as const;

export function holdsQuery(filter: HoldFilter) {
  return workListQuery<HoldsPage>({ key: holdsKey, path: "/api/clinical/holds", filter });
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

export function useDecide(id: string) {
  return useDecisionAt<Decision, DecidedView>(`/api/clinical/holds/${id}`);
}

import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import type { BreakGlassBody, ClaimBody, RelationshipView } from "#access/api";
import type { PatientIdentity } from "#departments/clinical/api";
import { getJson, sendJson } from "../../../parts/request/request.ts";

export function identityQuery(id: string) {
  return queryOptions({
    queryKey: ["clinical", "identity", id],
    queryFn: ({ signal }) => getJson<PatientIdentity>(`/api/clinical/patients/${id}/identity`, signal),
    retry: false,
  });
}

export type Opening =
  | { readonly by: "claim"; readonly body: ClaimBody }
  | { readonly by: "glass"; readonly body: BreakGlassBody };

/** Afterwards the chart, and whatever lists patients, is asked for again. */
export function useOpening() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ by, body }: Opening) =>
      sendJson<RelationshipView>(
        "POST",
        by === "claim" ? "/api/access/relationships" : "/api/access/break-glass",
        body,
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: ["clinical"] }),
  });
}

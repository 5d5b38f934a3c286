import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import type { ConsentChoice, ConsentEffectView, ConsentsView } from "#access/api";
import { getJson, sendJson } from "../../../parts/request/request.ts";

const pathOf = (id: string) => `/api/access/patients/${id}/consents`;
const keyOf = (id: string) => ["access", "consents", id] as const;

export function consentsQuery(id: string) {
  return queryOptions({
    queryKey: keyOf(id),
    queryFn: ({ signal }) => getJson<ConsentsView>(pathOf(id), signal),
  });
}

export function usePreview(id: string) {
  return useMutation({
    mutationFn: (choice: ConsentChoice) =>
      sendJson<readonly ConsentEffectView[]>("POST", `${pathOf(id)}/preview`, choice),
  });
}

export function useRecord(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (choice: ConsentChoice) => sendJson<ConsentsView>("POST", pathOf(id), choice),
    onSuccess: (view) => client.setQueryData(keyOf(id), view),
  });
}

export function useEnd(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (consent: string) => sendJson<ConsentsView>("POST", `${pathOf(id)}/${consent}/end`),
    onSuccess: (view) => client.setQueryData(keyOf(id), view),
  });
}

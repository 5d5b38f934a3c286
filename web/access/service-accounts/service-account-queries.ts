import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import type { KeyBody, NewKeyView, ServiceAccountBody, ServiceAccountsView, ServiceAccountView } from "#access/api";
import { getJson, sendJson } from "../../parts/request/request.ts";

const path = "/api/access/service-accounts";

export const serviceAccountsQuery = queryOptions({
  queryKey: ["access", "service-accounts"],
  queryFn: ({ signal }) => getJson<ServiceAccountsView>(path, signal),
});

/** A change of one of them, after which the list is asked for anew. */
function useChange<Given, Answer>(act: (given: Given) => Promise<Answer>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSuccess: () => client.invalidateQueries({ queryKey: serviceAccountsQuery.queryKey }),
  });
}

export function useAddServiceAccount() {
  return useChange((body: ServiceAccountBody) => sendJson<ServiceAccountView>("POST", path, body));
}

export function useSetActive(id: string) {
  return useChange((active: boolean) => sendJson<ServiceAccountView>("PATCH", `${path}/${id}`, { active }));
}

export function useNewKey(id: string) {
  return useChange((body: KeyBody) => sendJson<NewKeyView>("POST", `${path}/${id}/keys`, body));
}

/** `under` is the address that the key's id is added to. */
export function useEndKey(under: string) {
  return useChange((key: string) => sendJson<undefined>("DELETE", `${under}/${key}`));
}

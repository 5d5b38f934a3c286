import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import type { ConfigurationHistory, ConfigurationView, DeploymentView } from "#departments/clinical/api";
import { getJson, sendJson, withQuery } from "../../parts/request/request.ts";

const configurationKey = ["clinical", "configuration"] as const;

/** The newest configuration, which is the one that runs, or that of a version. */
export function configurationQuery(version?: string) {
  return queryOptions({
    queryKey: [...configurationKey, "version", version],
    queryFn: ({ signal }) =>
      getJson<ConfigurationView>(
        withQuery("/api/clinical/configuration", version === undefined ? {} : { version }),
        signal,
      ),
    // Somebody may deploy from the command line meanwhile.
    refetchInterval: 60_000,
  });
}

/** The newest so many deployments. */
export function historyQuery(count: number) {
  return queryOptions({
    queryKey: [...configurationKey, "history", count],
    queryFn: ({ signal }) =>
      getJson<ConfigurationHistory>(withQuery("/api/clinical/configuration/history", { count }), signal),
    refetchInterval: 60_000,
  });
}

/** Whatever shows links is asked for again. */
export function useRollBack() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { readonly version: number; readonly why: string }) =>
      sendJson<DeploymentView>("POST", "/api/clinical/configuration/roll-back", body),
    onSettled: () => client.invalidateQueries({ queryKey: ["clinical"] }),
  });
}

import { keepPreviousData, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import type { CheckReport, ConfigurationFile, ConfigurationForms, DeploymentView } from "#departments/clinical/api";
import { getJson, sendJson } from "../../../parts/request/request.ts";

/** As the schemas are, they stay while the program runs. */
export const formsQuery = queryOptions({
  queryKey: ["clinical", "configuration", "forms"],
  queryFn: ({ signal }) => getJson<ConfigurationForms>("/api/clinical/configuration/forms", signal),
  staleTime: Number.POSITIVE_INFINITY,
});

/** What the server says of a draft, golden messages included. */
export function checkQuery(files: readonly ConfigurationFile[]) {
  return queryOptions({
    queryKey: ["configuration-check", files],
    queryFn: () => sendJson<CheckReport>("POST", "/api/clinical/configuration/check", { files }),
    placeholderData: keepPreviousData,
    gcTime: 0,
  });
}

interface Deploying {
  readonly files: readonly ConfigurationFile[];
  readonly why: string;
  readonly basedOn?: number;
}

export function useDeploy() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Deploying) => sendJson<DeploymentView>("POST", "/api/clinical/configuration/deploy", body),
    onSuccess: () => client.invalidateQueries({ queryKey: ["clinical"] }),
  });
}

import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import type { ApplicationBody, ApplicationChangeBody, ApplicationChangedView, ApplicationView } from "#access/api";
import { getJson, sendJson } from "../../parts/request/request.ts";

export const applicationsQuery = queryOptions({
  queryKey: ["access", "applications"],
  queryFn: ({ signal }) => getJson<readonly ApplicationView[]>("/api/access/applications", signal),
});

export function useAddApplication() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: ApplicationBody) => sendJson<ApplicationChangedView>("POST", "/api/access/applications", body),
    onSuccess: () => client.invalidateQueries(applicationsQuery),
  });
}

export interface ApplicationChange extends ApplicationChangeBody {
  readonly id: string;
}

export function useChangeApplication() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...body }: ApplicationChange) =>
      sendJson<ApplicationChangedView>("PATCH", `/api/access/applications/${id}`, body),
    onSuccess: () => client.invalidateQueries(applicationsQuery),
  });
}

import { queryOptions } from "@tanstack/react-query";
import type { AuthorizationRequestView } from "#access/api";
import { getJson } from "../../parts/request/request.ts";

export function requestAddress(request: string): string {
  return `/api/access/authorization-requests/${encodeURIComponent(request)}`;
}

export function authorizationRequestQuery(request: string) {
  return queryOptions({
    queryKey: ["access", "authorization-request", request],
    queryFn: ({ signal }) => getJson<AuthorizationRequestView>(requestAddress(request), signal),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

import { queryOptions, useQuery } from "@tanstack/react-query";
import type { Me } from "#access/api";
import { getJson } from "../../parts/request/request.ts";

/** Who is signed in; fails with 401 when nobody is. */
export const meQuery = queryOptions({
  queryKey: ["access", "me"],
  queryFn: ({ signal }) => getJson<Me>("/api/access/me", signal),
  staleTime: 60_000,
  retry: false,
});

/** The person at the screen; undefined only in the moment after a sign-out. */
export function useMe(): Me | undefined {
  return useQuery(meQuery).data;
}

/** Whether to show what needs a permission. The server decides again for itself. */
export function usePermission(permission: string): boolean {
  return useMe()?.permissions.some((held) => held === permission) ?? false;
}

import { queryOptions } from "@tanstack/react-query";
import type { AccountView, SessionView } from "#access/api";
import { getJson } from "../parts/request/request.ts";

export const accountKey = ["access", "account"] as const;

export const accountQuery = queryOptions({
  queryKey: [...accountKey, "factors"],
  queryFn: ({ signal }) => getJson<AccountView>("/api/access/account", signal),
});

export const sessionsQuery = queryOptions({
  queryKey: [...accountKey, "sessions"],
  queryFn: ({ signal }) => getJson<readonly SessionView[]>("/api/access/account/sessions", signal),
});

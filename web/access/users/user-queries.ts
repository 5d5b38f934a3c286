import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import type {
  AddedView,
  NewUserBody,
  PersonSignInView,
  RoleMeaningView,
  RoleView,
  UserChangeBody,
  UsersView,
} from "#access/api";
import { getJson, sendJson, withQuery } from "../../parts/request/request.ts";

export const usersKey = ["access", "users"] as const;

/** What the list is narrowed by; empty: by nothing. */
export interface UsersWanted {
  readonly find: string;
  readonly role: string;
  readonly state: string;
  readonly source: string;
}

export function usersQuery(wanted: UsersWanted) {
  return infiniteQueryOptions({
    queryKey: [...usersKey, wanted],
    queryFn: ({ signal, pageParam }) =>
      getJson<UsersView>(withQuery("/api/access/users", { ...wanted, cursor: pageParam, count: 50 }), signal),
    initialPageParam: "",
    getNextPageParam: (page) => page.next,
    // What was found before stays until what is asked for now has come.
    placeholderData: keepPreviousData,
  });
}

export const rolesQuery = queryOptions({
  queryKey: ["access", "roles"],
  queryFn: ({ signal }) => getJson<readonly RoleView[]>("/api/access/roles", signal),
  staleTime: Number.POSITIVE_INFINITY,
});

export function roleMeaningQuery(name: string) {
  return queryOptions({
    queryKey: ["access", "roles", name],
    queryFn: ({ signal }) => getJson<RoleMeaningView>(`/api/access/roles/${name}`, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function personSignInQuery(id: string) {
  return queryOptions({
    queryKey: ["access", "sign-in", id],
    queryFn: ({ signal }) => getJson<PersonSignInView>(`/api/access/users/${id}/sign-in`, signal),
  });
}

export function useAddUser() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: NewUserBody) => sendJson<AddedView>("POST", "/api/access/users", body),
    onSuccess: () => client.invalidateQueries({ queryKey: usersKey }),
  });
}

export interface UserChange extends UserChangeBody {
  readonly id: string;
}

export function useChangeUser() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...body }: UserChange) => sendJson<AddedView>("PATCH", `/api/access/users/${id}`, body),
    onSuccess: () => client.invalidateQueries({ queryKey: usersKey }),
  });
}

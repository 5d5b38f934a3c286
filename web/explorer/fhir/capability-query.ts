import { queryOptions, useQuery } from "@tanstack/react-query";
import type { SearchableView } from "#access/api";
import type { SearchParameterType } from "#standards/fhir";
import { getFhir, getJson } from "../../parts/request/request.ts";

/** What the server says of one type in its CapabilityStatement. */
export interface TypeCapability {
  readonly type: string;
  readonly searchParam?: readonly { readonly name: string; readonly type: SearchParameterType }[];
  readonly searchRevInclude?: readonly string[];
}

interface Capability {
  readonly rest?: readonly { readonly resource?: readonly TypeCapability[] }[];
}

/** The types that the server has, by name. The statement stays as it is while the server runs. */
export const capabilityQuery = queryOptions({
  queryKey: ["fhir", "metadata", "types"],
  queryFn: async ({ signal }) => {
    const statement = await getFhir<Capability>("/fhir/metadata", signal);
    const types = statement.rest?.flatMap(({ resource = [] }) => resource) ?? [];
    return new Map(types.map((type) => [type.type, type]));
  },
  staleTime: Number.POSITIVE_INFINITY,
});

export const searchableQuery = queryOptions({
  queryKey: ["access", "searchable"],
  queryFn: ({ signal }) => getJson<SearchableView>("/api/access/searchable", signal),
  staleTime: 60_000,
});

/** The types that the server has and the person may search, in alphabetical order; empty until they are known. */
export function useSearchableTypes(): readonly string[] {
  const capability = useQuery(capabilityQuery).data;
  const searchable = useQuery(searchableQuery).data;
  return searchable?.types.filter((type) => capability?.has(type) === true) ?? [];
}

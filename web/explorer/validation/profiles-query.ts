import { queryOptions } from "@tanstack/react-query";
import { getFhir } from "../../parts/request/request.ts";
import type { Bundle } from "../fhir/bundle.ts";

/** The profiles of the record for a type. */
export function profilesQuery(type: string) {
  return queryOptions({
    queryKey: ["fhir", "StructureDefinition", "profiles", type],
    queryFn: async ({ signal }) => {
      const path = `/fhir/StructureDefinition?type=${encodeURIComponent(type)}&derivation=constraint&_count=100`;
      const { entry = [] } = await getFhir<Bundle>(path, signal);
      return entry.flatMap(({ resource }) => {
        const { url, title, name } = resource ?? {};
        return typeof url === "string" ? [{ url, title: String(title ?? name ?? url) }] : [];
      });
    },
    staleTime: 60_000,
  });
}

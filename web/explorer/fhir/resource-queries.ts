import { queryOptions } from "@tanstack/react-query";
import { getFhir } from "../../parts/request/request.ts";
import type { Bundle, BundleEntry, Resource } from "./bundle.ts";

/** One version of a resource; a deletion has no content. */
export interface ResourceVersion {
  readonly version: string;
  readonly action: "created" | "updated" | "deleted";
  readonly recorded?: string;
  readonly content?: Resource;
}

/** The most versions that a page shows. */
export const versionsMax = 100;

/** The versions of a resource, newest first. Source: FHIR R4 §3.1.0.12 (history). */
export function historyQuery(type: string, id: string) {
  return queryOptions({
    queryKey: ["fhir", type, id, "history"],
    queryFn: async ({ signal }) => {
      const bundle = await getFhir<Bundle>(`/fhir/${type}/${id}/_history?_count=${versionsMax}`, signal);
      return (bundle.entry ?? []).map(versionFrom);
    },
  });
}

function versionFrom({ resource, request, response }: BundleEntry): ResourceVersion {
  const meta = resource?.meta as { readonly versionId?: string; readonly lastUpdated?: string } | undefined;
  const recorded = meta?.lastUpdated ?? response?.lastModified;
  const version = meta?.versionId ?? response?.etag?.replaceAll(/\D/g, "") ?? "";
  const isFirst = request?.method === "POST" || version === "1";
  return {
    version,
    action: resource === undefined ? "deleted" : isFirst ? "created" : "updated",
    ...(recorded === undefined ? {} : { recorded }),
    ...(resource === undefined ? {} : { content: resource }),
  };
}

/** The resources that a search finds: one page. */
export function searchQuery(type: string, query: string) {
  return queryOptions({
    queryKey: ["fhir", type, "search", query],
    queryFn: ({ signal }) => getFhir<Bundle>(`/fhir/${type}${query === "" ? "" : `?${query}`}`, signal),
  });
}

/** How many a search finds. Source: FHIR R4 §3.1.1.5 (_summary=count). */
export function countQuery(type: string, query: string) {
  const counting = `${query === "" ? "" : `${query}&`}_summary=count`;
  return queryOptions({
    queryKey: ["fhir", type, "count", query],
    queryFn: async ({ signal }) => (await getFhir<Bundle>(`/fhir/${type}?${counting}`, signal)).total,
  });
}

/** Where the versions of a resource came from, newest first. */
export function provenanceQuery(type: string, id: string) {
  return queryOptions({
    queryKey: ["fhir", type, id, "provenance"],
    queryFn: async ({ signal }) => {
      const path = `/fhir/Provenance?target=${type}/${id}&_sort=-_lastUpdated&_count=${versionsMax}`;
      const bundle = await getFhir<Bundle>(path, signal);
      return (bundle.entry ?? []).flatMap(({ resource, search }) =>
        resource === undefined || search?.mode === "outcome" ? [] : [resource],
      );
    },
  });
}

/** A resource as it is now, or one version of it. */
export function readQuery(type: string, id: string, version?: string) {
  return queryOptions({
    queryKey: ["fhir", type, id, "read", version ?? ""],
    queryFn: ({ signal }) =>
      getFhir<Resource>(`/fhir/${type}/${id}${version === undefined ? "" : `/_history/${version}`}`, signal),
  });
}

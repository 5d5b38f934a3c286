import { queryOptions } from "@tanstack/react-query";
import type { JsonObject } from "#kernel";
import { getFhir } from "../../parts/request/request.ts";

/** One version of a resource; a deletion has no content. */
export interface ResourceVersion {
  readonly version: string;
  readonly recorded?: string;
  readonly content?: JsonObject;
}

interface HistoryBundle {
  readonly entry?: readonly HistoryEntry[];
}

interface HistoryEntry {
  readonly resource?: JsonObject & { readonly meta?: { readonly versionId?: string; readonly lastUpdated?: string } };
  readonly response?: { readonly etag?: string; readonly lastModified?: string };
}

/** The versions of a resource, newest first; the newest hundred. Source: FHIR R4 §3.1.0.14 (history). */
export function resourceHistoryQuery(kind: string, id: string) {
  return queryOptions({
    queryKey: ["fhir", kind, id, "history"],
    queryFn: async ({ signal }) => {
      const bundle = await getFhir<HistoryBundle>(`/fhir/${kind}/${id}/_history?_count=100`, signal);
      return (bundle.entry ?? []).map(versionFrom);
    },
  });
}

function versionFrom({ resource, response }: HistoryEntry): ResourceVersion {
  const recorded = resource?.meta?.lastUpdated ?? response?.lastModified;
  return {
    version: resource?.meta?.versionId ?? response?.etag?.replaceAll(/\D/g, "") ?? "",
    ...(recorded === undefined ? {} : { recorded }),
    ...(resource === undefined ? {} : { content: resource }),
  };
}

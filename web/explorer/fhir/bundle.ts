import type { JsonObject } from "#kernel";

export type Resource = JsonObject & { readonly resourceType?: string; readonly id?: string };

/** What the explorer reads of a Bundle. Source: FHIR R4 Bundle. */
export interface Bundle {
  readonly total?: number;
  readonly link?: readonly { readonly relation: string; readonly url: string }[];
  readonly entry?: readonly BundleEntry[];
}

export interface BundleEntry {
  readonly resource?: Resource;
  readonly search?: { readonly mode?: string };
  readonly request?: { readonly method?: string };
  readonly response?: { readonly status?: string; readonly etag?: string; readonly lastModified?: string };
}

/** What stands behind the `?` of a page's `next` or `previous`; undefined where there is none. */
export function pageQuery({ link = [] }: Bundle, relation: "next" | "previous"): string | undefined {
  const url = link.find((each) => each.relation === relation)?.url;
  return url?.includes("?") ? url.slice(url.indexOf("?") + 1) : undefined;
}

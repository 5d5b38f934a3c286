import type { HttpReply, Json } from "#kernel";
import type { Listed } from "./paging.ts";
import type { Rendered } from "./rendered.ts";

/** Where the SCIM door is. */
export const scimPath = "/scim/v2";

/** Source: RFC 7644 §8.1. */
export function scimReply(body: Json, status = 200): HttpReply {
  return { status, headers: { "content-type": "application/scim+json; charset=utf-8" }, body: JSON.stringify(body) };
}

/** One resource with its ETag, and its address where it has just been made. Source: RFC 7644 §3.3, §3.14. */
export function resourceReply({ resource, etag }: Rendered, status: 200 | 201 = 200): HttpReply {
  const { headers, ...reply } = scimReply(resource, status);
  const { location } = resource.meta as { readonly location: string };
  return { ...reply, headers: { ...headers, etag, ...(status === 201 ? { location } : {}) } };
}

/** Source: RFC 7644 §3.4.2. */
export function listReply({ total, startIndex, resources }: Listed): HttpReply {
  return scimReply({
    schemas: ["urn:ietf:params:scim:api:messages:2.0:ListResponse"],
    totalResults: total,
    startIndex,
    itemsPerPage: resources.length,
    Resources: resources,
  });
}

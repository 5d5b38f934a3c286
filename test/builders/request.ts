import type { HttpRequest } from "#kernel";

/** A GET with this query and these path parameters, unless said otherwise; what body it has is JSON. */
export function aRequest(
  overrides: Partial<Omit<HttpRequest, "query">> & { readonly query?: string } = {},
): HttpRequest {
  const { query = "", ...rest } = overrides;
  return {
    method: "GET",
    path: "/",
    params: {},
    headers: { "content-type": "application/json" },
    body: new Uint8Array(),
    origin: "http://127.0.0.1:8080",
    remoteAddress: "127.0.0.1",
    closed: new AbortController().signal,
    ...rest,
    query: new URLSearchParams(query),
  };
}

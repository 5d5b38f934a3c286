import { withQuery } from "../../parts/request/request.ts";
import { dicomweb } from "./requests.ts";

/** The address of a query; each field on its own, as not every server takes a list. Source: PS3.18 §8.3.4.3. */
export function queryPath(
  resource: string,
  query: Readonly<Record<string, string | number | undefined>>,
  fields: readonly string[],
): string {
  const path = withQuery(`${dicomweb}/${resource}`, query);
  const included = fields.map((field) => `includefield=${field}`).join("&");
  return `${path}${path.includes("?") ? "&" : "?"}${included}`;
}

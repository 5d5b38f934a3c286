import { type HttpRequest, ok, type Result, type Route } from "#kernel";
import { jsonText } from "../../documents/json-text.ts";
import type { Answer } from "../answer.ts";
import type { FhirContext } from "../context.ts";
import { paramsOf } from "../interactions/table.ts";
import type { BundleEntry } from "./entry.ts";

/** What an entry asks of a route that is made elsewhere, such as the operations of terminology; `base` is the server's address. */
export interface AskedElsewhere {
  readonly route: Route<FhirContext>;
  readonly params: Readonly<Record<string, string>>;
}

/** The route for an operation that is none of the table's own. */
export function foundElsewhere(
  { method, path }: BundleEntry,
  { inBundles = [] }: FhirContext,
): AskedElsewhere | undefined {
  const last = path.at(-1);
  if (last !== "metadata" && last?.startsWith("$") !== true) return undefined;
  for (const route of inBundles) {
    const params = route.method === method ? paramsOf(route.path.slice(pathStart).split("/"), path) : undefined;
    if (params !== undefined) return { route, params };
  }
  return undefined;
}

const pathStart = "/fhir/".length;
const encoder = new TextEncoder();
const fhirJson = "application/fhir+json";

/** Asked as though it had come alone, by a caller who may use that route. Problems: those of `admit`; its own. */
export async function answerElsewhere(
  { route, params }: AskedElsewhere,
  entry: BundleEntry,
  { base, context }: { readonly base: string; readonly context: FhirContext },
): Promise<Result<Answer>> {
  const admitted = await context.admit(route);
  if (!admitted.ok) return admitted;
  const { method, path, search, resource } = entry;
  const request: HttpRequest = {
    method,
    path: `/fhir/${path.join("/")}`,
    params,
    query: new URLSearchParams(search),
    headers: { accept: fhirJson, "content-type": fhirJson },
    body: encoder.encode(resource === undefined || method === "GET" ? "" : jsonText(resource)),
    origin: base.replace(/\/fhir$/, ""),
    remoteAddress: "",
    closed: new AbortController().signal,
  };
  const reply = await route.handle(request, context);
  if (!reply.ok) return reply;
  const { status, body } = reply.value;
  return ok({ status: status as Answer["status"], ...(typeof body === "string" ? { body } : {}) });
}

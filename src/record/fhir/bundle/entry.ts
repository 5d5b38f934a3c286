import {
  failed,
  incorrect,
  isJsonObject,
  type Json,
  type JsonObject,
  limits,
  ok,
  okUnless,
  type Problem,
  type Result,
} from "#kernel";
import { checkResource } from "#standards/fhir";
import type { Method } from "../interactions/table.ts";

/** A Bundle that asks for something, read but for its resources. */
export interface RequestBundle {
  readonly type: "batch" | "transaction";
  /** In their order. A batch goes on without those that cannot be read. */
  readonly entries: readonly Result<BundleEntry>[];
}

/** One entry and what it asks for. */
export interface BundleEntry {
  readonly index: number;
  readonly method: Method;
  /** HEAD: asked like a GET, and answered without the resource. */
  readonly isHeadOnly: boolean;
  /** Parts of the address: `Patient`, `1`. */
  readonly path: readonly string[];
  /** What follows the question mark, as it is written. */
  readonly search: string | undefined;
  readonly fullUrl: string | undefined;
  readonly resource: JsonObject | undefined;
  /** Its conditions, under the names of the headers they stand for. */
  readonly headers: Readonly<Record<string, string | undefined>>;
}

/**
 * Problems of the whole: incorrect, where it is no Bundle of these types, has too many entries, or is not built as R4 says.
 * The resources are left to the record. `base` is this server's address. Source: FHIR R4 §3.1.0.11 (batch, transaction).
 */
export function readBundle(bundle: JsonObject, base: string | undefined): Result<RequestBundle> {
  const { type, entry = [] } = bundle;
  if (bundle.resourceType !== "Bundle" || (type !== "batch" && type !== "transaction")) return failed(wrongType);
  if (!Array.isArray(entry))
    return failed(incorrect("wrong-json-type", "It must be a list.", { where: "Bundle.entry" }));
  const given = entry as readonly Json[];
  if (given.length > limits.bundleEntriesMax) return failed(tooMany);
  // FHIR has no empty lists, but a Bundle that asks for nothing does no harm.
  const shell = given.length === 0 ? { ...bundle, entry: undefined } : { ...bundle, entry: given.map(withoutResource) };
  const entries = given.map((each, index) => readEntry(each as JsonObject, index, base));
  return okUnless(checkResource(shell), { type, entries });
}

const wrongType = incorrect("wrong-kind", "What is posted here must be a Bundle of type batch or transaction.", {
  where: "Bundle.type",
});
const tooMany = incorrect("too-long", `A Bundle may have ${limits.bundleEntriesMax} entries at most.`, {
  where: "Bundle.entry",
});

function withoutResource(entry: Json): Json {
  if (!isJsonObject(entry)) return entry;
  const { resource, ...rest } = entry;
  return resource !== undefined && Object.keys(rest).length === 0 ? standIn : rest;
}

/** For an entry of nothing but a resource, which is not empty, and whose faults `readEntry` tells. */
const standIn = { fullUrl: "urn:only-a-resource" };

/** A place in an entry's resource, seen from the Bundle: `Bundle.entry[3].resource.birthDate` for `Patient.birthDate`. */
export function placeInEntry(index: number, where: string | undefined): string {
  if (where?.startsWith("Bundle.entry[") === true) return where;
  const entry = `Bundle.entry[${index}]`;
  const type = /^[A-Z][A-Za-z]+(?=$|[.[])/.exec(where ?? "")?.[0];
  return type === undefined ? entry : `${entry}.resource${where?.slice(type.length) ?? ""}`;
}

export function inEntry(index: number, problem: Problem): Problem {
  return { ...problem, where: placeInEntry(index, problem.where) };
}

const methods: readonly string[] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"];
const withResource: readonly string[] = ["POST", "PUT", "PATCH"];

function readEntry(entry: JsonObject, index: number, base: string | undefined): Result<BundleEntry> {
  const at = (element: string) => ({ where: `Bundle.entry[${index}].${element}` });
  const { request, resource, fullUrl } = entry ?? {};
  if (!isJsonObject(request)) {
    return failed(incorrect("required-element-missing", "Every entry must say what it asks for.", at("request")));
  }
  const { method, url } = request;
  if (typeof method !== "string" || !methods.includes(method)) {
    return failed(
      incorrect("wrong-method", "The method must be GET, HEAD, POST, PUT, PATCH or DELETE.", at("request.method")),
    );
  }
  const address = addressOf(String(url), base);
  if (address === undefined) {
    return failed(incorrect("wrong-address", "The url must be one below this server's address.", at("request.url")));
  }
  const hasResource = isJsonObject(resource);
  if (!hasResource && withResource.includes(method)) {
    return failed(incorrect("required-element-missing", "There must be a resource to write.", at("resource")));
  }
  return ok({
    index,
    method: method === "HEAD" ? "GET" : (method as Method),
    isHeadOnly: method === "HEAD",
    ...address,
    fullUrl: typeof fullUrl === "string" ? fullUrl : undefined,
    resource: hasResource ? resource : undefined,
    headers: headersOf(request),
  });
}

/** Also a whole address, when it is one of this server. */
function addressOf(url: string, base: string | undefined): Pick<BundleEntry, "path" | "search"> | undefined {
  const isOwn = base !== undefined && url.startsWith(`${base}/`);
  const relative = (isOwn ? url.slice(base.length) : url).replace(/^\//, "");
  if (/^[a-z][a-z0-9+.-]*:/i.test(relative)) return undefined;
  const mark = relative.indexOf("?");
  const path = (mark === -1 ? relative : relative.slice(0, mark)).split("/");
  return { path, search: mark === -1 ? undefined : relative.slice(mark + 1) };
}

function headersOf({ ifMatch, ifNoneMatch, ifNoneExist, ifModifiedSince }: JsonObject): BundleEntry["headers"] {
  const text = (value: Json | undefined) => (typeof value === "string" ? value : undefined);
  return {
    "if-match": text(ifMatch),
    "if-none-match": text(ifNoneMatch),
    "if-none-exist": text(ifNoneExist),
    "if-modified-since": text(ifModifiedSince),
  };
}

import { isJsonObject, type Json, type JsonObject } from "#kernel";
import { isResourceType } from "#standards/fhir";
import type { Key } from "../../documents/document.ts";

/** A Bundle made such that writing it twice writes it once. */
export interface RepeatableBundle {
  readonly bundle: JsonObject;
  /** What it creates under ids made here, by the index of their entries. */
  readonly made: ReadonlyMap<number, Key>;
}

/** Bundles that hold resources to be stored one by one; any other is stored as the one resource that it is. */
const unpackedTypes: readonly unknown[] = ["transaction", "batch", "collection", "searchset"];

export function isUnpacked({ resourceType, type }: JsonObject): boolean {
  return resourceType === "Bundle" && unpackedTypes.includes(type);
}

/**
 * The Bundle with an id for each resource that it creates, made of `name` (what is the same for the same content) and the
 * place of its entry, to be created only where that id is not taken. A collection becomes a transaction that writes each
 * resource under its own id. Creates with a condition of their own stay: their condition does the same.
 */
export function repeatableBundle(bundle: JsonObject, name: string): RepeatableBundle {
  const { type, entry } = bundle;
  const entries = Array.isArray(entry) ? (entry as readonly Json[]) : [];
  const made = new Map<number, Key>();
  const isRequest = type === "transaction" || type === "batch";
  const written = entries.flatMap((each, index): Json[] => {
    if (!isJsonObject(each)) return [each];
    const asked = isRequest ? each : storing(each);
    if (asked === undefined) return [];
    return [guarded(asked, { id: `${name}-${index}`, index, made })];
  });
  return { bundle: { ...bundle, type: isRequest ? type : "transaction", entry: written }, made };
}

/** An entry of a collection as one of a transaction; undefined for one without a resource. */
function storing({ resource, fullUrl }: JsonObject): JsonObject | undefined {
  if (!isJsonObject(resource)) return undefined;
  const type = String(resource.resourceType);
  const request =
    typeof resource.id === "string" ? { method: "PUT", url: `${type}/${resource.id}` } : { method: "POST", url: type };
  return { ...(fullUrl === undefined ? {} : { fullUrl }), resource, request };
}

interface Guarding {
  readonly id: string;
  readonly index: number;
  readonly made: Map<number, Key>;
}

function guarded(entry: JsonObject, { id, index, made }: Guarding): JsonObject {
  const { request, resource } = entry;
  if (!isJsonObject(request) || !isJsonObject(resource)) return entry;
  const { method, url: kind, ifNoneExist } = request;
  if (method !== "POST" || ifNoneExist !== undefined || typeof kind !== "string" || resource.resourceType !== kind) {
    return entry;
  }
  // The log gives its entries ids of its own, and is never overwritten.
  if (!isResourceType(kind) || kind === "AuditEvent") return entry;
  made.set(index, { kind, id });
  return {
    ...entry,
    resource: { ...resource, id },
    request: { ...request, method: "PUT", url: `${kind}/${id}`, ifNoneMatch: "*" },
  };
}

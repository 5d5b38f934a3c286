import { createHash } from "node:crypto";
import { failed, incorrect, isJsonObject, type Json, type JsonObject, type Problem, type Result } from "#kernel";
import { jsonText, parseJson } from "#record";

/** One entry of a message that has a resource. */
export interface FhirEntry {
  /** From 0. */
  readonly at: number;
  /** `Bundle.entry[2].resource` */
  readonly where: string;
  readonly type: string;
  readonly fullUrl: string | undefined;
  readonly resource: JsonObject;
}

/** A FHIR message as it was sent. */
export interface FhirBundle {
  readonly bundle: JsonObject;
  readonly header: FhirEntry & { readonly resource: JsonObject & { readonly id: string } };
  /** Behind the header. */
  readonly entries: readonly FhirEntry[];
  /** Of all that it says; the same where only the envelope (Bundle.id, timestamp) differs. */
  readonly digest: string;
}

/** A message, or why the bytes are none; numbers keep how they are written. Source: FHIR R4 §2.4 (messaging), Bundle bdl-12. */
export function readFhirBundle(bytes: Uint8Array): FhirBundle | Problem {
  const read = parsed(bytes);
  if (!read.ok) return unreadable(`${notMessage.message} ${read.problems[0].message}`, "Bundle");
  const bundle = read.value;
  if (!isJsonObject(bundle) || bundle.resourceType !== "Bundle" || bundle.type !== "message") return notMessage;
  const given: readonly Json[] = Array.isArray(bundle.entry) ? bundle.entry : [];
  const entries = given.flatMap((entry, at) => entryOf(entry, at) ?? []);
  const [first, ...rest] = entries;
  if (first?.type !== "MessageHeader" || first.at !== 0) return noHeader;
  const { id } = first.resource;
  if (typeof id !== "string" || id === "") return noId;
  const { id: _, timestamp: __, ...content } = bundle;
  const digest = createHash("sha256").update(jsonText(content)).digest("hex");
  return { bundle, header: { ...first, resource: { ...first.resource, id } }, entries: rest, digest };
}

function parsed(bytes: Uint8Array): Result<Json> {
  try {
    return parseJson(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return failed(incorrect("not-utf-8", "The body is not UTF-8."));
  }
}

function entryOf(entry: Json, at: number): FhirEntry | undefined {
  if (!isJsonObject(entry) || !isJsonObject(entry.resource)) return undefined;
  const { resource, fullUrl } = entry;
  if (typeof resource.resourceType !== "string") return undefined;
  const where = `Bundle.entry[${at}].resource`;
  return {
    at,
    where,
    type: resource.resourceType,
    fullUrl: typeof fullUrl === "string" ? fullUrl : undefined,
    resource,
  };
}

const unreadable = (message: string, where: string) => incorrect("header-missing", message, { where });
const notMessage = unreadable("A message is a Bundle of type message, in JSON.", "Bundle.type");
const noHeader = unreadable("The first entry of a message is its MessageHeader.", "Bundle.entry[0]");
const noId = unreadable("A message is known by the id of its MessageHeader.", "Bundle.entry[0].resource.id");

/** What a reference within a message leads to. */
export type EntryAt = (reference: string, from: FhirEntry) => FhirEntry | undefined;

/**
 * By its fullUrl; a relative reference by the server that the fullUrl of where it stands names, else by type and id.
 * Source: FHIR R4 §3.1.0.6.1 (resolving references in Bundles).
 */
export function entriesByAddress(entries: readonly FhirEntry[]): EntryAt {
  const byUrl = new Map(
    entries.flatMap((entry) => (entry.fullUrl === undefined ? [] : [[entry.fullUrl, entry] as const])),
  );
  const byId = new Map(entries.map((entry) => [`${entry.type}/${String(entry.resource.id)}`, entry]));
  return (reference, from) => {
    const [address = ""] = reference.split("/_history/");
    if (!isRelative(address)) return byUrl.get(address);
    return byUrl.get(absolute(address, from) ?? "") ?? byId.get(address);
  };
}

/** `Observation/5` */
export function isRelative(reference: string): boolean {
  return !/^[a-z][a-z0-9+.-]*:/i.test(reference) && !reference.startsWith("#");
}

/** As the server has it that the message comes from; undefined where its entries name none. */
export function absolute(reference: string, { fullUrl = "" }: Pick<FhirEntry, "fullUrl">): string | undefined {
  const [, root] = /^(https?:\/\/.+\/)[A-Za-z]+\/[A-Za-z0-9.-]+$/.exec(fullUrl) ?? [];
  return root === undefined ? undefined : `${root}${reference}`;
}

/** Every string that is a reference in what a resource says, and where: `Bundle.entry[2].resource.subject`. */
export function referencesIn({
  resource,
  where,
}: FhirEntry): readonly { readonly text: string; readonly where: string }[] {
  const found: { text: string; where: string }[] = [];
  const walk = (value: Json, at: string): void => {
    if (Array.isArray(value)) for (const [index, item] of value.entries()) walk(item as Json, `${at}[${index}]`);
    if (!isJsonObject(value)) return;
    if (typeof value.reference === "string") found.push({ text: value.reference, where: at });
    for (const [name, member] of Object.entries(value)) walk(member, `${at}.${name}`);
  };
  walk(resource, where);
  return found;
}

/** The type and id that a resource of a message names itself by at its server; undefined where its fullUrl is no address. */
export function serverAddress({ fullUrl = "" }: FhirEntry): string | undefined {
  return /^https?:\/\//.test(fullUrl) ? fullUrl.split("/_history/")[0] : undefined;
}

/** The first identifier with both a system and a value: `system|value`. */
export function numberOf({ resource: { identifier } }: Pick<FhirEntry, "resource">): string | undefined {
  const all = (Array.isArray(identifier) ? identifier : [identifier]).filter(isJsonObject);
  const whole = all.find(({ system, value }) => typeof system === "string" && typeof value === "string");
  return whole === undefined ? undefined : `${String(whole.system)}|${String(whole.value)}`;
}

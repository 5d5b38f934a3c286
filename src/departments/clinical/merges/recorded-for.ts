import { isJsonObject, type Json, type JsonObject } from "#kernel";
import type { Extension } from "#standards/fhir";

/**
 * Beside a reference to a patient, and beside a number: the patient for whom it was recorded, where that is not the one it
 * now stands under. So every resource knows by itself where it goes when a merge is undone.
 */
export const recordedForUrl = "urn:corridor:extension:recorded-for";

type Extended = { readonly extension?: readonly Extension[] };

/** `Patient/7c…`; undefined where it was recorded for whom it stands under. */
export function recordedFor({ extension = [] }: Extended): string | undefined {
  return extension.find(({ url }) => url === recordedForUrl)?.valueReference?.reference;
}

export function withRecordedFor<T extends Extended>(element: T, patient: string | undefined): T {
  const { extension = [], ...rest } = element;
  const others = extension.filter(({ url }) => url !== recordedForUrl);
  const own = patient === undefined ? [] : [{ url: recordedForUrl, valueReference: { reference: patient } }];
  const all = [...others, ...own];
  return (all.length === 0 ? rest : { ...rest, extension: all }) as T;
}

/**
 * The resource with every reference to a patient leading where `homeOf` says that what was recorded for that patient is
 * by now. Undefined leaves a reference. Where nothing changes, the resource itself. Done twice, it leaves the same.
 */
export function rehomed<T extends JsonObject>(resource: T, homeOf: (patient: string) => string | undefined): T {
  return changed(resource, homeOf) as T;
}

function changed(value: Json, homeOf: (patient: string) => string | undefined): Json {
  if (Array.isArray(value)) {
    const items = value.map((item: Json) => changed(item, homeOf));
    return items.some((item, at) => item !== value[at]) ? items : value;
  }
  if (!isJsonObject(value) || value.url === recordedForUrl) return value;
  if (typeof value.reference === "string") return changedReference(value, homeOf);
  let copy: Record<string, Json> | undefined;
  for (const name of Object.keys(value)) {
    const next = changed(value[name] as Json, homeOf);
    if (next === value[name]) continue;
    copy ??= { ...value };
    copy[name] = next;
  }
  return copy ?? value;
}

function changedReference(value: JsonObject, homeOf: (patient: string) => string | undefined): JsonObject {
  const origin = recordedFor(value as Extended) ?? (value.reference as string);
  const home = homeOf(origin);
  if (home === undefined || home === value.reference) return value;
  const moved = { ...value, reference: home } as Extended;
  return withRecordedFor(moved, home === origin ? undefined : origin) as JsonObject;
}

/** What a new version of a resource says of whom it was recorded for: what the version before it said. */
export function keepingOrigin<T extends JsonObject>(known: JsonObject, body: T): T {
  for (const name of ["subject", "patient"]) {
    const [before, now] = [known[name], body[name]];
    if (!isJsonObject(before) || !isJsonObject(now) || before.reference !== now.reference) continue;
    const origin = recordedFor(before as Extended);
    if (origin !== undefined) return { ...body, [name]: withRecordedFor(now as Extended, origin) };
  }
  return body;
}

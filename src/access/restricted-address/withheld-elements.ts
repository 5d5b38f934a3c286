import { isJsonObject, type Json, type JsonObject } from "#kernel";
import type { Kind, Version } from "#record";
import { ownLabels, restrictedAddressLabel } from "../visibility/labels.ts";

/** Kinds that say where somebody lives or how they are reached. */
export const addressedKinds: ReadonlySet<Kind> = new Set(["Patient", "RelatedPerson", "Person"]);

/** What says where somebody is, or who knows it. A general practice serves a few streets. */
export const withheldElements = ["address", "telecom", "contact", "generalPractitioner", "contained"] as const;

/** The same in an extension, such as the place of birth. */
const withheldValues = ["valueAddress", "valueContactPoint", "valueContactDetail"];

/** Source: HL7 v3 ObservationValue. */
const subsetted = { system: "http://terminology.hl7.org/CodeSystem/v3-ObservationValue", code: "SUBSETTED" };

interface Meta {
  readonly security?: readonly { readonly system?: string; readonly code?: string }[];
  readonly tag?: readonly { readonly system?: string; readonly code?: string }[];
}

function hasRestrictedAddress(body: JsonObject): boolean {
  const { code } = restrictedAddressLabel;
  return (metaOf(body).security ?? []).some((each) => each.code === code && isOwn(each.system));
}

/** The same of a document as stored, without reading most of them. */
export function isMarked({ body }: Version): boolean {
  return body.includes(`"${restrictedAddressLabel.code}"`) && hasRestrictedAddress(JSON.parse(body) as JsonObject);
}

function isOwn(system: string | undefined): boolean {
  return system === undefined || system === ownLabels;
}

function metaOf({ meta }: JsonObject): Meta {
  return isJsonObject(meta) ? (meta as Meta) : {};
}

/** The document as it is shown to who does not keep addresses. Narrative may repeat them and goes too. */
export function withoutAddress(body: JsonObject): JsonObject {
  const tags = (metaOf(body).tag ?? []).filter((tag) => !isSubsetted(tag));
  const meta = { ...(isJsonObject(body.meta) ? body.meta : {}), tag: [...tags, subsetted] } as unknown as Json;
  const extensions = extensionsOf(body.extension).filter((each) => !holdsAddress(each));
  const shown = Object.entries({ ...body, meta }).flatMap(([name, value]): readonly [string, Json][] => {
    if (name === "text" || isWithheld(name)) return [];
    if (name !== "extension") return [[name, value]];
    return extensions.length === 0 ? [] : [[name, extensions]];
  });
  return Object.fromEntries(shown);
}

/** What of an update by such a person is about addresses: the first element that is. */
export function addressIn(body: JsonObject): string | undefined {
  const [name] = Object.keys(body).filter(isWithheld);
  return name ?? (extensionsOf(body.extension).some(holdsAddress) ? "extension" : undefined);
}

/** Such an update with what its writer was not shown, as it stands, and with the label. */
export function withAddressOf(standing: JsonObject, update: JsonObject): JsonObject {
  const kept = Object.entries(standing).filter(([name]) => isWithheld(name));
  const hidden = extensionsOf(standing.extension).filter(holdsAddress);
  const extensions = [...extensionsOf(update.extension), ...hidden];
  return {
    ...update,
    ...Object.fromEntries(kept),
    ...(extensions.length === 0 ? {} : { extension: extensions }),
    meta: keptMeta(standing, update),
  };
}

function keptMeta(standing: JsonObject, update: JsonObject): JsonObject {
  const { tag = [], security = [] } = metaOf(update);
  const tags = tag.filter((each) => !isSubsetted(each));
  const { tag: _, ...others } = isJsonObject(update.meta) ? update.meta : {};
  const { system, code } = restrictedAddressLabel;
  const isLost = hasRestrictedAddress(standing) && !hasRestrictedAddress(update);
  return {
    ...others,
    ...(tags.length === 0 ? {} : { tag: tags as unknown as Json }),
    ...(isLost ? { security: [...security, { system, code }] as unknown as Json } : {}),
  };
}

function isWithheld(name: string): boolean {
  return withheldElements.some((element) => element === name);
}

function isSubsetted({ system, code }: { readonly system?: string; readonly code?: string }): boolean {
  return code === subsetted.code && system === subsetted.system;
}

function extensionsOf(extension: Json | undefined): readonly Json[] {
  return Array.isArray(extension) ? (extension as readonly Json[]) : [];
}

/** At any depth. */
function holdsAddress(extension: Json): boolean {
  const text = JSON.stringify(extension);
  return withheldValues.some((name) => text.includes(`"${name}":`));
}

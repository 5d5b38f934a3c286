import { isJsonObject, type Json, type JsonObject, limits, ok, type Result } from "#kernel";
import { type Cursor, type HealthRecord, type Key, keyText, parseBody } from "#record";
import type { FhirPackage } from "#standards/fhir-profiles";

/** A package that was added, as the record remembers it: an ImplementationGuide that names its documents. */
export interface AddedPackage {
  readonly name: string;
  readonly version: string;
  readonly documents: readonly Key[];
}

export const guideKind = "ImplementationGuide";

const tag = { system: "urn:corridor:package", code: "added" };

/** The guide's id is made of the package's name, so there is one for all its versions. */
export function guideId(name: string): string {
  return name.replaceAll(/[^A-Za-z0-9\-.]/g, "-").slice(-64);
}

export function guideOf({ name, version, resources }: FhirPackage, documents: readonly Key[]): JsonObject {
  const own = resources.find(({ resourceType }) => resourceType === guideKind);
  const url = typeof own?.url === "string" ? own.url : `urn:corridor:package:${guideId(name)}`;
  const title = typeof own?.title === "string" && own.title !== "" ? { title: own.title } : {};
  return {
    resourceType: guideKind,
    meta: { tag: [tag] },
    url,
    version,
    name,
    ...title,
    status: "active",
    packageId: name,
    fhirVersion: ["4.0.1"],
    definition: { resource: documents.map((key) => ({ reference: { reference: keyText(key) } })) },
  };
}

/** Every package that was added, by name. Problems: those of the record. */
export async function addedPackages(record: HealthRecord): Promise<Result<readonly AddedPackage[]>> {
  const found: AddedPackage[] = [];
  let after: Cursor | undefined;
  do {
    const page = await record.search({
      kind: guideKind,
      all: [],
      sort: { by: "id", descending: false },
      limit: limits.pageSizeMax,
      ...(after === undefined ? {} : { after }),
    });
    if (!page.ok) return page;
    found.push(...page.value.versions.flatMap((version) => addedPackage(parseBody<JsonObject>(version)) ?? []));
    after = page.value.next;
  } while (after !== undefined);
  return ok(found.sort((one, other) => one.name.localeCompare(other.name, "en")));
}

/** Undefined for a guide that somebody wrote for another reason. */
function addedPackage({ meta, packageId, version, definition }: JsonObject): AddedPackage | undefined {
  const isAdded = itemsOf(meta, "tag").some(({ system, code }) => system === tag.system && code === tag.code);
  if (!isAdded) return undefined;
  const documents = itemsOf(definition, "resource").flatMap(({ reference }) => keyOf(reference) ?? []);
  return { name: String(packageId), version: String(version), documents };
}

function keyOf(reference: Json | undefined): Key | undefined {
  const text = isJsonObject(reference) ? reference.reference : undefined;
  const [kind = "", id = ""] = typeof text === "string" ? text.split("/") : [];
  return id === "" ? undefined : { kind, id };
}

function itemsOf(value: Json | undefined, name: string): readonly JsonObject[] {
  const items = isJsonObject(value) ? value[name] : undefined;
  return Array.isArray(items) ? items.filter(isJsonObject) : [];
}

import { failed, incorrect, isJsonObject, type JsonObject, okUnless, type Problem, type Result } from "#kernel";
import { isResourceType } from "#standards/fhir";
import { readTar } from "./tar.ts";

/** A FHIR package as it is published: an npm package of resources. Source: FHIR NPM Package Specification. */
export interface FhirPackage {
  /** `hl7.fhir.us.core`. */
  readonly name: string;
  readonly version: string;
  /** `["4.0.1"]`; empty where the package does not say. */
  readonly fhirVersions: readonly string[];
  /** Versions by the names of the packages that it needs. */
  readonly dependencies: Readonly<Record<string, string>>;
  /** The resources of the package itself, without its examples, in the order of the archive. */
  readonly resources: readonly JsonObject[];
}

/** Those that a server works by; each is kept in the record as a document of its own. */
export const conformanceTypes: ReadonlySet<string> = new Set([
  "CodeSystem",
  "ConceptMap",
  "NamingSystem",
  "SearchParameter",
  "StructureDefinition",
  "ValueSet",
]);

/**
 * Reads a FHIR package from its tar archive, already unpacked by gunzip.
 * Problems: those of the archive (tar-damaged, tar-too-large), package-without-manifest, package-for-other-version (neither R4
 * nor R4B), package-file-unreadable for each file that is no JSON.
 */
export function readPackage(tarBytes: Uint8Array): Result<FhirPackage> {
  const files = readTar(tarBytes);
  if (!files.ok) return files;
  const problems: Problem[] = [];
  const resources: JsonObject[] = [];
  let manifest: JsonObject | undefined;
  for (const { path, bytes } of files.value) {
    if (!/^package\/[^/]+\.json$/.test(path) || path.endsWith("/.index.json")) continue;
    const json = jsonOf(bytes);
    if (json === undefined) problems.push(unreadable(path));
    else if (path === "package/package.json") manifest = json;
    else if (typeof json.resourceType === "string" && isResourceType(json.resourceType)) resources.push(json);
  }
  if (manifest === undefined)
    return failed(
      incorrect("package-without-manifest", "The archive has no package/package.json: it is no FHIR package."),
    );
  const read = { ...readManifest(manifest), resources };
  if (read.fhirVersions.length > 0 && !read.fhirVersions.some((version) => /^4\.[013]/.test(version)))
    problems.unshift(otherVersion(read.fhirVersions));
  return okUnless(problems, read);
}

function readManifest(manifest: JsonObject): Omit<FhirPackage, "resources"> {
  const { name, version, fhirVersions, "fhir-version-list": versionList, dependencies } = manifest;
  const versions = Array.isArray(fhirVersions) ? fhirVersions : Array.isArray(versionList) ? versionList : [];
  const needed = isJsonObject(dependencies) ? Object.entries(dependencies) : [];
  return {
    name: typeof name === "string" ? name : "",
    version: typeof version === "string" ? version : "",
    fhirVersions: versions.filter((each): each is string => typeof each === "string"),
    dependencies: Object.fromEntries(needed.map(([key, value]) => [key, String(value)])),
  };
}

function jsonOf(bytes: Uint8Array): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes));
    return isJsonObject(value) ? value : undefined;
  } catch {
    // No JSON or no UTF-8: the caller says which file.
    return undefined;
  }
}

function unreadable(path: string): Problem {
  return incorrect("package-file-unreadable", "A file of the package is no JSON.", { where: path });
}

function otherVersion(versions: readonly string[]): Problem {
  const message = `The package is for FHIR ${versions.join(", ")}; Corridor speaks R4 (4.0.1).`;
  return incorrect("package-for-other-version", message);
}

/**
 * The resources of a package that become documents, each with the id it will have: its own, unless it has none or another
 * resource of the package has it too; then one made of the end of its url. What has neither is left out.
 */
export function packageDocuments({ resources }: FhirPackage): readonly JsonObject[] {
  const taken = new Set<string>();
  return resources.flatMap((resource) => {
    const type = String(resource.resourceType);
    if (!conformanceTypes.has(type)) return [];
    const id = [resource.id, idOfUrl(resource.url)].find(
      (each) => typeof each === "string" && each !== "" && !taken.has(`${type}/${each}`),
    );
    if (typeof id !== "string") return [];
    taken.add(`${type}/${id}`);
    return [{ ...resource, id }];
  });
}

function idOfUrl(url: unknown): string | undefined {
  if (typeof url !== "string") return undefined;
  return url
    .replace(/^[a-z]+:\/*/, "")
    .replaceAll(/[^A-Za-z0-9\-.]/g, "-")
    .slice(-64);
}

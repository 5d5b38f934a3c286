/** FHIR packages as `npm pack` writes them, for tests. Source: FHIR NPM Package Specification; POSIX.1-2017 (ustar). */
import { gzipSync } from "node:zlib";
import type { JsonObject } from "#kernel";

export type PackageFiles = Readonly<Record<string, string | JsonObject>>;

const encoder = new TextEncoder();

/** A tar archive with these files. */
export function tarOf(files: PackageFiles): Uint8Array {
  const blocks = Object.entries(files).flatMap(([path, content]) => {
    const bytes = encoder.encode(typeof content === "string" ? content : JSON.stringify(content));
    const padded = new Uint8Array(Math.ceil(bytes.length / 512) * 512);
    padded.set(bytes);
    return [headerOf(path, bytes.length), padded];
  });
  return Buffer.concat([...blocks, new Uint8Array(1024)]);
}

function headerOf(path: string, size: number): Uint8Array {
  const header = new Uint8Array(512);
  const put = (text: string, at: number): void => header.set(encoder.encode(text), at);
  put(path, 0);
  put("0000644\0", 100);
  put(`${size.toString(8).padStart(11, "0")}\0`, 124);
  put("        0ustar\u000000", 148);
  const sum = header.reduce((total, byte) => total + byte, 0);
  put(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  return header;
}

/** The `.tgz` of a package with these resources, each in a file of its own. */
export function packed(manifest: JsonObject, resources: readonly JsonObject[]): Uint8Array {
  const files = resources.map((resource) => [`package/${resource.resourceType}-${resource.id}.json`, resource]);
  return gzipSync(tarOf({ "package/package.json": manifest, ...Object.fromEntries(files) }));
}

/** A package of a made-up hospital: a profile that asks for a name, and the codes of its wards. */
export function wardPackage(version: string, resources: readonly JsonObject[] = wardDefinitions(1)): Uint8Array {
  const dependencies = { "hl7.fhir.r4.core": "4.0.1", "org.example.base": "2.0.0" };
  return packed({ name: "org.example.ward", version, fhirVersions: ["4.0.1"], dependencies }, resources);
}

export const namedPatientUrl = "http://ward.example/StructureDefinition/named-patient";
export const bedsUrl = "http://ward.example/ValueSet/beds";

/** `nameMin` is how many names a patient must have. */
export function wardDefinitions(nameMin: number): readonly JsonObject[] {
  return [
    {
      resourceType: "StructureDefinition",
      id: "named-patient",
      url: namedPatientUrl,
      name: "NamedPatient",
      status: "active",
      kind: "resource",
      abstract: false,
      type: "Patient",
      baseDefinition: "http://hl7.org/fhir/StructureDefinition/Patient",
      derivation: "constraint",
      differential: { element: [{ id: "Patient.name", path: "Patient.name", min: nameMin }] },
    },
    {
      resourceType: "CodeSystem",
      id: "beds",
      url: "http://ward.example/beds",
      status: "active",
      content: "complete",
      concept: [{ code: "window" }, { code: "door" }],
    },
    {
      resourceType: "ValueSet",
      id: "beds",
      url: bedsUrl,
      status: "active",
      compose: { include: [{ system: "http://ward.example/beds" }] },
    },
  ];
}

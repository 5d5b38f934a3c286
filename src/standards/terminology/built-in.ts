import type {
  CodeSystemDefinition,
  ConceptDefinition,
  ConceptMapDefinition,
  ConceptProperty,
  ValueSetDefinition,
} from "./definition.ts";

/** What FHIR R4 itself brings, by canonical url without version; a code system's concepts are unpacked when asked for. */
export interface BuiltInTerminology {
  readonly codeSystems: ReadonlyMap<string, () => CodeSystemDefinition>;
  readonly valueSets: ReadonlyMap<string, ValueSetDefinition>;
  readonly conceptMaps: ReadonlyMap<string, ConceptMapDefinition>;
}

/** The display is 0 or left out where it is the code, and null where there is none. */
type ConceptRow = readonly [code: string, display?: string | 0 | null, more?: MoreOfConcept];

interface MoreOfConcept {
  readonly d?: readonly (readonly [language: string | 0, value: string])[];
  readonly p?: readonly (readonly [code: string, type: string, value: unknown])[];
  readonly c?: readonly ConceptRow[];
}

type CodeSystemRow = Omit<CodeSystemDefinition, "resourceType" | "concept"> & {
  readonly concept: readonly ConceptRow[];
};

interface Tables {
  readonly codeSystems: readonly CodeSystemRow[];
  readonly valueSets: readonly Omit<ValueSetDefinition, "resourceType">[];
  readonly conceptMaps: readonly Omit<ConceptMapDefinition, "resourceType">[];
}

let loaded: Promise<BuiltInTerminology> | undefined;

/**
 * The code systems, value sets and concept maps of R4, v2 and v3, read once and only when asked for. Definitions of
 * concepts are left out. Source: FHIR R4 (4.0.1), §4.3 and §4.4 and the terminology that comes with it.
 */
export function builtInTerminology(): Promise<BuiltInTerminology> {
  loaded ??= import("./generated/r4.json", { with: { type: "json" } }).then(({ default: tables }) =>
    // The compiler's type of so large a table is of no use.
    unpacked(tables as unknown as Tables),
  );
  return loaded;
}

function unpacked({ codeSystems, valueSets, conceptMaps }: Tables): BuiltInTerminology {
  return {
    codeSystems: new Map(codeSystems.map((row) => [row.url, () => codeSystem(row)])),
    valueSets: new Map(valueSets.map((row) => [row.url, { ...row, resourceType: "ValueSet" }])),
    conceptMaps: new Map(conceptMaps.map((row) => [row.url, { ...row, resourceType: "ConceptMap" }])),
  };
}

function codeSystem({ concept, ...head }: CodeSystemRow): CodeSystemDefinition {
  return { ...head, resourceType: "CodeSystem", concept: concept.map(conceptDefinition) };
}

function conceptDefinition([code, display, more]: ConceptRow): ConceptDefinition {
  return {
    code,
    ...(display === null ? {} : { display: display || code }),
    ...(more?.d && {
      designation: more.d.map(([language, value]) => (language === 0 ? { value } : { language, value })),
    }),
    ...(more?.p && {
      property: more.p.map(([name, type, value]) => ({ code: name, [type]: value }) as ConceptProperty),
    }),
    ...(more?.c && { concept: more.c.map(conceptDefinition) }),
  };
}

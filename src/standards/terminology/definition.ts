/** What a terminology service reads of the three resources that define terminology. Source: FHIR R4 §4.8, §4.9, §4.10. */
interface Definition {
  readonly url: string;
  readonly version?: string;
  readonly id?: string;
  readonly name?: string;
  readonly title?: string;
  readonly status?: string;
  readonly language?: string;
}

export interface CodeSystemDefinition extends Definition {
  readonly resourceType: "CodeSystem";
  /** `complete`, `fragment`, `example`, `not-present` or `supplement`. */
  readonly content: string;
  readonly caseSensitive?: boolean;
  readonly hierarchyMeaning?: string;
  /** The value set of all its codes. */
  readonly valueSet?: string;
  readonly property?: readonly { readonly code: string; readonly uri?: string; readonly type?: string }[];
  readonly concept?: readonly ConceptDefinition[];
}

export interface ConceptDefinition {
  readonly code: string;
  readonly display?: string;
  readonly definition?: string;
  readonly designation?: readonly Designation[];
  readonly property?: readonly ConceptProperty[];
  readonly concept?: readonly ConceptDefinition[];
}

export interface Coding {
  readonly system?: string;
  readonly version?: string;
  readonly code?: string;
  readonly display?: string;
}

export interface Designation {
  readonly language?: string;
  readonly use?: Coding;
  readonly value: string;
}

/** A property of a concept, with its value under the name that says its type. */
export interface ConceptProperty {
  readonly code: string;
  readonly valueCode?: string;
  readonly valueCoding?: Coding;
  readonly valueString?: string;
  readonly valueInteger?: number;
  readonly valueBoolean?: boolean;
  readonly valueDateTime?: string;
  readonly valueDecimal?: number;
  /** Of a relation of SNOMED CT to another concept or to a value: its role group; 0 for none. */
  readonly group?: number;
}

export interface ValueSetDefinition extends Definition {
  readonly resourceType: "ValueSet";
  /** Value sets that are only for this one, named `#id`. */
  readonly contained?: readonly ValueSetDefinition[];
  readonly compose?: {
    readonly inactive?: boolean;
    readonly include?: readonly ComposePart[];
    readonly exclude?: readonly ComposePart[];
  };
  readonly expansion?: { readonly contains?: readonly ExpandedConcept[] };
}

export interface ComposePart {
  readonly system?: string;
  readonly version?: string;
  readonly concept?: readonly {
    readonly code: string;
    readonly display?: string;
    readonly designation?: readonly Designation[];
  }[];
  readonly filter?: readonly ComposeFilter[];
  readonly valueSet?: readonly string[];
}

export interface ComposeFilter {
  readonly property: string;
  readonly op: string;
  readonly value: string;
}

export interface ExpandedConcept extends Coding {
  readonly abstract?: boolean;
  readonly contains?: readonly ExpandedConcept[];
}

export interface ConceptMapDefinition extends Definition {
  readonly resourceType: "ConceptMap";
  readonly sourceUri?: string;
  readonly sourceCanonical?: string;
  readonly targetUri?: string;
  readonly targetCanonical?: string;
  readonly group?: readonly MapGroup[];
}

export interface MapGroup {
  readonly source?: string;
  readonly sourceVersion?: string;
  readonly target?: string;
  readonly targetVersion?: string;
  readonly element?: readonly MapElement[];
  readonly unmapped?: {
    readonly mode: string;
    readonly code?: string;
    readonly display?: string;
    readonly url?: string;
  };
}

export interface MapElement {
  readonly code?: string;
  readonly display?: string;
  readonly target?: readonly MapTarget[];
}

export interface MapTarget {
  readonly code?: string;
  readonly display?: string;
  /** A code of `concept-map-equivalence`, read from source to target. */
  readonly equivalence?: string;
  readonly comment?: string;
  readonly dependsOn?: readonly MapDependency[];
  readonly product?: readonly MapDependency[];
}

export interface MapDependency {
  readonly property: string;
  readonly system?: string;
  readonly value: string;
}

import type { ConceptProperty, Designation } from "#standards/terminology";

/** One concept of a code system, wherever it is kept. */
export interface Concept {
  readonly code: string;
  readonly display?: string;
  /** What the display is in, where the code system says so. */
  readonly language?: string;
  readonly definition?: string;
  /** Retired or inactive: still understood, no longer to be used. */
  readonly isInactive: boolean;
  /** For grouping alone: not to be chosen. */
  readonly isAbstract: boolean;
  readonly designations: readonly Designation[];
  readonly properties: readonly ConceptProperty[];
  /** Nothing is below it; left out where that is not known. */
  readonly isLeaf?: boolean;
  /** Codes directly above; several where the system has more than one hierarchy. */
  readonly parents: readonly string[];
}

/** The value of a property as a text to compare with: `true`, `2020-01-01`, the code of a coding. */
export function propertyText(property: ConceptProperty): string {
  const { valueCode, valueString, valueBoolean, valueInteger, valueDecimal, valueDateTime, valueCoding } = property;
  const value = valueCode ?? valueString ?? valueBoolean ?? valueInteger ?? valueDecimal ?? valueDateTime;
  return String(value ?? valueCoding?.code ?? "");
}

const inactiveStatus: ReadonlySet<string> = new Set(["inactive", "retired"]);

/** What the common properties say. Source: FHIR R4 §4.8.11 (defined concept properties), HL7 v3 conventions. */
export function standing(properties: readonly ConceptProperty[]): Pick<Concept, "isInactive" | "isAbstract"> {
  let isInactive = false;
  let isAbstract = false;
  for (const property of properties) {
    const text = propertyText(property);
    if (property.code === "inactive") isInactive ||= text === "true";
    else if (property.code === "status") isInactive ||= inactiveStatus.has(text);
    else if (property.code === "notSelectable" || property.code === "abstract") isAbstract ||= text === "true";
  }
  return { isInactive, isAbstract };
}

/**
 * The types whose resources stand in a hierarchy of their own, with the parameter by which one names what it is part of.
 * Source: FHIR R4 §3.1.1.4.12 (hierarchies); the elements `partOf`, `parent` and `parentDevice` of each type.
 */
const hierarchies: Readonly<Record<string, string>> = {
  CarePlan: "part-of",
  Communication: "part-of",
  DeviceDefinition: "parent",
  Encounter: "part-of",
  Location: "partof",
  MedicationStatement: "part-of",
  Organization: "partof",
  Procedure: "part-of",
  ResearchStudy: "partof",
  Specimen: "parent",
  Task: "part-of",
};

/** The reference parameter by which a resource of this type names the one that it is part of; undefined where it has none. */
export function hierarchyOf(type: string): string | undefined {
  return hierarchies[type];
}

import tables from "./generated/compartments.json" with { type: "json" };
import { searchParameterOf } from "./search-parameters.ts";

/** What one type is in a compartment by: reference parameters, of which one must name the compartment's resource. */
export interface CompartmentMember {
  readonly type: string;
  readonly parameters: readonly string[];
}

const compartments = tables.compartments as Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

/** Patient, Encounter, RelatedPerson, Practitioner and Device. Source: FHIR R4 CompartmentDefinition. */
export const compartmentTypes: readonly string[] = Object.keys(compartments);

/**
 * The types of a compartment, by alphabet; empty for a type that has none. The resource itself belongs to its
 * compartment as well, though its type need not be among them. Source: FHIR R4 §2.46 (CompartmentDefinition).
 */
export function compartmentMembers(compartment: string): readonly CompartmentMember[] {
  const members = Object.hasOwn(compartments, compartment) ? compartments[compartment] : undefined;
  return Object.entries(members ?? {}).flatMap(([type, codes]) => {
    const parameters = codes.filter((code) => searchParameterOf(type, code)?.type === "reference");
    return parameters.length === 0 ? [] : [{ type, parameters }];
  });
}

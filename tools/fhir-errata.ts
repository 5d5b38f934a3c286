import type { Constraint, FullDefinition } from "./fhir-profile-tables.ts";

/**
 * Where R4 (4.0.1) contradicts itself and later versions and the reference validator correct it: `que-12` counts more than two
 * where its own sentence says more than one, and `que-7` asks for FHIRPath's Boolean where only FHIR's boolean can stand.
 */
const correctedExpressions: Readonly<Record<string, string>> = {
  "que-7": "operator = 'exists' implies (answer is boolean)",
  "que-12": "enableWhen.count() > 1 implies enableBehavior.exists()",
};

export function correctedConstraint(constraint: Constraint): Constraint {
  const expression = correctedExpressions[constraint.key];
  return expression === undefined ? constraint : { ...constraint, expression };
}

/** Where R4's own definitions carry extensions that by R4's definition of the extension may not stand there. */
const contextsBeside: Readonly<Record<string, string>> = {
  regex: "ElementDefinition.type",
  "structuredefinition-normative-version": "Element",
  "valueset-concept-comments": "CodeSystem.concept",
};

export function correctedContext({ id, context = [] }: FullDefinition): readonly unknown[] {
  const beside = contextsBeside[id];
  return beside === undefined ? context : [...context, { type: "element", expression: beside }];
}

/** The common units of vital signs leave out those of flow and of many components; later versions bind them extensibly. */
export function correctedBinding(valueSet: string, strength: string): string {
  return valueSet.includes("/ucum-vitals-common") ? "extensible" : strength;
}

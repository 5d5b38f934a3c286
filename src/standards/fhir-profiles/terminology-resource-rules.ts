import { isJsonObject, type Json, type JsonObject } from "#kernel";
import { parseEcl } from "#standards/ecl";
import { isMiswritten } from "./code-syntax.ts";
import { error, reportUnder, type Visit, warning } from "./visit.ts";

/** Source: FHIR R4 §4.8 (CodeSystem): count, supplements, properties. */
export function checkCodeSystem(codeSystem: JsonObject, visit: Visit): void {
  const { content, count, concept, supplements } = codeSystem;
  const concepts = objectsIn(concept);
  if (content === "complete" && typeof count === "number" && concepts.length > 0) {
    const found = countConcepts(concepts);
    const message = `The code system says that it is complete and has ${count} concepts, but there are ${found}.`;
    if (found !== count) reportUnder(visit, ["count"], error("business-rule", "concept-count", message));
  }
  if (supplements !== undefined && content !== "supplement") {
    const message = "A code system that supplements another must have the content supplement.";
    reportUnder(visit, ["content"], error("business-rule", "supplement-content", message));
  }
  checkProperties(codeSystem, concepts, visit);
}

function objectsIn(value: Json | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

function countConcepts(concepts: readonly JsonObject[]): number {
  return concepts.reduce((count, { concept }) => count + 1 + countConcepts(objectsIn(concept)), 0);
}

function checkProperties({ property }: JsonObject, concepts: readonly JsonObject[], visit: Visit): void {
  const types = new Map<Json | undefined, Json | undefined>();
  objectsIn(property).forEach(({ code, type }, index) => {
    const message = "Another property has this already.";
    if (types.has(code))
      reportUnder(visit, ["property", index], warning("business-rule", "property-given-twice", message));
    else types.set(code, type);
  });
  if (types.size > 0) checkConceptProperties(concepts, { types, path: [] }, visit);
}

interface PropertyWalk {
  readonly types: ReadonlyMap<Json | undefined, Json | undefined>;
  readonly path: readonly (string | number)[];
}

function checkConceptProperties(concepts: readonly JsonObject[], { types, path }: PropertyWalk, visit: Visit): void {
  concepts.forEach((concept, index) => {
    const here = [...path, "concept", index];
    objectsIn(concept.property).forEach((property, at) => {
      const declared = types.get(property.code);
      const key =
        typeof declared === "string" ? `value${declared.charAt(0).toUpperCase()}${declared.slice(1)}` : undefined;
      if (key === undefined || property[key] !== undefined || property[`_${key}`] !== undefined) return;
      const message = `The code system declares this property with values of type ${String(declared)}.`;
      reportUnder(visit, [...here, "property", at], error("business-rule", "property-type", message));
    });
    checkConceptProperties(objectsIn(concept.concept), { types, path: here }, visit);
  });
}

/** Source: FHIR R4 §4.9 (ValueSet.compose.include.system: an absolute URI). */
export function checkValueSet({ compose }: JsonObject, visit: Visit): void {
  if (!isJsonObject(compose)) return;
  for (const part of ["include", "exclude"]) {
    objectsIn(compose[part]).forEach((include, index) => {
      const { system } = include;
      if (typeof system !== "string") return;
      const path = ["compose", part, index];
      if (/^[A-Za-z][A-Za-z0-9+.-]*:/.test(system)) checkIncludedCodes(include, { system, path }, visit);
      else {
        const message = "The code system of a value set must be named by an absolute URI.";
        reportUnder(visit, [...path, "system"], error("invalid", "system-not-absolute", message));
      }
    });
  }
}

/** Operators of a filter whose value is a code, where the property is the concept itself. */
const hierarchyOperators = new Set<Json | undefined>(["is-a", "descendent-of", "is-not-a", "generalizes"]);

function checkIncludedCodes(
  { concept, filter }: JsonObject,
  { system, path }: { readonly system: string; readonly path: readonly (string | number)[] },
  visit: Visit,
): void {
  const message = `The code system ${system} does not have this code.`;
  const isUnknown = (code: Json | undefined): boolean => {
    if (typeof code !== "string") return false;
    return isMiswritten(system, code) || visit.means.terminology.isCode(system, code) === false;
  };
  objectsIn(concept).forEach(({ code }, at) => {
    if (isUnknown(code)) reportUnder(visit, [...path, "concept", at], error("code-invalid", "unknown-code", message));
  });
  objectsIn(filter).forEach(({ property, op, value }, at) => {
    if (property === "concept" && hierarchyOperators.has(op) && isUnknown(value))
      reportUnder(visit, [...path, "filter", at], error("code-invalid", "unknown-code", message));
    if (system === "http://snomed.info/sct" && property === "constraint" && typeof value === "string" && isNoEcl(value))
      reportUnder(visit, [...path, "filter", at, "value"], error("invalid", "ecl-syntax", "The expression is no ECL."));
  });
}

/** What is read, and what is only not evaluated here, is ECL by its form. */
function isNoEcl(text: string): boolean {
  const read = parseEcl(text);
  return !read.ok && read.problems[0].category === "incorrect";
}

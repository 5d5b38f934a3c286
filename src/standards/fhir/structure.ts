import { isJsonObject, type JsonObject, limits, type Problem } from "#kernel";
import { isResourceType } from "./definitions.ts";
import { shapePlanOf } from "./structure-plan.ts";
import { isFull, report, reportUnder, type Walk } from "./structure-walk.ts";

/**
 * Everything that is wrong with the structure of a resource by the rules that R4 makes for all: known type and elements,
 * cardinality, JSON types, formats of primitives, one value of a choice, nothing empty, codes of required bindings.
 * Empty where it is right. At most `limits.resourceProblemsMax` problems; nothing deeper than `limits.jsonDepthMax` is
 * looked at, which is a problem itself. Invariants, profiles, terminology and what references point at are not checked.
 * An element that is `undefined` counts as absent.
 * Codes: wrong-json-type, unknown-resource-type, unknown-element, required-element-missing, choice-given-twice,
 * empty-value, wrong-format, too-long, too-deep, code-not-in-value-set. `where` is a FHIRPath expression.
 * Source: FHIR R4 §2.6.2 (JSON), §2.24 (datatypes), StructureDefinitions.
 */
export function checkResource(json: unknown): readonly Problem[] {
  const walk: Walk = { path: [], problems: [] };
  checkAnyResource(json, walk);
  return walk.problems;
}

function checkAnyResource(value: unknown, walk: Walk): void {
  const type = isJsonObject(value) ? value.resourceType : undefined;
  const isRoot = walk.path.length === 0;
  if (isRoot) walk.path.push(typeof type === "string" && isResourceType(type) ? type : "Resource");
  if (!isJsonObject(value)) report(walk, "wrong-json-type", "A resource must be a JSON object.");
  else if (typeof type !== "string") report(walk, "unknown-resource-type", "A resource must state its resourceType.");
  else if (!isResourceType(type)) report(walk, "unknown-resource-type", "resourceType is not a type of FHIR R4.");
  else checkShape(type, value, walk);
}

/** Checks an object against a shape; `walk.path` is that of the object. */
function checkShape(name: string, object: JsonObject, walk: Walk): void {
  if (walk.path.length > limits.jsonDepthMax) {
    report(walk, "too-deep", `Nothing may lie deeper than ${limits.jsonDepthMax} levels.`);
    return;
  }
  const plan = shapePlanOf(name, { checkShape, checkAnyResource });
  let seen = 0;
  let repeated = 0;
  let isEmpty = true;
  for (const key in object) {
    const value = object[key];
    if (value === undefined) continue;
    const member = plan.members.get(key);
    if (member === undefined) {
      if (key !== "resourceType" || !plan.isResource) reportUnknown(walk, key);
      continue;
    }
    isEmpty = false;
    repeated |= seen & member.choiceBit;
    seen |= member.bit;
    walk.path.push(member.pathName);
    member.check(value, object, walk);
    walk.path.pop();
    if (isFull(walk)) return;
  }
  if (isEmpty && !plan.isResource) report(walk, "empty-value", "An element must not be empty.");
  if (repeated !== 0) plan.reportChoices(object, repeated, walk);
  if ((seen & plan.requiredBits) !== plan.requiredBits) reportMissing(walk, plan.missing(seen));
}

function reportUnknown(walk: Walk, key: string): void {
  const isName = /^_?[A-Za-z]\w{0,63}$/.test(key);
  const problem = { code: "unknown-element", message: "FHIR R4 has no element of this name here." };
  if (isName) reportUnder(walk, key, problem);
  else report(walk, problem.code, "There is an element here whose name FHIR R4 does not have.");
}

function reportMissing(walk: Walk, names: readonly string[]): void {
  for (const name of names) {
    reportUnder(walk, name, { code: "required-element-missing", message: `${name} must be given.` });
  }
}

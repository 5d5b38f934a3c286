import { isJsonObject, type Json, type JsonObject } from "#kernel";
import { isResourceType, type TypeUse } from "#standards/fhir";
import { resolveReference } from "./reference-resolution.ts";
import { error, type Finding, report, reportUnder, type Visit, warning } from "./visit.ts";

const absolute = /^[A-Za-z][A-Za-z0-9+.-]*:\S/;
/** `Patient/1` and `Patient/1/_history/2`, alone or at the end of an address. */
const typeAndId = /(?:^|\/)([A-Z][A-Za-z]+)\/[A-Za-z0-9\-.]{1,64}(?:\/_history\/[A-Za-z0-9\-.]{1,64})?(?:#.*)?$/;

/** R4's own definitions say in their url what they are. */
const coreCanonical =
  /^http:\/\/hl7\.org\/fhir\/(CodeSystem|ConceptMap|SearchParameter|StructureDefinition|ValueSet)\//;

/** What is asked of a Reference or canonical by the types that it may point at. */
export function referenceCheck(type: TypeUse): (value: Json, visit: Visit) => void {
  const targets: ReadonlySet<string> | undefined = type.targets.length === 0 ? undefined : new Set(type.targets);
  if (type.name === "canonical") return (value, visit) => checkCanonical(value, targets, visit);
  return (value, visit) => {
    if (isJsonObject(value)) checkReference(value, targets, visit);
  };
}

/** Source: FHIR R4 §2.3.0 (Reference). */
function checkReference(value: JsonObject, targets: ReadonlySet<string> | undefined, visit: Visit): void {
  const { reference, type } = value;
  if (typeof type === "string") checkStatedType(type, targets, visit);
  if (typeof reference !== "string") return;
  const named = typeAndId.exec(reference)?.[1];
  const flaw = syntaxFlaw(reference, named);
  if (flaw !== undefined) {
    reportUnder(visit, ["reference"], flaw);
    return;
  }
  const found = targetTypeOf(reference, named, visit);
  if (found === undefined) return;
  if (targets !== undefined && !targets.has(found)) reportUnder(visit, ["reference"], wrongTarget(found, targets));
  if (typeof type === "string" && isResourceType(type) && type !== found) {
    const message = `The reference says that its target is a ${type}, but it is a ${found}.`;
    reportUnder(visit, ["type"], error("invalid", "reference-target-type", message));
  }
}

function checkStatedType(type: string, targets: ReadonlySet<string> | undefined, visit: Visit): void {
  if (isResourceType(type) && targets?.has(type) === false) reportUnder(visit, ["type"], wrongTarget(type, targets));
}

function syntaxFlaw(reference: string, named: string | undefined): Finding | undefined {
  if (reference.startsWith("#") || absolute.test(reference) || reference.startsWith("?")) return undefined;
  if (named === undefined || !/^[A-Za-z]/.test(reference))
    return error("invalid", "reference-syntax", "A relative reference must have the form Type/id.");
  if (!isResourceType(named))
    return error("invalid", "reference-syntax", `${named} is not a resource type of FHIR R4.`);
  return undefined;
}

/** The type of what is pointed at: of the resource itself where it can be found, otherwise as the reference says. */
function targetTypeOf(reference: string, named: string | undefined, visit: Visit): string | undefined {
  const isLocal = reference.startsWith("#") || visit.entry !== undefined || named === undefined;
  const target = isLocal ? resolveReference(reference, visit) : undefined;
  const type = target?.resourceType ?? (isRestful(reference) ? named : undefined);
  return typeof type === "string" && isResourceType(type) ? type : undefined;
}

function isRestful(reference: string): boolean {
  return /^(?:https?:\/\/|[A-Z])/.test(reference);
}

function wrongTarget(found: string, targets: ReadonlySet<string>): Finding {
  const message = `This may point at ${[...targets].join(", ")}, not at a ${found}.`;
  return error("structure", "reference-target-type", message);
}

/** Source: FHIR R4 §2.24.0.1 (canonical: an absolute URL, or a fragment for what is contained). */
function checkCanonical(value: Json, targets: ReadonlySet<string> | undefined, visit: Visit): void {
  if (typeof value !== "string" || value.startsWith("#")) return;
  if (absolute.test(value)) {
    const named = coreCanonical.exec(value)?.[1];
    if (named !== undefined && targets?.has(named) === false) report(visit, wrongTarget(named, targets));
    return;
  }
  const message = "A canonical URL must be absolute, or a fragment that names a contained resource.";
  report(visit, warning("invalid", "canonical-not-absolute", message));
}

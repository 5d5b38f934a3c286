import { isJsonObject, type Json, type JsonObject } from "#kernel";
import {
  type ElementDefinition,
  isPrimitiveType,
  isResourceType,
  jsonKey,
  shapeOf,
  type TypeUse,
} from "#standards/fhir";
import { bindingCheck } from "./binding.ts";
import { baseConstraints, type Constraint, checkConstraints, compileConstraint } from "./constraint.ts";
import { coreUrl } from "./element-node.ts";
import { checkExtensionItem, extensionUsage } from "./extension-rules.ts";
import tables from "./generated/rules.json" with { type: "json" };
import { referenceCheck } from "./reference-rules.ts";
import { checkContainedIds, resourceRules } from "./resource-rules.ts";
import { innerVisit, statedProfiles, typesOf } from "./resource-visit.ts";
import { objectRules, primitiveRules } from "./type-rules.ts";
import { error, isFull, isTooDeep, report, reportUnder, type Usage, type Visit, warning } from "./visit.ts";
import { vitalSignsProfile } from "./vital-signs.ts";

/** Checks one value that stands at the visit's path. */
export type ValueCheck = (value: Json, visit: Visit) => void;

interface ShapeRules {
  readonly constraints: readonly Constraint[];
  readonly members: ReadonlyMap<string, Member>;
  /** Rules of the type that are no invariants. */
  readonly own: ((object: JsonObject, visit: Visit) => void) | undefined;
}

interface Member {
  /** As FHIRPath has it: `value.ofType(Quantity)` for the key `valueQuantity`. */
  readonly pathName: string;
  /** Undefined for extensions, which are looked at with the usage of what they extend. */
  readonly usage: Usage | undefined;
  readonly checks: readonly ValueCheck[];
  /** On the `_` sibling of a code with a required binding: the key of the code. */
  readonly boundKey: string | undefined;
}

const rulesOf = new Map<string, ShapeRules>();
const bindings = new Map(Object.entries(tables.bindings as Readonly<Record<string, string>>));
const typeProfiles = new Map(Object.entries(tables.typeProfiles as Readonly<Record<string, readonly string[]>>));

/**
 * What R4 asks of every resource beyond its structure: invariants, bindings, references, narratives, extensions, and rules
 * that its text states for single types. `visit.path` is that of the object.
 */
export function checkBase(shape: string, object: JsonObject, visit: Visit): void {
  if (isTooDeep(visit) || isFull(visit)) return;
  const rules = shapeRules(shape);
  checkConstraints(rules.constraints, object, visit);
  rules.own?.(object, visit);
  for (const key in object) {
    const member = rules.members.get(key);
    const value = object[key];
    if (member === undefined || value === undefined) continue;
    visit.path.push(member.pathName);
    if (member.boundKey !== undefined) checkAbsentCode(object[member.boundKey], value, visit);
    checkMember(member, value, visit);
    visit.path.pop();
  }
}

/**
 * A code with a required binding must be there: the reason why it is not does not take its place, while an extension of a
 * later version of FHIR may. Source: FHIR R4 §4.1.5 (required bindings).
 */
function checkAbsentCode(value: Json | undefined, beside: Json, visit: Visit): void {
  const isAbsent = Array.isArray(value) ? value.includes(null) : value === undefined;
  if (!isAbsent || !(Array.isArray(beside) ? beside.some(hasAbsentReason) : hasAbsentReason(beside))) return;
  report(visit, error("code-invalid", "code-missing", "A code must be given here: a reason does not take its place."));
}

function hasAbsentReason(beside: Json): boolean {
  if (!isJsonObject(beside) || !Array.isArray(beside.extension)) return false;
  return beside.extension.some((each) => isJsonObject(each) && each.url === `${coreUrl}data-absent-reason`);
}

function checkMember(member: Member, value: Json, visit: Visit): void {
  const outer = visit.usage;
  if (member.usage !== undefined) visit.usage = member.usage;
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index += 1) {
      visit.path.push(index);
      checkValue(member.checks, value[index], visit);
      visit.path.pop();
    }
  } else {
    checkValue(member.checks, value, visit);
  }
  visit.usage = outer;
}

function checkValue(checks: readonly ValueCheck[], value: Json, visit: Visit): void {
  if (value === null || value === undefined) return;
  for (let at = 0; at < checks.length; at += 1) checks[at]?.(value, visit);
}

function shapeRules(name: string): ShapeRules {
  const known = rulesOf.get(name);
  if (known !== undefined) return known;
  const shape = shapeOf(name);
  const members = new Map<string, Member>();
  for (const element of shape?.elements ?? [])
    for (const type of element.types) addMember(members, { name, element, type });
  const rules = { constraints: baseConstraints(name), members, own: ownRules(name) };
  rulesOf.set(name, rules);
  return rules;
}

function ownRules(name: string): ShapeRules["own"] {
  return resourceRules.get(name) ?? (isPrimitiveType(name) ? undefined : objectRules.get(name));
}

interface ElementUse {
  /** Of the shape that has the element. */
  readonly name: string;
  readonly element: ElementDefinition;
  readonly type: TypeUse;
}

function addMember(members: Map<string, Member>, use: ElementUse): void {
  const { name, element, type } = use;
  const key = jsonKey(element, type.name);
  const pathName = element.choice ? `${element.name}.ofType(${type.name})` : element.name;
  const usage = { paths: typesOf(name).map((each) => `${each}.${element.name}`), types: typesOf(type.name) };
  const checks = checksOf(use);
  const isExtension = type.name === "Extension";
  if (checks.length > 0)
    members.set(key, { pathName, usage: isExtension ? undefined : usage, checks, boundKey: undefined });
  const boundKey = type.name === "code" && element.codes !== undefined ? key : undefined;
  if (isPrimitiveType(type.name)) members.set(`_${key}`, { pathName, usage, checks: [besideCheck], boundKey });
}

function besideCheck(value: Json, visit: Visit): void {
  if (isJsonObject(value)) checkBase("Element", value, visit);
}

function checksOf({ name, element, type }: ElementUse): readonly ValueCheck[] {
  const paths = elementPaths(name, element);
  const constraints = paths.flatMap((path) => [...baseConstraints(path), ...profileConstraints(path)]);
  const binding = paths.map((path) => bindings.get(path)).find((each) => each !== undefined);
  const isListed = element.codes !== undefined;
  return [
    ...(constraints.length > 0 ? [(value: Json, visit: Visit) => checkConstraints(constraints, value, visit)] : []),
    ...(binding !== undefined && !isListed ? [bindingCheck(binding, type.name)] : []),
    ...(type.name === "Reference" || type.name === "canonical" ? [referenceCheck(type)] : []),
    ...typeCheck(type.name),
  ];
}

/** The tables name elements as the definitions do: with `[x]`, and inherited ones at the type that has them first. */
function elementPaths(shape: string, element: ElementDefinition): readonly string[] {
  return typesOf(shape).map((type) => `${type}.${element.name}${element.choice ? "[x]" : ""}`);
}

/** Only one profile is named by base types. */
function profileConstraints(path: string): readonly Constraint[] {
  if (typeProfiles.get(path)?.some((url) => url.endsWith("/SimpleQuantity")) !== true) return [];
  const text = { expression: "comparator.empty()", human: "The comparator is not used on a SimpleQuantity" };
  return [compileConstraint({ key: "sqty-1", severity: "error", ...text }, "Quantity")];
}

function typeCheck(typeName: string): readonly ValueCheck[] {
  if (typeName === "Resource") return [checkInnerResource];
  if (typeName === "Extension") return [checkExtension];
  if (!isPrimitiveType(typeName)) return [objectCheck(typeName)];
  const own = primitiveRules.get(typeName);
  return own === undefined ? [] : [own];
}

function checkInnerResource(value: Json, visit: Visit): void {
  if (isJsonObject(value)) checkResourceRules(value, innerVisit(value, visit));
}

/** The base rules of a resource of any type, and the profiles that it states. `visit` is that of the resource. */
export function checkResourceRules(resource: JsonObject, visit: Visit): void {
  const { resourceType } = resource;
  if (typeof resourceType !== "string" || !isResourceType(resourceType)) return;
  checkBase(resourceType, resource, visit);
  if (resource.contained !== undefined) checkContainedIds(resource, visit);
  const vitalSigns = resourceType === "Observation" ? vitalSignsProfile(resource) : undefined;
  if (vitalSigns !== undefined) visit.means.profiles.checkProfile(vitalSigns, resource, visit);
  for (const [index, profile] of statedProfiles(resource).entries()) {
    if (visit.means.profiles.checkProfile(profile, resource, visit)) continue;
    const message = `The profile ${profile} is not at hand, so it was not checked.`;
    reportUnder(visit, ["meta", "profile", index], warning("not-found", "unknown-profile", message));
  }
}

/** Comes with the usage of what is extended. */
function checkExtension(value: Json, visit: Visit): void {
  if (!isJsonObject(value)) return;
  checkExtensionItem(value, visit);
  const extended = visit.usage;
  visit.usage = extensionUsage(value);
  checkBase("Extension", value, visit);
  visit.usage = extended;
}

function objectCheck(shape: string): ValueCheck {
  return (value, visit) => {
    if (isJsonObject(value)) checkBase(shape, value, visit);
  };
}

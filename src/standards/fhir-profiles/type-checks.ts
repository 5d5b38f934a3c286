import { isJsonObject, type JsonObject } from "#kernel";
import { isResourceType } from "#standards/fhir";
import type { ItemCheck } from "./element-checks.ts";
import { type Item, objectOf } from "./element-item.ts";
import { type ElementNode, type ElementType, typesOfNode } from "./element-node.ts";
import { resolveReference } from "./reference-resolution.ts";
import { error, report, reportUnder, type Visit } from "./visit.ts";

/** What an ElementDefinition says of the types of its values: which, by which profiles, pointing at what. */
export function typeChecks(node: ElementNode): readonly ItemCheck[] {
  const types = typesOfNode(node);
  if (types.length === 0) return [];
  const byCode = Map.groupBy(types, ({ code }) => code);
  return [
    ...(node.choice ? [allowedCheck(byCode)] : []),
    ...(types.some(({ profiles }) => profiles.length > 0) ? [profileCheck(byCode, types)] : []),
    ...(types.some(isAboutReferences) ? [referenceCheck(types)] : []),
  ];
}

type ByCode = ReadonlyMap<string, readonly ElementType[]>;

function allowedCheck(byCode: ByCode): ItemCheck {
  const codes = [...byCode.keys()];
  const message = `The type must be ${codes.join(" or ")}.`;
  return ({ type }, visit) => {
    if (type !== undefined && !byCode.has(type)) report(visit, error("structure", "type-not-allowed", message));
  };
}

function profileCheck(byCode: ByCode, types: readonly ElementType[]): ItemCheck {
  return (item, visit) => {
    const code = typeOfItem(item, types);
    const profiles = (byCode.get(code) ?? types).flatMap((type) => type.profiles);
    if (isJsonObject(item.value)) checkConformity(item.value, profiles, visit);
  };
}

function typeOfItem(item: Item, types: readonly ElementType[]): string {
  const { resourceType } = objectOf(item);
  return item.type ?? (typeof resourceType === "string" ? resourceType : (types[0]?.code ?? ""));
}

/** One profile is checked in place, so that its issues are told; of several one must be met. */
function checkConformity(object: JsonObject, profiles: readonly string[], visit: Visit): void {
  const [only, ...others] = profiles;
  if (only === undefined) return;
  if (others.length === 0) visit.means.profiles.checkProfile(only, object, visit);
  else if (profiles.every((profile) => visit.means.profiles.conforms(profile, object, visit) === false))
    report(visit, error("structure", "no-profile-met", `This must meet one of the profiles ${profiles.join(", ")}.`));
}

function isAboutReferences({ code, targetProfiles, aggregation }: ElementType): boolean {
  return code === "Reference" && (targetProfiles.length > 0 || aggregation.length > 0);
}

function referenceCheck(types: readonly ElementType[]): ItemCheck {
  const uses = types.filter(({ code }) => code === "Reference");
  const targets = uses.flatMap(({ targetProfiles }) => targetProfiles);
  const aggregation = new Set(uses.flatMap((use) => use.aggregation));
  return (item, visit) => {
    const { reference } = objectOf(item);
    if (typeof reference !== "string" || (item.type !== undefined && item.type !== "Reference")) return;
    if (targets.length > 0) checkTarget(reference, targets, visit);
    checkAggregation(reference, aggregation, visit);
  };
}

function checkTarget(reference: string, targets: readonly string[], visit: Visit): void {
  const target = resolveReference(reference, visit);
  if (target === undefined) checkNamedType(reference, targets, visit);
  else if (targets.every((profile) => visit.means.profiles.conforms(profile, target, visit) === false)) {
    const message = `What this points at must meet ${targets.join(" or ")}.`;
    reportUnder(visit, ["reference"], error("structure", "reference-target-profile", message));
  }
}

/** A target that is not at hand can only be judged by the type that the reference names. */
function checkNamedType(reference: string, targets: readonly string[], visit: Visit): void {
  const named = /(?:^|\/)([A-Z][A-Za-z]+)\/[A-Za-z0-9\-.]+(?:\/_history\/.*)?$/.exec(reference)?.[1];
  if (named === undefined || !isResourceType(named)) return;
  const types = targets.map((url) => visit.means.profiles.typeOf(url));
  if (types.some((type) => type === undefined || type === named || type === "Resource")) return;
  const message = `This may point at ${[...new Set(types)].join(" or ")}, not at a ${named}.`;
  reportUnder(visit, ["reference"], error("structure", "reference-target-type", message));
}

/** Source: FHIR R4 ElementDefinition.type.aggregation. */
function checkAggregation(reference: string, aggregation: ReadonlySet<string>, visit: Visit): void {
  if (aggregation.size === 0) return;
  const isContained = reference.startsWith("#");
  const isBundled = !isContained && visit.entry?.find(reference) !== undefined;
  const kinds = isContained ? ["contained"] : isBundled ? ["bundled", "referenced"] : ["referenced"];
  if (kinds.some((kind) => aggregation.has(kind))) return;
  const message = `What this points at must be ${[...aggregation].join(" or ")}.`;
  reportUnder(visit, ["reference"], error("structure", "reference-aggregation", message));
}

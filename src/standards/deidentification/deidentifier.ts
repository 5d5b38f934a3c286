import {
  failed,
  incorrect,
  isJsonObject,
  type Json,
  type JsonObject,
  limits,
  ok,
  type Problem,
  type Result,
} from "#kernel";
import { isResourceType } from "#standards/fhir";
import { earliestYear } from "./dates.ts";
import { patientKeyFor } from "./patients.ts";
import { Plans } from "./plan.ts";
import type { Keyed } from "./project.ts";
import type { RuleSet } from "./rule.ts";
import { masked, walkResource } from "./walk.ts";
import type { RuleCounts, Walking } from "./walking.ts";

/** A set of rules made ready; it keeps no state of what it did. */
export interface Deidentifier {
  readonly ruleSet: RuleSet;
  /**
   * What remains of a resource, marked as pseudonymised. What rules changed is added to `counts`. Problems:
   * `resource-type-unknown`, `too-deep`.
   */
  resource(resource: Json, keyed: Keyed, counts: RuleCounts): Result<JsonObject>;
}

/** Problems: those of `compileFhirPath`, `where` the path of the rule. */
export function compileRuleSet(ruleSet: RuleSet): Result<Deidentifier> {
  const plans = new Plans(ruleSet);
  const problems: Problem[] = [];
  ruleSet.rules.forEach((rule, index) => {
    const added = plans.add(rule, index);
    if (added !== undefined && !added.ok)
      problems.push(...added.problems.map((problem) => ({ ...problem, where: rule.path })));
  });
  const [first, ...others] = problems;
  if (first !== undefined) return failed(first, ...others);
  return ok({
    ruleSet,
    resource: (resource, keyed, counts) => wholeResource(resource, { plans, keyed, counts, depth: 0 }),
  });
}

interface Needs {
  readonly plans: Plans;
  readonly keyed: Keyed;
  readonly counts: RuleCounts;
  /** How many Bundles this one is within. */
  readonly depth: number;
}

function wholeResource(resource: Json, needs: Needs): Result<JsonObject> {
  const type = isJsonObject(resource) ? resource.resourceType : undefined;
  if (!isJsonObject(resource) || typeof type !== "string" || !isResourceType(type))
    return failed(incorrect("resource-type-unknown", "This is not a resource of R4.", { where: "resourceType" }));
  if (needs.depth > limits.jsonDepthMax)
    return failed(incorrect("too-deep", `Bundles are nested more than ${limits.jsonDepthMax} deep.`));
  const left = walkResource(type === "Bundle" ? { ...resource, entry: [] } : resource, walkingOf(resource, needs));
  const marked = { ...left, resourceType: type };
  if (type !== "Bundle" || !Array.isArray(resource.entry)) return ok(withLabel(marked));
  const entry = resource.entry.flatMap((one: Json) => bundleEntry(one, needs));
  return ok(entry.length === 0 ? marked : { ...marked, entry });
}

/** Each entry has its own patient, and so its own days. */
function bundleEntry(entry: Json, needs: Needs): readonly JsonObject[] {
  if (!isJsonObject(entry)) return [];
  const { resource, ...around } = entry;
  const shell = walkResource({ resourceType: "Bundle", entry: [around] }, walkingOf({}, needs));
  const [left = {}] = (shell?.entry ?? []) as readonly JsonObject[];
  const inner = resource === undefined ? undefined : wholeResource(resource, { ...needs, depth: needs.depth + 1 });
  const whole = { ...left, ...(inner?.ok ? { resource: inner.value } : {}) };
  // Answers are counted by their place: one of which nothing is left says so.
  return [Object.keys(whole).length === 0 ? masked : whole];
}

function walkingOf(resource: JsonObject, { plans, keyed, counts }: Needs): Walking {
  const { patients, year } = keyed.project;
  const days = keyed.shiftDays(patientKeyFor(resource, patients) ?? "");
  return { plans, keyed, counts, days, yearMin: earliestYear(year), husk: undefined, overrides: undefined, depth: 0 };
}

const label: JsonObject = {
  system: "http://terminology.hl7.org/CodeSystem/v3-ObservationValue",
  code: "PSEUDED",
};

/** Says so itself. Source: HL7 v3 ObservationValue, SecurityAlterationIntegrityObservationValue. */
function withLabel(resource: JsonObject): JsonObject {
  const { resourceType, id, meta, ...rest } = resource;
  const security = isJsonObject(meta) && Array.isArray(meta.security) ? meta.security : [];
  const marked = { ...(isJsonObject(meta) ? meta : {}), security: [...security, label] };
  return { resourceType: resourceType ?? "", ...(id === undefined ? {} : { id }), meta: marked, ...rest };
}

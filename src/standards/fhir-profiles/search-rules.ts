import { isJsonObject, type JsonObject } from "#kernel";
import { isResourceType, resourceTypes, type SearchParameter, searchParametersOf } from "#standards/fhir";
import { objects } from "./element-node.ts";
import { error, reportUnder, type Visit } from "./visit.ts";

interface Known {
  readonly parameter: SearchParameter;
  readonly bases: readonly string[];
}

let known: ReadonlyMap<string, Known> | undefined;

/** R4's own search parameters by canonical url. */
function coreParameter(url: string): Known | undefined {
  known ??= readParameters();
  return known.get(url);
}

function readParameters(): ReadonlyMap<string, Known> {
  const table = new Map<string, Known>();
  for (const type of resourceTypes) {
    for (const parameter of searchParametersOf(type)) {
      const bases = table.get(parameter.url)?.bases ?? [];
      table.set(parameter.url, { parameter, bases: [...bases, type] });
    }
  }
  return table;
}

/** Source: FHIR R4 §3.1.3 (SearchParameter): composites, and what a parameter derived from another may not change. */
export function checkSearchParameter({ type, component, derivedFrom, base }: JsonObject, visit: Visit): void {
  if (type === "composite" && objects(component).length < 2) {
    const message = "A composite search parameter must have two components or more.";
    reportUnder(visit, ["component"], error("business-rule", "composite-components", message));
  }
  const origin = typeof derivedFrom === "string" ? coreParameter(derivedFrom) : undefined;
  if (origin === undefined) return;
  if (typeof type === "string" && type !== origin.parameter.type) {
    const message = `The search parameter it is derived from has the type ${origin.parameter.type}.`;
    reportUnder(visit, ["type"], error("business-rule", "derived-search-parameter", message));
  }
  const strange = (Array.isArray(base) ? base : []).filter((each) => isStrange(each, origin.bases));
  if (strange.length === 0) return;
  const message = `The search parameter it is derived from does not search ${strange.join(", ")}.`;
  reportUnder(visit, ["base"], error("business-rule", "derived-search-parameter", message));
}

function isStrange(base: unknown, bases: readonly string[]): boolean {
  return typeof base === "string" && isResourceType(base) && !bases.includes(base);
}

/** Source: FHIR R4 §5.2 (CapabilityStatement.rest.resource.searchParam.type: as in its definition). */
export function checkCapabilityStatement({ rest }: JsonObject, visit: Visit): void {
  objects(rest).forEach(({ resource }, restIndex) => {
    objects(resource).forEach(({ searchParam }, resourceIndex) => {
      objects(searchParam).forEach(({ definition, type }, index) => {
        const defined = typeof definition === "string" ? coreParameter(definition)?.parameter.type : undefined;
        if (defined === undefined || typeof type !== "string" || type === defined) return;
        const path = ["rest", restIndex, "resource", resourceIndex, "searchParam", index, "type"];
        reportUnder(visit, path, error("invalid", "search-parameter-type", `Its definition has the type ${defined}.`));
      });
    });
  });
}

/** What a StructureDefinition's differential says of elements must have a place in its base. */
export function checkStructureDefinition(definition: JsonObject, visit: Visit): void {
  if (definition.derivation !== "constraint" || !isJsonObject(definition.differential)) return;
  for (const flaw of visit.means.profiles.flawsOf(definition))
    reportUnder(visit, ["differential"], error("processing", "no-snapshot", flaw));
}

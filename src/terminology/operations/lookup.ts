import { failed, limits, notFound, ok, type Result } from "#kernel";
import type { ConceptProperty, Designation } from "#standards/terminology";
import type { Canonical } from "../definitions/canonical.ts";
import type { Concept } from "../systems/concept.ts";
import { findSystem, systemUnknown, type Terms } from "../terms.ts";
import { displayOf } from "./display.ts";
import { type OutParameter, type OutParameters, parametersOf, stringParameter } from "./parameters.ts";

export interface LookupOrder {
  readonly system: Canonical;
  readonly code: string;
  /** Names of the properties wanted; none for all. */
  readonly properties: readonly string[];
  readonly languages: readonly string[];
}

/**
 * What is known of a code. Problems: not-found `code-system-unknown`, `code-unknown`.
 * Source: FHIR R4, operation CodeSystem-lookup.
 */
export async function lookup(terms: Terms, order: LookupOrder): Promise<Result<OutParameters>> {
  const source = await findSystem(terms, order.system);
  if (source === undefined) return failed(systemUnknown(order.system));
  const isWanted = (name: string) => order.properties.length === 0 || order.properties.includes(name);
  const concept = await source.find(order.code);
  if (concept === undefined) {
    return failed(notFound("code-unknown", "The code system has no such code.", { where: "code" }));
  }
  const hasChildren = isWanted("child") && concept.isLeaf !== true;
  const children = hasChildren ? await source.children(concept.code, limits.terminologyChildrenMax) : [];
  return ok(
    parametersOf([
      stringParameter("name", source.name ?? source.title ?? source.url),
      stringParameter("version", source.version),
      stringParameter("display", displayOf(concept, order.languages) ?? concept.code),
      ...(isWanted("designation") ? concept.designations.map(designationParameter) : []),
      ...ownProperties(concept)
        .filter(({ code }) => isWanted(code))
        .map(propertyParameter),
      ...(isWanted("parent") ? concept.parents.map((code) => relation("parent", code)) : []),
      ...children.map((code) => relation("child", code)),
    ]),
  );
}

const relations: ReadonlySet<string> = new Set(["parent", "child", "subsumedBy"]);

/** Those of the definition, and whether the concept is inactive, where nobody said so. */
function ownProperties({ properties, definition, isInactive }: Concept): readonly ConceptProperty[] {
  const own = properties.filter(({ code }) => !relations.has(code));
  const isSaid = own.some(({ code }) => code === "inactive");
  return [
    ...(definition === undefined ? [] : [{ code: "definition", valueString: definition }]),
    ...own,
    ...(isSaid ? [] : [{ code: "inactive", valueBoolean: isInactive }]),
  ];
}

function designationParameter({ language, use, value }: Designation): OutParameter {
  return {
    name: "designation",
    part: [
      ...(language === undefined ? [] : [{ name: "language", valueCode: language }]),
      ...(use === undefined ? [] : [{ name: "use", valueCoding: use }]),
      { name: "value", valueString: value },
    ],
  };
}

function propertyParameter({ code, group: _, ...value }: ConceptProperty): OutParameter {
  return {
    name: "property",
    part: [
      { name: "code", valueCode: code },
      { name: "value", ...value },
    ],
  };
}

function relation(name: "parent" | "child", code: string): OutParameter {
  return propertyParameter({ code: name, valueCode: code });
}

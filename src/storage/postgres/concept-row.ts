import type { ConceptProperty, Designation } from "#standards/terminology";
import type { Concept, ImportRow } from "#terminology";
import { bigintArray, hash64 } from "./index-key.ts";

export interface StoredConcept {
  readonly code: string;
  readonly display: string | null;
  readonly inactive: boolean;
  readonly abstract: boolean;
  readonly detail: string;
}

interface Detail {
  readonly p?: readonly ConceptProperty[];
  readonly d?: readonly Designation[];
  readonly u?: readonly string[];
  readonly l?: true;
  readonly g?: string;
}

/** The columns of `StoredConcept`. */
export const conceptColumns = "c.code, c.display, c.inactive, c.abstract, c.detail";

export function toConcept({ code, display, inactive, abstract, detail }: StoredConcept): Concept {
  const { p = [], d = [], u = [], l, g } = JSON.parse(detail) as Detail;
  return {
    code,
    ...(display === null ? {} : { display }),
    ...(g === undefined ? {} : { language: g }),
    isInactive: inactive,
    isAbstract: abstract,
    designations: d,
    properties: p,
    isLeaf: l === true,
    parents: u,
  };
}

export function detailText({ properties, designations, parents, isLeaf, language }: ImportRow): string {
  const detail: Detail = {
    ...(properties.length === 0 ? {} : { p: properties }),
    ...(designations.length === 0 ? {} : { d: designations }),
    ...(parents.length === 0 ? {} : { u: parents }),
    ...(isLeaf ? { l: true } : {}),
    ...(language === undefined ? {} : { g: language }),
  };
  return JSON.stringify(detail);
}

/** By which everything under a code is found, and the code itself. */
export function belowKey(system: number, code: string): string {
  return hash64(`concept ${system} below ${code}`);
}

export function valueKey(system: number, property: string, value: string): string {
  return hash64(`concept ${system} value ${property}=${value}`);
}

/** The same made in the database, of a property and a value there. */
export function valueKeyText(system: number, property: string, value: string): string {
  const text = `'concept ${system} value ' || ${property} || '=' || ${value}`;
  return `('x' || encode(substring(sha256(convert_to(${text}, 'UTF8')) from 1 for 8), 'hex'))::bit(64)::bigint`;
}

export function presentKey(system: number, property: string): string {
  return hash64(`concept ${system} present ${property}`);
}

/** Every key of a concept, as a literal. */
export function keysOf(system: number, row: ImportRow, textOf: (property: ConceptProperty) => string): string {
  const keys = new Set([belowKey(system, row.code)]);
  for (const code of row.ancestors) keys.add(belowKey(system, code));
  for (const code of row.parents) keys.add(valueKey(system, "parent", code));
  if (row.parents.length > 0) keys.add(presentKey(system, "parent"));
  for (const property of row.properties) {
    keys.add(presentKey(system, property.code));
    keys.add(valueKey(system, property.code, textOf(property)));
  }
  return bigintArray(keys);
}

import { toIso } from "#kernel";
import type { FhirContext } from "#record";
import type { ExpandOrder, Expansion } from "../operations/expand.ts";

interface Shown {
  readonly order: ExpandOrder;
  readonly isDefinitionIncluded: boolean;
}

/** A ValueSet with the codes that were asked for. Source: FHIR R4 §4.9.8 (expansion). */
export function expandedValueSet(
  { order, isDefinitionIncluded }: Shown,
  expansion: Expansion,
  { clock, ids }: FhirContext,
): object {
  const { url, version, name, title, status = "active", compose } = order.valueSet;
  const { total, contains, systems } = expansion;
  return {
    resourceType: "ValueSet",
    ...(url === undefined ? {} : { url }),
    ...(version === undefined ? {} : { version }),
    ...(name === undefined ? {} : { name }),
    ...(title === undefined ? {} : { title }),
    status,
    ...(isDefinitionIncluded && compose !== undefined ? { compose } : {}),
    expansion: {
      identifier: `urn:uuid:${ids.next()}`,
      timestamp: toIso(clock.now()),
      total,
      ...(order.count === undefined && order.offset === 0 ? {} : { offset: order.offset }),
      parameter: [...asked(order), ...systems.map((system) => ({ name: "version", valueUri: system }))],
      ...(contains.length === 0 ? {} : { contains }),
    },
  };
}

/** What made this expansion another than the plain one. */
function asked({ filter, count, offset, isActiveOnly, hasDesignations, languages }: ExpandOrder): readonly object[] {
  return [
    ...(filter === undefined ? [] : [{ name: "filter", valueString: filter }]),
    ...(count === undefined ? [] : [{ name: "count", valueInteger: count }]),
    ...(offset === 0 ? [] : [{ name: "offset", valueInteger: offset }]),
    ...(isActiveOnly ? [{ name: "activeOnly", valueBoolean: true }] : []),
    ...(hasDesignations ? [{ name: "includeDesignations", valueBoolean: true }] : []),
    ...(languages.length === 0 ? [] : [{ name: "displayLanguage", valueCode: languages.join(",") }]),
  ];
}

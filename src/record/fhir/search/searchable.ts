import { isIndexed, type SearchParameter, type SearchParameterType, searchParametersOf } from "#standards/fhir";

/** What the index has an answer for. Numbers, quantities, composites and the special ones need indexes of their own. */
const indexedTypes: readonly SearchParameterType[] = ["token", "reference", "uri", "string", "date"];

/** What the record knows of every document without an index. */
const ownParameters = ["_id", "_lastUpdated"];

/** The audit log has keys of its own. */
const auditParameters = ["_id", "_lastUpdated", "action", "agent", "date", "entity", "outcome", "patient", "subtype"];

const known = new Map<string, ReadonlyMap<string, SearchParameter>>();

/** The search parameters of a type that Corridor can search by, by their codes. */
export function searchableParameters(type: string): ReadonlyMap<string, SearchParameter> {
  const found = known.get(type);
  if (found !== undefined) return found;
  const searchable = new Map(
    searchParametersOf(type)
      .filter((parameter) => isSearchable(type, parameter))
      .map((parameter) => [parameter.code, parameter]),
  );
  known.set(type, searchable);
  return searchable;
}

function isSearchable(type: string, parameter: SearchParameter): boolean {
  if (type === "AuditEvent") return auditParameters.includes(parameter.code);
  if (ownParameters.includes(parameter.code)) return true;
  return indexedTypes.includes(parameter.type) && isIndexed(parameter, type);
}

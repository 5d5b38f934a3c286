import { isIndexed, type SearchParameter, searchParametersOf } from "#standards/fhir";

/** What the record knows of every document without an index, or reads from its text. */
const ownParameters = ["_id", "_lastUpdated", "_text", "_content", "_filter"];

/** The audit log has keys of its own. */
const auditParameters = ["_id", "_lastUpdated", "action", "agent", "date", "entity", "outcome", "patient", "subtype"];

const known = new Map<string, ReadonlyMap<string, SearchParameter>>();

/** The search parameters of a type that Corridor can search by, by their codes. */
export function searchableParameters(type: string): ReadonlyMap<string, SearchParameter> {
  const found = known.get(type);
  if (found !== undefined) return found;
  const searchable = new Map(
    searchParametersOf(type)
      .filter((parameter) => isHeld(type, parameter))
      .map((parameter) => [parameter.code, parameter]),
  );
  known.set(type, searchable);
  return searchable;
}

/** `_list` has no definition among R4's parameters. */
export function isSearchable(type: string, code: string): boolean {
  return searchableParameters(type).has(code) || (code === "_list" && type !== "AuditEvent");
}

function isHeld(type: string, parameter: SearchParameter): boolean {
  if (type === "AuditEvent") return auditParameters.includes(parameter.code);
  if (ownParameters.includes(parameter.code)) return true;
  return parameter.type !== "special" && isIndexed(parameter, type);
}

import {
  addedSearchParameterOf,
  isIndexed,
  rememberByType,
  type SearchParameter,
  searchParametersOf,
} from "#standards/fhir";

/** What the record knows of every document without an index, or reads from its text. */
const ownParameters = ["_id", "_lastUpdated", "_text", "_content", "_filter"];

/** The audit log has keys of its own. */
const auditParameters = ["_id", "_lastUpdated", "action", "agent", "date", "entity", "outcome", "patient", "subtype"];

/** The search parameters of a type that Corridor can search by, by their codes. */
export const searchableParameters = rememberByType(
  (type): ReadonlyMap<string, SearchParameter> =>
    new Map(
      searchParametersOf(type)
        .filter((parameter) => isHeld(type, parameter))
        .map((parameter) => [parameter.code, parameter]),
    ),
);

/** `_list` has no definition among R4's parameters. */
export function isSearchable(type: string, code: string): boolean {
  return searchableParameters(type).has(code) || (code === "_list" && type !== "AuditEvent");
}

function isHeld(type: string, parameter: SearchParameter): boolean {
  if (type === "AuditEvent") return auditParameters.includes(parameter.code);
  if (ownParameters.includes(parameter.code)) return true;
  if (addedSearchParameterOf(type, parameter.code)?.isReady === false) return false;
  return isIndexed(parameter, type);
}

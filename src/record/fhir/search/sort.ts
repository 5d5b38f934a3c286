import { failed, limits, ok, type Problem, type Result, unsupported } from "#kernel";
import {
  type SortKey as AskedKey,
  addedSearchParameterOf,
  isSingleValued,
  isTruth,
  refersByUrl,
  type SearchParameter,
  sameValuesAs,
  searchParameterOf,
  sortPlaces,
} from "#standards/fhir";
import type { Cursor, Sort, SortKey, SortValue } from "../../documents/query.ts";
import { holdersOf } from "./reference-clause.ts";
import { searchableParameters } from "./searchable.ts";

const newestFirst: Sort = { by: "updated", descending: true };

/**
 * Texts, dates and numbers are sorted by what the index keeps of them; codes, references and addresses by what stands in
 * the stored resource. Problems: unsupported, code `unsupported-search`. Source: FHIR R4 §3.1.1.5.1 (_sort).
 */
export function sortOf(type: string, asked: readonly AskedKey[]): Result<Sort> {
  const keys: SortKey[] = [];
  if (asked.length > limits.searchSortKeysMax) {
    return failed(unsupportedSort(`A search is sorted by ${limits.searchSortKeysMax} parameters at most.`));
  }
  for (const key of asked) {
    const by = type === "AuditEvent" ? auditValue(key.parameter, key.descending) : valueThrough(type, key);
    if (typeof by === "object" && "category" in by) return failed(by);
    keys.push({ by, descending: key.descending });
  }
  const [first, ...thenBy] = keys;
  if (first === undefined) return ok(newestFirst);
  return ok(thenBy.length === 0 ? first : { ...first, thenBy });
}

function auditValue(parameter: string, descending: boolean): SortValue | Problem {
  if ((parameter === "_lastUpdated" || parameter === "date") && descending) return "updated";
  return unsupportedSort("AuditEvents come newest first.");
}

/** Along the references, if there are any, to the resource that has the parameter. */
function valueThrough(
  type: string,
  { parameter, through }: Pick<AskedKey, "parameter" | "through">,
): SortValue | Problem {
  const [link, ...further] = through;
  if (link === undefined) return sortValueOf(type, parameter);
  if (refersByUrl(type, link.parameter) || link.to === "AuditEvent") {
    return unsupportedSort("Corridor does not sort along this reference.");
  }
  const by = valueThrough(link.to, { parameter, through: further });
  if (by === "updated") return unsupportedSort("What is referred to cannot be sorted by its last change.");
  if (typeof by === "object" && "category" in by) return by;
  return { parameters: holdersOf(type, link.parameter, link.to), to: link.to, by };
}

function sortValueOf(type: string, parameter: string): SortValue | Problem {
  if (parameter === "_lastUpdated") return "updated";
  if (parameter === "_id") return "id";
  const definition = searchParameterOf(type, parameter);
  if (definition === undefined || !searchableParameters(type).has(parameter)) return unsortable;
  const values = sameValuesAs(type, parameter).map((held) => heldValue(type, definition, held));
  const [only, ...others] = values.filter((value) => value !== undefined);
  if (only === undefined || others.length + 1 < values.length) return unsortable;
  return others.length === 0 ? only : { leastOf: [only, ...others] };
}

/** What stands in the index under one name, or in the stored resource. */
function heldValue(type: string, parameter: SearchParameter, held: string): Exclude<SortValue, "updated"> | undefined {
  switch (parameter.type) {
    case "date":
      return isSingleValued(type, parameter) ? { date: held, isSingle: true } : { date: held };
    case "string":
      return { text: held };
    case "number":
    case "quantity":
      return { number: held };
    case "token":
    case "reference":
    case "uri": {
      // What was added here stands in the index under a name of its own.
      const isAdded = addedSearchParameterOf(type, parameter.code) !== undefined;
      const places = sortPlaces(type, isAdded ? parameter.code : held);
      if (places.length > 0) return { places };
      return isTruth(type, held) ? { key: `${held}=true` } : undefined;
    }
    default:
      return undefined;
  }
}

const unsortable = unsupportedSort("Corridor does not sort by this parameter.");

function unsupportedSort(message: string): Problem {
  return unsupported("unsupported-search", message, { where: "_sort" });
}

/** Whether the cursor is of rows that were sorted so. */
export function fitsSort({ values = [] }: Cursor, sort: Sort): boolean {
  const all = [sort, ...(sort.thenBy ?? [])];
  const last = all.findIndex(({ by }) => by === "updated");
  const keys = last === -1 ? all : all.slice(0, last);
  return values.length === keys.length && keys.every(({ by }, at) => fits(values[at] ?? null, by));
}

function fits(value: number | string | null, by: SortValue): boolean {
  if (value === null) return true;
  if (typeof by === "object" && "to" in by) return fits(value, by.by);
  if (typeof by === "object" && "leastOf" in by) return by.leastOf.every((each) => fits(value, each));
  if (typeof by === "object" && "date" in by) return Number.isSafeInteger(value);
  return typeof value === (typeof by === "object" && "number" in by ? "number" : "string");
}

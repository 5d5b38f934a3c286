import { failed, type Instant, incorrect, ok, okUnless, type Problem, type Result } from "#kernel";
import { compartmentMembers, isResourceType, parseDateTime, resourceTypes } from "#standards/fhir";
import { readSearch } from "../search/search-request.ts";
import type { DeidentifiedAs } from "./deidentified.ts";

/** What an export is to hold; plain data, so that it can be kept. */
export interface ExportOrder {
  /** Everything; what is about patients; or what is about the patients of a group, as that version names them. */
  readonly of: "system" | "patients" | { readonly group: string; readonly version: number };
  readonly types: readonly string[];
  /** The types were named, so that one which may not be read is told. */
  readonly isNamed: boolean;
  /** Only what was changed at that time or later. */
  readonly sinceMs?: number;
  /** Searches of which a resource of their type must meet one: `Observation?code=718-7`. */
  readonly typeFilters: readonly string[];
  /** `Patient.name`, or `name` for every type. */
  readonly elements: readonly string[];
  /** Absent: as it stands in the record. */
  readonly deidentified?: DeidentifiedAs;
}

/** As it is asked for, each a list of texts with commas between them or given several times. */
export interface ExportAsked {
  readonly of: ExportOrder["of"];
  readonly types: readonly string[];
  readonly since: string | undefined;
  readonly typeFilters: readonly string[];
  readonly elements: readonly string[];
  readonly deidentified?: DeidentifiedAs;
  readonly now: Instant;
}

/** Problems: incorrect, for types, times, filters and elements that are none. Source: Bulk Data Access 2.0 (kick-off request). */
export function exportOrder(asked: ExportAsked): Result<ExportOrder> {
  const problems: Problem[] = [];
  const possible = asked.of === "system" ? ofTheRecord : patientTypes;
  const named = listed(asked.types);
  for (const type of named) if (!possible.includes(type)) problems.push(wrongType(type));
  const sinceMs = asked.since === undefined ? undefined : parseDateTime(asked.since)?.fromMs;
  if (asked.since !== undefined && sinceMs === undefined) problems.push(wrongSince);
  const types = named.length > 0 ? named : possible;
  const typeFilters = asked.typeFilters.flatMap(filtersIn);
  for (const filter of typeFilters) problems.push(...filterProblems(filter, types, asked.now));
  const elements = listed(asked.elements);
  if (!elements.every((element) => elementPattern.test(element))) problems.push(wrongElements);
  const since = sinceMs === undefined ? {} : { sinceMs };
  const { of, deidentified } = asked;
  const masked = deidentified === undefined ? {} : { deidentified };
  return okUnless(problems, { of, types, isNamed: named.length > 0, ...since, typeFilters, elements, ...masked });
}

/** The log of what was done is no part of the record that it is about. */
const ofTheRecord = resourceTypes.filter((type) => type !== "AuditEvent");
const patientTypes = [...new Set(["Patient", ...compartmentMembers("Patient").map(({ type }) => type)])].filter(
  (type) => type !== "AuditEvent",
);

const elementPattern = /^(?:[A-Z][A-Za-z]+\.)?[a-z][A-Za-z]*$/;

function listed(texts: readonly string[]): readonly string[] {
  return [...new Set(texts.flatMap((text) => text.split(",")).map((text) => text.trim()))];
}

/** Commas also stand between the values of a search: a filter begins with its type. */
function filtersIn(text: string): readonly string[] {
  return text.split(/,(?=[A-Z][A-Za-z]+\?)/).map((filter) => filter.trim());
}

export interface TypeFilter {
  readonly type: string;
  readonly search: URLSearchParams;
}

export function typeFilterOf(filter: string): TypeFilter {
  const [type = "", search = ""] = filter.split(/\?(.*)/s);
  return { type, search: new URLSearchParams(search) };
}

function filterProblems(filter: string, types: readonly string[], now: Instant): readonly Problem[] {
  const { type, search } = typeFilterOf(filter);
  const at = { where: "_typeFilter" };
  if (!isResourceType(type) || !types.includes(type)) {
    return [
      incorrect("wrong-search-value", "Each filter must be a search of one of the exported types: Type?search.", at),
    ];
  }
  const read = readSearch({ type, parameters: search, base: undefined, now, isLenient: false });
  return read.ok ? [] : read.problems;
}

function wrongType(type: string): Problem {
  const what = isResourceType(type)
    ? `${type} is not exported at this level.`
    : "_type must name resource types of FHIR R4.";
  return incorrect("wrong-search-value", what, { where: "_type" });
}

const wrongSince = incorrect("wrong-search-value", "_since must be a moment, such as 2026-11-23T09:30:00Z.", {
  where: "_since",
});
const wrongElements = incorrect("wrong-search-value", "_elements must name elements: id, or Patient.name.", {
  where: "_elements",
});

const formats = ["application/fhir+ndjson", "application/ndjson", "ndjson"];

/** A `+` that was not escaped has become a space. Problems: incorrect, for a format other than NDJSON. */
export function checkOutputFormat(format: string | undefined): Result<undefined> {
  if (format === undefined || formats.includes(format.replaceAll(" ", "+"))) return ok(undefined);
  return failed(
    incorrect("wrong-search-value", "Exports are written as application/fhir+ndjson.", { where: "_outputFormat" }),
  );
}

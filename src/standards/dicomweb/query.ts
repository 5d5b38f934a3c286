import { failed, incorrect, limits, ok, type Problem, type Result } from "#kernel";
import type { Tag } from "#standards/dicom";
import { parseAttributePath } from "./attribute-path.ts";
import { type Match, parseMatch } from "./match-value.ts";

/** What a search asks for. Source: PS3.18 §8.3.4. */
export interface WebQuery {
  readonly match: readonly { readonly path: readonly Tag[]; readonly test: Match }[];
  /** Attributes wanted besides the usual ones: those named, and those with an empty value. */
  readonly include: readonly Tag[] | "all";
  readonly isFuzzy: boolean;
  readonly limit: number;
  /** Whether the limit is ours, and not the caller's: what is behind it was cut off. */
  readonly isLimitOurs: boolean;
  readonly offset: number;
}

/** Parameters of a search that are no attributes. */
const words = [
  "includefield",
  "limit",
  "offset",
  "fuzzymatching",
  "emptyvaluematching",
  "multiplevaluematching",
  "accept",
  "charset",
] as const;

/**
 * Reads the parameters of a search. Every one must be known. Problems, all of them told: those of `parseAttributePath` and
 * `parseMatch`, `parameter-invalid`, `attribute-repeated`, `attributes-too-many`.
 */
export function parseQuery(parameters: URLSearchParams): Result<WebQuery> {
  const reading: QueryReading = { problems: [], match: [], include: new Set(), isAll: false, isListed: new Set() };
  for (const [name, value] of parameters) readParameter(reading, name, value);
  const limit = wholeOf(parameters, "limit", reading.problems);
  const offset = wholeOf(parameters, "offset", reading.problems);
  const isFuzzy = truthOf(parameters, "fuzzymatching", reading.problems);
  truthOf(parameters, "emptyvaluematching", reading.problems);
  truthOf(parameters, "multiplevaluematching", reading.problems);
  if (reading.match.length + reading.include.size > limits.queryAttributesMax) {
    const message = `A query names ${limits.queryAttributesMax} attributes at most.`;
    reading.problems.push(incorrect("attributes-too-many", message));
  }
  const [first, ...rest] = reading.problems;
  if (first !== undefined) return failed(first, ...rest);
  const isLimitOurs = limit === undefined || limit > limits.queryRowsMax;
  return ok({
    match: reading.match,
    include: reading.isAll ? "all" : [...reading.include],
    isFuzzy,
    limit: isLimitOurs ? limits.queryRowsMax : limit,
    isLimitOurs,
    offset: offset ?? 0,
  });
}

interface QueryReading {
  readonly problems: Problem[];
  readonly match: { readonly path: readonly Tag[]; readonly test: Match }[];
  readonly include: Set<Tag>;
  isAll: boolean;
  /** Attributes that were named with a value, by their paths. */
  readonly isListed: Set<string>;
}

function readParameter(reading: QueryReading, name: string, value: string): void {
  if (name === "includefield") {
    for (const field of value.split(",")) includeField(reading, field.trim());
    return;
  }
  if ((words as readonly string[]).includes(name)) return;
  const path = parseAttributePath(name, words);
  if (!path.ok) {
    reading.problems.push(...path.problems);
    return;
  }
  const key = path.value.path.join(".");
  if (reading.isListed.has(key)) {
    reading.problems.push(incorrect("attribute-repeated", `${name} is named twice.`, { where: name }));
    return;
  }
  reading.isListed.add(key);
  const test = parseMatch(path.value, value);
  if (!test.ok) reading.problems.push(...test.problems);
  else if (test.value !== "any") reading.match.push({ path: path.value.path, test: test.value });
  // What is matched is also told. Source: PS3.18 §10.6.3.3.
  reading.include.add(path.value.path[0] ?? 0);
}

function includeField(reading: QueryReading, field: string): void {
  if (field === "all") {
    reading.isAll = true;
    return;
  }
  if (field === "") return;
  const path = parseAttributePath(field, ["all"]);
  if (path.ok) reading.include.add(path.value.path[0] ?? 0);
  else reading.problems.push(...path.problems);
}

function wholeOf(parameters: URLSearchParams, name: string, problems: Problem[]): number | undefined {
  const text = parameters.get(name);
  if (text === null) return undefined;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  problems.push(incorrect("parameter-invalid", `${name} is a whole number from 0 on.`, { where: name }));
  return undefined;
}

function truthOf(parameters: URLSearchParams, name: string, problems: Problem[]): boolean {
  const text = parameters.get(name);
  if (text === null || text === "true" || text === "false") return text === "true";
  problems.push(incorrect("parameter-invalid", `${name} is true or false.`, { where: name }));
  return false;
}

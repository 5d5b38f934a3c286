import { failed, incorrect, limits, ok, type Result } from "#kernel";
import { isResourceType } from "./definitions.ts";
import { searchParameterOf } from "./search-parameters.ts";
import { type SortKey, sortKeyOf } from "./sort-key.ts";

/** How a search is answered. Source: FHIR R4 §3.1.1.5 (search result parameters). */
export interface ResultSettings {
  readonly sort: readonly SortKey[];
  /** 0 to `limits.pageSizeMax`; undefined where the caller does not say. */
  readonly count: number | undefined;
  /** What the `next` link of a page before carried in `_cursor`. */
  readonly cursor: string | undefined;
  readonly total: "none" | "estimate" | "accurate" | undefined;
  /** Names of elements at the top level; empty for all. */
  readonly elements: readonly string[];
  readonly summary: "true" | "text" | "data" | "count" | "false" | undefined;
  readonly include: readonly Include[];
  readonly revinclude: readonly Include[];
  /** Whether resources inside others are found: only those (`true`), or also those (`both`). */
  readonly contained: "true" | "false" | "both" | undefined;
  /** What is told of them: what contains them, or themselves. */
  readonly containedType: "container" | "contained" | undefined;
}

export interface Include {
  /** The type that holds the reference; `*` for any. */
  readonly source: string;
  /** `*` for every reference parameter. */
  readonly parameter: string;
  /** Only references to this type. */
  readonly target: string | undefined;
  /** Also from what was included. */
  readonly iterate: boolean;
}

export const noResultSettings: ResultSettings = {
  sort: [],
  count: undefined,
  cursor: undefined,
  total: undefined,
  elements: [],
  summary: undefined,
  include: [],
  revinclude: [],
  contained: undefined,
  containedType: undefined,
};

export interface ResultParameter {
  readonly type: string;
  /** With its modifier, if any: `_include:iterate`. */
  readonly name: string;
  readonly value: string;
  /** What was read before. */
  readonly settings: ResultSettings;
}

type Reader = (parameter: ResultParameter) => Result<Partial<ResultSettings>>;

const totals = ["none", "estimate", "accurate"] as const;
const containment = ["true", "false", "both"] as const;
const containedTypes = ["container", "contained"] as const;
const summaries = ["true", "text", "data", "count", "false"] as const;

const readers: Readonly<Record<string, Reader>> = {
  _sort: readSort,
  _count: readCount,
  _cursor: ({ value }) => ok({ cursor: value }),
  _total: (parameter) => readWord(parameter, totals, (total) => ({ total })),
  _summary: (parameter) => readWord(parameter, summaries, (summary) => ({ summary })),
  _elements: readElements,
  _include: (parameter) => readInclude(parameter, "include"),
  _revinclude: (parameter) => readInclude(parameter, "revinclude"),
  _contained: (parameter) => readWord(parameter, containment, (contained) => ({ contained })),
  _containedType: (parameter) => readWord(parameter, containedTypes, (containedType) => ({ containedType })),
};

export function isResultParameter(name: string): boolean {
  return Object.hasOwn(readers, baseOf(name));
}

/** The settings with one more parameter read. Problems as of `parseSearchQuery`; one given twice is wrong, includes apart. */
export function readResultParameter(parameter: ResultParameter): Result<ResultSettings> {
  const base = baseOf(parameter.name);
  if (parameter.name !== base && !/^_(rev)?include:(iterate|recurse)$/.test(parameter.name)) {
    return failed(
      incorrect("unknown-search-parameter", "This parameter has no such modifier.", { where: parameter.name }),
    );
  }
  const reader = readers[base];
  if (reader === undefined || parameter.value === "") return wrong(parameter, "This parameter needs a value.");
  const read = reader(parameter);
  if (!read.ok) return read;
  const { settings } = parameter;
  const [key, value] = Object.entries(read.value)[0] ?? [];
  const before = key === undefined ? undefined : settings[key as keyof ResultSettings];
  if (Array.isArray(value) && (key === "include" || key === "revinclude")) {
    return ok({ ...settings, [key]: [...settings[key], ...value] });
  }
  const isRepeated = Array.isArray(before) ? before.length > 0 : before !== undefined;
  if (isRepeated) return wrong(parameter, "This parameter may be given once.");
  return ok({ ...settings, ...read.value });
}

function baseOf(name: string): string {
  return name.split(":")[0] ?? name;
}

function wrong(parameter: ResultParameter, message: string): Result<never> {
  return failed(incorrect("wrong-search-value", message, { where: parameter.name }));
}

function readSort({ type, value }: ResultParameter): Result<Partial<ResultSettings>> {
  const sort: SortKey[] = [];
  for (const text of value.split(",")) {
    const key = sortKeyOf(type, text);
    if (!key.ok) return key;
    sort.push(key.value);
  }
  return ok({ sort });
}

function readCount(parameter: ResultParameter): Result<Partial<ResultSettings>> {
  if (!/^\d{1,9}$/.test(parameter.value)) return wrong(parameter, "_count must be a whole number.");
  return ok({ count: Math.min(Number(parameter.value), limits.pageSizeMax) });
}

function readWord<T extends string>(
  parameter: ResultParameter,
  words: readonly T[],
  setting: (word: T) => Partial<ResultSettings>,
): Result<Partial<ResultSettings>> {
  const word = words.find((candidate) => candidate === parameter.value);
  return word === undefined ? wrong(parameter, `The value must be one of ${words.join(", ")}.`) : ok(setting(word));
}

function readElements(parameter: ResultParameter): Result<Partial<ResultSettings>> {
  const elements = parameter.value.split(",").map((name) => name.trim());
  if (elements.every((name) => /^[A-Za-z]\w{0,63}$/.test(name))) return ok({ elements });
  return wrong(parameter, "_elements must be names of elements with commas between them.");
}

function readInclude(parameter: ResultParameter, key: "include" | "revinclude"): Result<Partial<ResultSettings>> {
  const iterate = parameter.name.includes(":");
  const [first = "", code, target, ...more] = parameter.value.split(":");
  if (first === "*" && code === undefined) {
    return ok({ [key]: [{ source: "*", parameter: "*", target: undefined, iterate }] });
  }
  const definition = code === undefined ? undefined : searchParameterOf(first, code);
  const isKnown = isResourceType(first) && (code === "*" || definition?.type === "reference");
  const isTarget = target === undefined || isResourceType(target);
  if (code === undefined || !isKnown || !isTarget || more.length > 0) {
    return wrong(parameter, "An include must be written Type:parameter or Type:parameter:TargetType.");
  }
  return ok({ [key]: [{ source: first, parameter: code, target, iterate }] });
}

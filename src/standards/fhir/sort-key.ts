import { failed, incorrect, limits, ok, type Result } from "#kernel";
import { parseSearchExpression } from "./search-expression.ts";
import { type SearchParameter, type SearchParameterType, searchParameterOf } from "./search-parameters.ts";

/** What a search is sorted by. */
export interface SortKey {
  readonly parameter: string;
  readonly type: SearchParameterType;
  readonly descending: boolean;
  /** The references that lead to the resource that has the parameter; empty: the resource found has it. */
  readonly through: readonly SortLink[];
}

export interface SortLink {
  readonly parameter: string;
  /** The type it leads to. */
  readonly to: string;
}

/**
 * Reads `-birthdate`, and `patient.family` or `subject:Patient.family` as chains are written. Problems: incorrect, codes
 * `unknown-search-parameter` and, where a reference may lead to several types and none is named, `wrong-search-value`.
 */
export function sortKeyOf(type: string, text: string): Result<SortKey> {
  const name = text.replace(/^-/, "");
  const descending = text !== name;
  const key = chained(type, name, 0);
  return key.ok ? ok({ ...key.value, descending }) : key;
}

type Undirected = Omit<SortKey, "descending">;

function chained(type: string, name: string, links: number): Result<Undirected> {
  const dot = name.indexOf(".");
  if (dot === -1) return last(searchParameterOf(type, name));
  const [code = "", asked, ...more] = name.slice(0, dot).split(":");
  const reference = searchParameterOf(type, code);
  if (reference?.type !== "reference" || more.length > 0 || links === limits.searchChainMax) return failed(unknown);
  const [to, ...others] = asked === undefined ? targetsOf(reference) : [asked];
  if (to === undefined || others.length > 0) return failed(ambiguous);
  const rest = chained(to, name.slice(dot + 1), links + 1);
  return rest.ok ? ok({ ...rest.value, through: [{ parameter: code, to }, ...rest.value.through] }) : rest;
}

/** `patient` leads to patients alone, whatever `subject` may name besides. */
function targetsOf({ expression, targets }: SearchParameter): readonly string[] {
  const parsed = parseSearchExpression(expression ?? "");
  if (parsed?.kind !== "where" || parsed.condition.kind !== "resolves-to") return targets;
  return [parsed.condition.type];
}

function last(parameter: SearchParameter | undefined): Result<Undirected> {
  if (parameter === undefined || parameter.type === "special" || parameter.type === "composite") return failed(unknown);
  return ok({ parameter: parameter.code, type: parameter.type, through: [] });
}

const where = { where: "_sort" };
const unknown = incorrect(
  "unknown-search-parameter",
  "_sort names something to sort by that this type has not.",
  where,
);
const ambiguous = incorrect(
  "wrong-search-value",
  "The reference may lead to several types: write which, as in subject:Patient.family.",
  where,
);

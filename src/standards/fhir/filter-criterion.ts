import { failed, incorrect, limits, ok, type Result } from "#kernel";
import type { ChainTarget, Criterion } from "./search-criterion.ts";
import { type FilterTerm, parseFilter } from "./search-filter.ts";
import { searchParameterOf } from "./search-parameters.ts";
import { stringReadingBy } from "./search-reading.ts";
import { splitEscaped } from "./search-text.ts";

/** Where a condition of a filter is read. */
export interface FilterPlace {
  /** The type that its path begins at. */
  readonly type: string;
  /** How many references were followed before. */
  readonly chain: number;
  /** Reads a parameter of the type: its name with modifier and chain, and its value, escaped. */
  readonly read: (place: FilterPlace, name: string, value: string) => Result<Criterion>;
}

/** Reads a whole `_filter`. Problems: those of `parseFilter` and of its conditions. */
export function filterCriterion(place: FilterPlace, text: string): Result<Criterion> {
  return parseFilter(text, (term) => termCriterion(place, term));
}

/**
 * A condition of a filter is read as the parameter that says the same: `birthdate ge 1957` as `birthdate=ge1957`.
 * Source: FHIR R4 §3.1.3.1.3 (filter operations).
 */
function termCriterion(place: FilterPlace, term: FilterTerm): Result<Criterion> {
  const { path, operator, value, through } = term;
  if (through !== undefined) return throughCriterion(place, through, { path, operator, value });
  const escaped = value.replace(/[\\,$]/g, "\\$&");
  const read = (modifier: string, given: string) => place.read(place, path + modifier, given);
  const type = path.includes(".") ? undefined : searchParameterOf(place.type, path)?.type;
  switch (operator) {
    case "eq":
      return type === "string" ? stringCriterion(path, "equal", escaped) : read("", escaped);
    case "ne":
      return negated(termCriterion(place, { ...term, operator: "eq" }));
    case "ew":
      if (type !== "string") return wrong("ew is for texts of the resource itself.");
      return stringCriterion(path, "ends", escaped);
    case "pr":
      return read(":missing", value === "true" ? "false" : value === "false" ? "true" : value);
    case "co":
      return read(type === "token" ? ":text" : ":contains", escaped);
    case "sw":
    case "re":
      return read("", escaped);
    case "in":
    case "ss":
    case "sb":
      return read({ in: ":in", ss: ":above", sb: ":below" }[operator], escaped);
    case "ni":
      return read(":not-in", escaped);
    case "po":
      return overlapping(read("", escaped));
    default:
      return read("", `${operator}${escaped}`);
  }
}

function negated(criterion: Result<Criterion>): Result<Criterion> {
  return criterion.ok ? ok({ kind: "not", of: criterion.value }) : criterion;
}

/** `subject[gender eq male].name`: both hold of one and the same resource that the reference leads to. */
function throughCriterion(
  { type, chain, read }: FilterPlace,
  { reference, filter }: NonNullable<FilterTerm["through"]>,
  rest: FilterTerm,
): Result<Criterion> {
  const [code = "", asked] = reference.split(":");
  const parameter = searchParameterOf(type, code);
  if (parameter?.type !== "reference") return wrong("Only references may have a filter in square brackets.");
  if (chain === limits.searchChainMax) return wrong(`A chain has ${limits.searchChainMax} links at most.`);
  const types = asked === undefined ? parameter.targets : [asked];
  const to: ChainTarget[] = [];
  let refused: Result<Criterion> = wrong("The reference leads nowhere.");
  for (const target of types) {
    const both = bothOf({ type: target, chain: chain + 1, read }, filter, rest);
    if (both.ok) to.push({ type: target, criterion: both.value });
    else if (both.problems[0].code === "too-costly") return both;
    else refused = both;
  }
  return to.length > 0 ? ok({ kind: "chain", parameter: code, to }) : refused;
}

function bothOf(place: FilterPlace, filter: string, rest: FilterTerm): Result<Criterion> {
  const first = filterCriterion(place, filter);
  const second = first.ok ? termCriterion(place, rest) : first;
  return first.ok && second.ok ? ok({ kind: "all", of: [first.value, second.value] }) : second;
}

function overlapping(criterion: Result<Criterion>): Result<Criterion> {
  if (!criterion.ok) return criterion;
  switch (criterion.value.kind) {
    case "date":
      return ok({ ...criterion.value, any: criterion.value.any.map((date) => ({ ...date, prefix: "po" as const })) });
    case "chain": {
      const to: ChainTarget[] = [];
      for (const target of criterion.value.to) {
        const inner = overlapping(ok(target.criterion));
        if (!inner.ok) return inner;
        to.push({ ...target, criterion: inner.value });
      }
      return ok({ ...criterion.value, to });
    }
    default:
      return wrong("po is for dates.");
  }
}

function stringCriterion(parameter: string, modifier: "equal" | "ends", escaped: string): Result<Criterion> {
  const reading = stringReadingBy(parameter, modifier);
  const criterion = reading.criterion(splitEscaped(escaped, ","));
  return criterion === undefined ? wrong(reading.expected) : ok(criterion);
}

function wrong(message: string): Result<never> {
  return failed(incorrect("wrong-search-value", message, { where: "_filter" }));
}

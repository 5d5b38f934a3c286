import { failed, incorrect, limits, ok, type Problem, type Result, unsupported } from "#kernel";
import { type FilterPlace, filterCriterion } from "./filter-criterion.ts";
import type { ChainTarget, Criterion } from "./search-criterion.ts";
import { type SearchParameter, searchParameterOf } from "./search-parameters.ts";
import { type Asked, readingOf } from "./search-reading.ts";
import { splitEscaped } from "./search-text.ts";

/** A parameter as it stands in the URL, decoded: its name with modifier and chain, and its value. */
export interface WrittenParameter {
  readonly name: string;
  readonly value: string;
  readonly offsetMinutes: number;
}

/** One condition of a search of `type`. Problems as of `parseSearchQuery`. */
export function parseCriterion(type: string, written: WrittenParameter): Result<Criterion> {
  return criterionOf({ type, name: written.name, chain: 0 }, { ...written, reads: { left: limits.searchReadsMax } });
}

/** With how often the types that chains may lead to may still be tried. */
type Written = WrittenParameter & { readonly reads: { left: number } };

/** What is left of a name to read, and how many links of a chain were read before. */
interface Name {
  readonly type: string;
  readonly name: string;
  readonly chain: number;
}

function criterionOf({ type, name, chain }: Name, written: Written): Result<Criterion> {
  if (chain > limits.searchChainMax) {
    return failed(wrongValue(written, `A chain has ${limits.searchChainMax} links at most.`));
  }
  written.reads.left -= 1;
  if (written.reads.left < 0) return failed(tooManyTypes(written));
  if (name === "_list") return ok({ kind: "special", parameter: "_list", any: splitEscaped(written.value, ",") });
  if (name === "_filter" && chain === 0) {
    const read = (place: FilterPlace, path: string, value: string) =>
      criterionOf({ type: place.type, name: path, chain: place.chain }, { ...written, value });
    return filterCriterion({ type, chain, read }, written.value);
  }
  if (name.startsWith("_has:")) return reverseChain({ type, name, chain }, written);
  const dot = name.indexOf(".");
  const [code = "", modifier, ...more] = (dot < 0 ? name : name.slice(0, dot)).split(":");
  const parameter = searchParameterOf(type, code);
  if (parameter === undefined || more.length > 0) return failed(unknownParameter(written));
  if (dot < 0) return simpleCriterion({ type, parameter, modifier, offsetMinutes: written.offsetMinutes }, written);
  return chained({ parameter, modifier, rest: name.slice(dot + 1), chain }, written);
}

interface ChainLink {
  readonly parameter: SearchParameter;
  /** The type after the colon, where one is written. */
  readonly modifier: string | undefined;
  readonly rest: string;
  readonly chain: number;
}

/** Types of the reference that do not have the rest of the chain are left out; at least one must have it. */
function chained({ parameter, modifier, rest, chain }: ChainLink, written: Written): Result<Criterion> {
  const types = modifier === undefined ? parameter.targets : [modifier];
  if (parameter.type !== "reference" || types.length === 0) return failed(unknownParameter(written));
  const to: ChainTarget[] = [];
  const problems: Problem[] = [];
  for (const type of types) {
    const read = criterionOf({ type, name: rest, chain: chain + 1 }, written);
    if (read.ok) to.push({ type, criterion: read.value });
    else if (read.problems[0].code === "too-costly") return read;
    else problems.push(...read.problems);
  }
  if (to.length > 0) return ok({ kind: "chain", parameter: parameter.code, to });
  return failed(problems.find((problem) => problem.code === "wrong-search-value") ?? unknownParameter(written));
}

function reverseChain({ type, name, chain }: Name, written: Written): Result<Criterion> {
  const [, source = "", code = "", ...rest] = name.split(":");
  const parameter = searchParameterOf(source, code);
  const refersHere = parameter?.targets.length === 0 || parameter?.targets.includes(type) === true;
  if (parameter?.type !== "reference" || !refersHere || rest.length === 0) return failed(unknownParameter(written));
  const read = criterionOf({ type: source, name: rest.join(":"), chain: chain + 1 }, written);
  return read.ok ? ok({ kind: "reverse-chain", source, parameter: code, criterion: read.value }) : read;
}

function simpleCriterion(asked: Asked, written: Written): Result<Criterion> {
  if (asked.modifier === "missing") return missingCriterion(asked.parameter, written);
  const texts = splitEscaped(written.value, ",");
  if (texts.length > limits.searchValuesMax) {
    const message = `A parameter has ${limits.searchValuesMax} values at most.`;
    return failed(incorrect("too-many-search-values", message, { where: written.name }));
  }
  const reading = readingOf(asked);
  if (reading === undefined) return failed(unknownParameter(written));
  const criterion = reading.criterion(texts);
  return criterion === undefined ? failed(wrongValue(written, reading.expected)) : ok(criterion);
}

function missingCriterion({ code }: SearchParameter, written: Written): Result<Criterion> {
  if (written.value !== "true" && written.value !== "false") {
    return failed(wrongValue(written, "A value with :missing must be true or false."));
  }
  return ok({ kind: "missing", parameter: code, missing: written.value === "true" });
}

function tooManyTypes({ name }: WrittenParameter): Problem {
  const message = "The chain may lead to too many types: name them, as in subject:Patient.name.";
  return unsupported("too-costly", message, { where: name });
}

function unknownParameter({ name }: WrittenParameter): Problem {
  const message = "This type has no such search parameter, or the parameter has no such modifier.";
  return incorrect("unknown-search-parameter", message, { where: name });
}

function wrongValue({ name }: WrittenParameter, message: string): Problem {
  return incorrect("wrong-search-value", message, { where: name });
}

import { parseSearchExpression } from "./search-expression.ts";
import {
  addedSearchParameterOf,
  rememberByType,
  type SearchParameter,
  searchParametersOf,
  standardSearchParametersOf,
} from "./search-parameters.ts";

/** A parameter that finds those values of another that refer to one type: `patient` beside `subject`. */
export interface NarrowerParameter {
  readonly code: string;
  /** The type that its references point at. */
  readonly target: string;
}

interface Aliases {
  readonly unions: ReadonlyMap<string, readonly string[]>;
  readonly narrower: ReadonlyMap<string, NarrowerParameter>;
  /** The targets of the narrower ones, by their own codes. */
  readonly narrowed: ReadonlyMap<string, string>;
}

/**
 * The parameters whose values together are those of this one: `code` and `component-code` for `combo-code`; the parameter
 * itself where no others say the same. Read from the expressions, so that nothing is indexed twice.
 */
export function sameValuesAs(type: string, code: string): readonly string[] {
  const added = addedSearchParameterOf(type, code);
  return added === undefined ? (aliasesOf(type).unions.get(code) ?? [code]) : [added.heldAs];
}

/** The parameter that already holds the references of this one to a certain type. */
export function narrowerThan(type: string, code: string): NarrowerParameter | undefined {
  return aliasesOf(type).narrower.get(code);
}

/** The one type that references of a parameter are to, which is narrower than another: of `patient` that is Patient. */
export function narrowedTo(type: string, code: string): string | undefined {
  return aliasesOf(type).narrowed.get(code);
}

const aliasesOf = rememberByType((type): Aliases => {
  const parameters = standardSearchParametersOf(type).flatMap((parameter): Candidate[] => {
    const parts = partsOf(parameter);
    return parts === undefined ? [] : [{ parameter, parts }];
  });
  const narrower = narrowerOf(parameters);
  const narrowed = new Map([...narrower.values()].map(({ code, target }) => [code, target]));
  return { unions: unionsOf(parameters), narrower, narrowed };
});

interface Candidate {
  readonly parameter: SearchParameter;
  readonly parts: ReadonlySet<string>;
}

/** The alternatives of the expression, each as a text that is equal for equal ones. */
function partsOf({ type, expression }: SearchParameter): ReadonlySet<string> | undefined {
  if (type === "composite" || type === "special" || expression === undefined) return undefined;
  const parsed = parseSearchExpression(expression);
  if (parsed === undefined) return undefined;
  const parts = parsed.kind === "union" ? parsed.parts : [parsed];
  return new Set(parts.map((part) => JSON.stringify(part)));
}

function unionsOf(candidates: readonly Candidate[]): ReadonlyMap<string, readonly string[]> {
  const unions = new Map<string, readonly string[]>();
  candidates.forEach((candidate, at) => {
    const within = candidates.filter((other, otherAt) => {
      if (other === candidate || other.parameter.type !== candidate.parameter.type) return false;
      if (!isWithin(other.parts, candidate.parts) || unions.has(other.parameter.code)) return false;
      // Of those that say the same, the first one keeps the values.
      return other.parts.size < candidate.parts.size || otherAt < at;
    });
    const covered = new Set(within.flatMap(({ parts }) => [...parts]));
    if (within.length > 0 && covered.size === candidate.parts.size) {
      unions.set(candidate.parameter.code, withoutRepeats(within));
    }
  });
  return unions;
}

/** Leaves out what the others hold already. */
function withoutRepeats(candidates: readonly Candidate[]): readonly string[] {
  const kept = candidates.filter(({ parts }, at) => {
    const others = candidates.filter((_, otherAt) => otherAt !== at);
    return !others.some(
      (other, otherAt) => isWithin(parts, other.parts) && (parts.size < other.parts.size || otherAt < at),
    );
  });
  return kept.map(({ parameter }) => parameter.code);
}

function isWithin(parts: ReadonlySet<string>, whole: ReadonlySet<string>): boolean {
  return [...parts].every((part) => whole.has(part));
}

function narrowerOf(candidates: readonly Candidate[]): ReadonlyMap<string, NarrowerParameter> {
  const narrower = new Map<string, NarrowerParameter>();
  for (const { parameter } of candidates) {
    const parsed = parameter.type === "reference" ? parseSearchExpression(parameter.expression ?? "") : undefined;
    if (parsed?.kind !== "where" || parsed.condition.kind !== "resolves-to") continue;
    const whole = JSON.stringify(parsed.of);
    const wider = candidates.find(({ parts }) => parts.size === 1 && parts.has(whole));
    if (wider !== undefined)
      narrower.set(wider.parameter.code, { code: parameter.code, target: parsed.condition.type });
  }
  return narrower;
}

/** The codes of a type that have values of their own in the index. */
export function indexedParameterCodes(type: string): readonly string[] {
  const { unions } = aliasesOf(type);
  return searchParametersOf(type)
    .map(({ code }) => code)
    .filter((code) => !unions.has(code));
}

import { failed, limits, ok, type Result, unsupported } from "#kernel";
import type { Clause, CodesUnder, ConceptsAsked } from "./clause.ts";

/** What the record asks of terminology when it searches. Implemented by `#terminology`. */
export interface SearchConcepts {
  /** Every code of a value set. Problems: not-found; unsupported `too-costly`. */
  expandForSearch(valueSetUrl: string): Promise<Result<readonly { readonly system: string; readonly code: string }[]>>;
  /** The code and everything below it. */
  descendants(system: string, code: string): Promise<Result<readonly string[]>>;
  /** The code and everything above it. */
  ancestors(system: string, code: string): Promise<Result<readonly string[]>>;
}

/**
 * The clauses with the codes that terminology knows in place of what was asked of it. Problems: those of the port;
 * unsupported, code `unsupported-search`, without one, and `too-costly` for more than `limits.searchCodesMax` codes.
 */
export async function withConcepts(
  clauses: readonly Clause[],
  concepts: SearchConcepts | undefined,
): Promise<Result<readonly Clause[]>> {
  const found: Clause[] = [];
  for (const clause of clauses) {
    const known = await withConceptsIn(clause, concepts);
    if (!known.ok) return known;
    found.push(known.value);
  }
  return ok(found);
}

async function withConceptsIn(clause: Clause, concepts: SearchConcepts | undefined): Promise<Result<Clause>> {
  switch (clause.is) {
    case "concepts":
      return concepts === undefined ? failed(noTerminology) : lookUp(clause, concepts);
    case "refers":
    case "referred": {
      const all = await withConcepts(clause.all, concepts);
      return all.ok ? ok({ ...clause, all: all.value }) : all;
    }
    case "all":
    case "any": {
      const of = await withConcepts(clause.of, concepts);
      return of.ok ? ok({ ...clause, of: of.value }) : of;
    }
    case "not": {
      const of = await withConceptsIn(clause.of, concepts);
      return of.ok ? ok({ is: "not", of: of.value }) : of;
    }
    default:
      return ok(clause);
  }
}

async function lookUp(
  { under, asked }: Clause & { readonly is: "concepts" },
  concepts: SearchConcepts,
): Promise<Result<Clause>> {
  const keys = new Set<string>();
  for (const each of asked) {
    const codes = await codesOf(each, concepts);
    if (!codes.ok) return codes;
    for (const code of codes.value) for (const parameter of under) addKey(keys, parameter, code);
    if (keys.size > limits.searchCodesMax) return failed(tooCostly);
  }
  return ok(keys.size === 0 ? { is: "never" } : { is: "key", any: [...keys] });
}

interface Code {
  readonly system: string;
  readonly code: string;
}

async function codesOf(asked: ConceptsAsked, concepts: SearchConcepts): Promise<Result<readonly Code[]>> {
  if (asked.is === "in") return concepts.expandForSearch(asked.url);
  const { system, code } = asked;
  const codes = await (asked.is === "below" ? concepts.descendants(system, code) : concepts.ancestors(system, code));
  return codes.ok ? ok(codes.value.map((each) => ({ system, code: each }))) : codes;
}

function addKey(keys: Set<string>, { parameter, systems }: CodesUnder, { system, code }: Code): void {
  const escaped = code.replaceAll("|", "\\|");
  if (systems === undefined) keys.add(`${parameter}=${system}|${escaped}`);
  else if (systems.includes(system)) keys.add(`${parameter}=${escaped}`);
}

const noTerminology = unsupported(
  "unsupported-search",
  "Terminology is not at hand here, so codes cannot be looked up.",
);
const tooCostly = unsupported(
  "too-costly",
  `These are more than ${limits.searchCodesMax} codes, which is more than can be searched by.`,
);

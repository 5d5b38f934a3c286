import { failed, type Instant, type Result, unsupported } from "#kernel";
import { type Criterion, sameValuesAs } from "#standards/fhir";
import type { Clause } from "../../documents/clause.ts";

export interface ClauseSettings {
  /** The type that is searched. */
  readonly type: string;
  /** The address of this server, under which its own resources may be referred to; undefined: only relative ones. */
  readonly base?: string | undefined;
  readonly now: Instant;
}

/** What a criterion is read with; inside a chain, `settings` are of the type at its other end. */
export interface Reading {
  readonly settings: ClauseSettings;
  /** The parameter as it was written. */
  readonly where: string;
  /** Reads a criterion inside this one. */
  readonly inner: (criterion: Criterion, settings: ClauseSettings) => Result<Clause>;
}

/** Problem: unsupported, code `unsupported-search`. */
export function refused({ where }: Pick<Reading, "where">, message: string): Result<never> {
  return failed(unsupported("unsupported-search", message, { where }));
}

/** Documents that carry one of these keys under the parameter, or under those that hold its values. */
export function anyKey(type: string, parameter: string, keysUnder: (code: string) => readonly string[]): Clause {
  const keys = sameValuesAs(type, parameter).flatMap(keysUnder);
  return keys.length === 0 ? { is: "never" } : { is: "key", any: [...new Set(keys)] };
}

/** One of the clauses; itself where it is the only one. */
export function anyClause(of: readonly Clause[]): Clause {
  const [only] = of;
  if (only === undefined) return { is: "never" };
  return of.length === 1 ? only : { is: "any", of };
}

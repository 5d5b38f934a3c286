import { ok, type Result } from "#kernel";
import { type Criterion, normaliseText, plainTokenOf, sameValuesAs, type TokenValue } from "#standards/fhir";
import type { Clause, ConceptsAsked } from "../../documents/clause.ts";
import { systemKey, tokenKey, typedKey } from "../fhir-entries.ts";
import { anyClause, anyKey, type Reading, refused } from "./criterion-clause.ts";

type Of<K extends Criterion["kind"]> = Criterion & { readonly kind: K };

/** Source: FHIR R4 §3.1.1.4.10 (token), §3.1.1.4.4 (modifiers). */
export function tokenClause(criterion: Of<"token">, reading: Reading): Result<Clause> {
  const { parameter, modifier, any } = criterion;
  const { type } = reading.settings;
  switch (modifier) {
    case undefined:
      return ok(plainClause(criterion, type));
    case "not":
      return ok({ is: "not", of: plainClause(criterion, type) });
    case "above":
    case "below": {
      const asked = any.flatMap(({ system, code }) => (system && code ? [{ is: modifier, system, code }] : []));
      if (asked.length < any.length) return refused(reading, "With :above and :below a code is written system|code.");
      return ok(conceptsClause(type, parameter, asked));
    }
  }
}

function plainClause({ parameter, any }: Of<"token">, type: string): Clause {
  if (parameter === "_id") return { is: "id", any: any.flatMap(({ system, code }) => (system ? [] : (code ?? []))) };
  return anyKey(type, parameter, (code) => any.flatMap((value) => tokenKeys(type, code, value)));
}

/** The keys under `parameter` of a type that a token is found by; a system that its values cannot have finds nothing. */
function tokenKeys(type: string, parameter: string, value: TokenValue): readonly string[] {
  const { system, code } = value;
  const plain = plainTokenOf(type, parameter);
  if (plain === undefined) return statedKeys(parameter, value);
  if (code === undefined || (system && !plain.systems.includes(system))) return [];
  return [tokenKey(parameter, undefined, code)];
}

function statedKeys(parameter: string, { system, code }: TokenValue): readonly string[] {
  if (code !== undefined) return [tokenKey(parameter, system, code)];
  return system === undefined ? [] : [systemKey(parameter, system)];
}

/** `:in` and `:not-in`. */
export function valueSetClause({ parameter, negated, any }: Of<"token-in">, { settings }: Reading): Clause {
  const asked = any.map((url) => ({ is: "in", url }) as const);
  const clause = conceptsClause(settings.type, parameter, asked);
  return negated ? { is: "not", of: clause } : clause;
}

function conceptsClause(type: string, parameter: string, asked: readonly ConceptsAsked[]): Clause {
  const under = sameValuesAs(type, parameter).map((code) => ({
    parameter: code,
    systems: plainTokenOf(type, code)?.systems,
  }));
  return { is: "concepts", under, asked };
}

/** `:text` */
export function termClause({ parameter, any }: Of<"token-text">, { settings }: Reading): Clause {
  const texts = any.map(normaliseText);
  return anyClause(sameValuesAs(settings.type, parameter).map((code) => ({ is: "term", parameter: code, any: texts })));
}

/** `:of-type` */
export function typedClause({ parameter, any }: Of<"token-of-type">, { settings }: Reading): Clause {
  return anyKey(settings.type, parameter, (code) =>
    any.map(({ typeSystem, typeCode, value }) => typedKey(code, { system: typeSystem, code: typeCode }, value)),
  );
}

/** `:identifier` of a reference. */
export function identifierClause({ parameter, any }: Of<"reference-identifier">, { settings }: Reading): Clause {
  return anyKey(settings.type, parameter, (code) => any.flatMap((value) => statedKeys(`${code}:identifier`, value)));
}

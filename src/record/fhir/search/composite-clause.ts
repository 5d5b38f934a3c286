import { ok, type Result } from "#kernel";
import {
  type CompositePart,
  type Criterion,
  compositeParts,
  searchParameterOf,
  type TokenValue,
} from "#standards/fhir";
import type { Clause } from "../../documents/clause.ts";
import { pairKey, tupleParameter, tupleToken } from "../fhir-entries.ts";
import { underCodes } from "../filed-under.ts";
import { anyClause, type Reading, refused } from "./criterion-clause.ts";
import { quantityBounds } from "./number-bounds.ts";

type Composite = Criterion & { readonly kind: "composite" };

/** Source: FHIR R4 §3.1.1.4.14 (composite). */
export function compositeClause({ parameter, any }: Composite, reading: Reading): Result<Clause> {
  const { type } = reading.settings;
  const definition = searchParameterOf(type, parameter);
  const parts = definition && compositeParts(type, definition);
  if (parts === undefined) return refused(reading, "Corridor does not search by this composite.");
  const clauses: Clause[] = [];
  for (const components of any) {
    for (const part of parts) {
      const clause = partClause({ parameter, part, components }, reading);
      if (!clause.ok) return clause;
      clauses.push(clause.value);
    }
  }
  return ok(anyClause(clauses));
}

interface PartAsked {
  readonly parameter: string;
  readonly part: CompositePart;
  /** One criterion for each component, of one value. */
  readonly components: readonly Criterion[];
}

function partClause({ parameter, part, components }: PartAsked, reading: Reading): Result<Clause> {
  if (part.kind === "tuple") return tupleClause(parameter, components, reading);
  const all: Clause[] = [];
  for (const [at, criterion] of components.entries()) {
    const code = part.parameters[at];
    if (code === undefined || !("parameter" in criterion)) return refused(reading, noSuchTuple);
    const clause = reading.inner({ ...criterion, parameter: code }, reading.settings);
    if (!clause.ok) return clause;
    all.push(clause.value);
  }
  const of = underCodes(reading.settings.type, all);
  const [only] = of;
  return ok(of.length === 1 && only !== undefined ? only : { is: "all", of });
}

const noSuchTuple = "In this composite a code must be written code or system|code.";

function tupleClause(parameter: string, [first, second]: readonly Criterion[], reading: Reading): Result<Clause> {
  const text = first?.kind === "token" ? tokenText(first.any[0]) : undefined;
  if (text === undefined || second === undefined) return refused(reading, noSuchTuple);
  switch (second.kind) {
    case "quantity": {
      const held = tupleParameter(parameter, text);
      const bounds = second.any.map((value) => quantityBounds(held, value));
      const known = bounds.flatMap((each) => each ?? []);
      return bounds.includes(undefined)
        ? refused(reading, "A unit is written system|code, or with its code alone.")
        : ok({ is: "number", any: known });
    }
    case "token": {
      const other = tokenText(second.any[0]);
      return other === undefined
        ? refused(reading, noSuchTuple)
        : ok({ is: "key", any: [pairKey(parameter, text, other)] });
    }
    case "reference": {
      const targets = second.any.flatMap((value) =>
        value.form === "url" ? [value.url] : value.types.map((type) => `${type}/${value.id}`),
      );
      return ok({ is: "key", any: targets.map((target) => pairKey(parameter, text, target)) });
    }
    default:
      return refused(reading, "Corridor does not search by this composite.");
  }
}

function tokenText(value: TokenValue | undefined): string | undefined {
  return value?.code === undefined ? undefined : tupleToken(value.system, value.code);
}

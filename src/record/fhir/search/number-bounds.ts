import type { NumberValue, QuantityValue } from "#standards/fhir";
import { canonicalQuantity } from "#standards/ucum";
import type { NumberBounds, NumberComparison } from "../../documents/clause.ts";
import { canonicalParameter, ucumSystem } from "../fhir-entries.ts";

type Compared = Pick<NumberValue, "prefix" | "value" | "low" | "high">;
type Alternatives = readonly (readonly NumberComparison[])[];

/**
 * The comparisons that satisfy one number of a search; one of the lists must hold. Precision as written counts for
 * equality alone; `ap` allows a tenth on either side.
 * Source: FHIR R4 §3.1.1.4.5 (prefixes), §3.1.1.4.6 (number).
 */
function comparisons({ prefix, value, low, high }: Compared): Alternatives {
  switch (prefix) {
    case "eq":
      return [[from("low", ">=", low), from("high", "<", high)]];
    case "ne":
      return [[from("low", "<", low)], [from("high", ">=", high)]];
    case "gt":
      return [[from("high", ">", value)]];
    case "lt":
      return [[from("low", "<", value)]];
    case "ge":
      return [[from("high", ">=", value)]];
    case "le":
      return [[from("low", "<=", value)]];
    case "sa":
      return [[from("low", ">", value)]];
    case "eb":
      return [[from("high", "<", value)]];
    case "ap": {
      const around = Math.abs(value) / 10;
      const [least, most] = [Math.min(low, value - around), Math.max(high, value + around)];
      return [[from("high", ">=", least), from("low", "<=", most)]];
    }
  }
}

function from(end: NumberComparison["end"], is: NumberComparison["is"], value: number): NumberComparison {
  return { end, is, value };
}

export function numberBounds(parameter: string, value: NumberValue): readonly NumberBounds[] {
  return comparisons(value).map((where) => ({ parameter, where }));
}

/**
 * A quantity with a UCUM code is compared in canonical units, whatever the unit it is kept in; one with another system or
 * none by its unit as it is written; one without a unit by its number. Undefined for a system without a code.
 * Source: FHIR R4 §3.1.1.4.11 (quantity).
 */
export function quantityBounds(parameter: string, asked: QuantityValue): readonly NumberBounds[] | undefined {
  const { system, code } = asked;
  if (code === undefined) return system === undefined ? numberBounds(parameter, asked) : undefined;
  if (system === undefined) {
    return comparisons(asked).map((where) => ({ parameter, where, unit: { codeOrLabel: code } }));
  }
  const canonical = system === ucumSystem ? inCanonicalUnits(asked, code) : undefined;
  if (canonical === undefined) {
    return comparisons(asked).map((where) => ({ parameter, where, unit: { coded: `${system}|${code}` } }));
  }
  const held = canonicalParameter(parameter, canonical.unit);
  return comparisons(canonical).map((where) => ({ parameter: held, where: where.map(withTolerance) }));
}

function inCanonicalUnits({ prefix, value, low, high }: QuantityValue, code: string) {
  const [exact, least, most] = [value, low, high].map((number) => canonicalQuantity(number, code));
  if (exact === undefined || least === undefined || most === undefined) return undefined;
  return { prefix, unit: exact.unit, value: exact.value, low: least.value, high: most.value };
}

/** What factors of units add to a double is far below what anybody measures. */
const tolerance = 1e-12;

/** A comparison that equality satisfies is a little wider, one that it does not a little narrower. */
function withTolerance({ end, is, value }: NumberComparison): NumberComparison {
  const slack = Math.abs(value) * tolerance;
  return { end, is, value: is === ">=" || is === "<" ? value - slack : value + slack };
}

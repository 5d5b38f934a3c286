import { limits } from "#kernel";
import { parseUnit } from "./expression.ts";
import { type Factor, scaled } from "./factor.ts";
import { dimensionText } from "./unit.ts";

interface CanonicalUnit {
  /** `g.m-3`; undefined where no value can be given in base units. */
  readonly text: string | undefined;
  readonly factor: Factor;
  readonly toBase: ((value: number) => number) | undefined;
}

const known = new Map<string, CanonicalUnit | undefined>();

/**
 * A quantity in base units (m, s, g, rad, K, C, cd), so that quantities of one kind can be compared whatever their units:
 * 5.4 `mg/dL` is 54 `g.m-3`. The unit's parts are sorted by code; `1` is without dimension. Temperatures and other special
 * units are taken to the scale of their base: 37 `Cel` is 310.15 `K`. Arbitrary units (`[iU]`) are like no other and stay.
 * Undefined where the text is no unit, where a special unit is part of a product, and where the value cannot be expressed.
 * Source: UCUM 2.2, §17 to §24.
 */
export function canonicalQuantity(
  value: number,
  unit: string,
): { readonly value: number; readonly unit: string } | undefined {
  const canonical = canonicalUnit(unit);
  if (canonical?.text === undefined) return undefined;
  const { text, factor, toBase } = canonical;
  const inBase = scaled(toBase === undefined ? value : toBase(value), factor);
  return Number.isFinite(inBase) ? { value: inBase, unit: text } : undefined;
}

/** Whether the text is a unit by the case-sensitive codes of UCUM. The empty text is none. */
export function isUcumUnit(unit: string): boolean {
  return canonicalUnit(unit) !== undefined;
}

function canonicalUnit(unit: string): CanonicalUnit | undefined {
  if (known.has(unit)) return known.get(unit);
  const parsed = parseUnit(unit);
  const canonical = parsed && {
    text: parsed.isMeaningless === true ? undefined : dimensionText(parsed),
    factor: parsed.factor,
    toBase: parsed.toBase,
  };
  if (known.size >= limits.ucumUnitsKnownMax) known.clear();
  known.set(unit, canonical);
  return canonical;
}

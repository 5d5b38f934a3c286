import { type Factor, one, times, toThePower } from "./factor.ts";

/** A unit in base units. */
export interface Unit {
  readonly factor: Factor;
  /** Exponents of base units; an arbitrary unit, which is like no other, is a base unit of its own. */
  readonly dimensions: ReadonlyMap<string, number>;
  /** For a unit on another scale than its base (`Cel`): the value on the base's scale, before the factor. */
  readonly toBase?: (value: number) => number;
  /** A special unit took part in a product or a power, which has no meaning. Source: UCUM §21 to §23. */
  readonly isMeaningless?: true;
}

export const unity: Unit = { factor: one, dimensions: new Map() };

export function baseUnit(code: string): Unit {
  return { factor: one, dimensions: new Map([[code, 1]]) };
}

export function number(factor: Factor): Unit {
  return { factor, dimensions: unity.dimensions };
}

export function product(a: Unit, b: Unit): Unit {
  const plain = { factor: times(a.factor, b.factor), dimensions: joined(a.dimensions, b.dimensions) };
  return isSpecial(a) || isSpecial(b) ? { ...plain, isMeaningless: true } : plain;
}

export function power(unit: Unit, exponent: number): Unit {
  const dimensions = new Map<string, number>();
  if (exponent !== 0) for (const [code, count] of unit.dimensions) dimensions.set(code, count * exponent);
  const plain = { factor: toThePower(unit.factor, exponent), dimensions };
  return isSpecial(unit) ? { ...plain, isMeaningless: true } : plain;
}

/** A unit with a prefix: of a special unit, what is measured is scaled first. Source: UCUM §22. */
export function prefixed(unit: Unit, prefix: Factor, scale: number): Unit {
  const { toBase } = unit;
  if (toBase === undefined) return { ...unit, factor: times(unit.factor, prefix) };
  return { ...unit, toBase: (value) => toBase(value * scale) };
}

/** `g.m-3`, sorted by code; `1` without dimension. */
export function dimensionText({ dimensions }: Unit): string {
  const codes = [...dimensions.keys()].sort();
  const parts = codes.map((code) => (dimensions.get(code) === 1 ? code : `${code}${dimensions.get(code)}`));
  return parts.length === 0 ? "1" : parts.join(".");
}

function isSpecial(unit: Unit): boolean {
  return unit.toBase !== undefined || unit.isMeaningless === true;
}

function joined(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  if (b.size === 0) return a;
  const sum = new Map(a);
  for (const [code, count] of b) {
    const total = (sum.get(code) ?? 0) + count;
    if (total === 0) sum.delete(code);
    else sum.set(code, total);
  }
  return sum;
}

import { type Factor, factorOf, scaled } from "./factor.ts";
import tables from "./generated/atoms.json" with { type: "json" };
import { specialScales } from "./special.ts";
import { baseUnit, number, prefixed, product, type Unit } from "./unit.ts";

/** The version of UCUM that the units are of. */
export const ucumVersion: string = tables.version;

type ParseUnit = (text: string) => Unit | undefined;

const rows = new Map<string, readonly string[]>(Object.entries(tables.units));
const bases: ReadonlySet<string> = new Set(tables.base);
const prefixes = new Map<string, Factor>(Object.entries(tables.prefixes).map(([code, text]) => [code, factorOf(text)]));

/**
 * What a symbol without exponent stands for: a unit, or a prefix and a unit that takes one. A symbol that is both is the unit.
 * Source: UCUM §4, §11 to §13.
 */
export function symbolUnit(symbol: string, parse: ParseUnit): Unit | undefined {
  const whole = atomUnit(symbol, parse);
  if (whole !== undefined) return whole;
  for (const length of [1, 2]) {
    const prefix = prefixes.get(symbol.slice(0, length));
    const rest = symbol.slice(length);
    if (prefix === undefined || !takesPrefix(rest)) continue;
    const unit = atomUnit(rest, parse);
    if (unit !== undefined) return prefixed(unit, prefix, scaled(1, prefix));
  }
  return undefined;
}

function takesPrefix(code: string): boolean {
  return bases.has(code) || (rows.get(code)?.[0] ?? "").includes("m");
}

function atomUnit(code: string, parse: ParseUnit): Unit | undefined {
  if (bases.has(code)) return baseUnit(code);
  const row = rows.get(code);
  if (row === undefined) return undefined;
  const [flags = "", value = "1", inner = "1", scale] = row;
  // An arbitrary unit that is another by name (`[IU]`) is that one; any other is like nothing else.
  if (flags.includes("a") && inner === "1") return baseUnit(code);
  const unit = parse(inner);
  if (unit === undefined) return undefined;
  const valued = product(number(factorOf(value)), unit);
  const toBase = scale === undefined ? undefined : specialScales[scale];
  return toBase === undefined ? valued : { ...valued, toBase };
}

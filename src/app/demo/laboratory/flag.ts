import { criticalLimits, type LaboratoryTest } from "./tests.ts";

/** Codes of HL7 table 0078. */
export type Flag = "N" | "H" | "L" | "HH" | "LL";

export function flagOf({ key }: LaboratoryTest, value: number, range: string): Flag {
  const { low: criticalLow, high: criticalHigh } = criticalLimits[key] ?? {};
  const { low, high } = limitsOf(range);
  if (low !== undefined && value < low) return criticalLow !== undefined && value <= criticalLow ? "LL" : "L";
  if (high !== undefined && value > high) return criticalHigh !== undefined && value >= criticalHigh ? "HH" : "H";
  return "N";
}

/** Of `3.5 - 5.3`, `<= 21`, `>= 90`. */
export function limitsOf(range: string): { readonly low?: number; readonly high?: number } {
  const [, sign, limit] = /^(<=|>=) (\d+(?:\.\d+)?)$/.exec(range) ?? [];
  if (limit !== undefined) return sign === "<=" ? { high: Number(limit) } : { low: Number(limit) };
  const [, low, high] = /^(-?\d+(?:\.\d+)?) - (-?\d+(?:\.\d+)?)$/.exec(range) ?? [];
  return low === undefined || high === undefined ? {} : { low: Number(low), high: Number(high) };
}

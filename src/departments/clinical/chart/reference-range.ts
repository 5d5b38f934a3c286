import type { ObservationReferenceRange, Quantity } from "#standards/fhir";
import { codedText } from "./coded-text.ts";
import { decimalText } from "./decimal-text.ts";
import { unitOf, withUnit } from "./result-value.ts";

/** Source: FHIR R4 code system referencerange-meaning. */
const normalMeanings: ReadonlySet<string> = new Set(["normal", "N"]);

export interface ReferenceRange {
  readonly text: string;
  readonly low?: Quantity;
  readonly high?: Quantity;
}

/**
 * The range to judge a value by: the normal one (or the only one) with its limits, and every other one named after it.
 * The laboratory's own text goes before its limits. Undefined where none was sent.
 */
export function referenceRange(
  ranges: readonly ObservationReferenceRange[] | undefined,
  valueUnit: string | undefined,
): ReferenceRange | undefined {
  const all = ranges ?? [];
  const main = all.find(isNormal) ?? all[0];
  if (main === undefined) return undefined;
  const others = all.filter((range) => range !== main);
  const texts = [main, ...others].map((range) => rangeText(range, valueUnit)).filter((text) => text !== "");
  if (texts.length === 0) return undefined;
  return {
    text: texts.join("; "),
    ...(main.low?.value === undefined ? {} : { low: main.low }),
    ...(main.high?.value === undefined ? {} : { high: main.high }),
  };
}

/** Whether a value lies outside its limits; undefined where that cannot be said (other units, no limits). */
export function outsideRange(
  value: Quantity | undefined,
  range: ReferenceRange | undefined,
): "above" | "below" | undefined {
  if (value?.value === undefined || range === undefined) return undefined;
  const { low, high } = range;
  const atMost = value.comparator === "<" || value.comparator === "<=";
  const atLeast = value.comparator === ">" || value.comparator === ">=";
  if (sameUnit(value, high) && high?.value !== undefined && !atMost && isAbove(value, high.value)) return "above";
  if (sameUnit(value, low) && low?.value !== undefined && !atLeast && isBelow(value, low.value)) return "below";
  return undefined;
}

function isAbove({ value = 0, comparator }: Quantity, limit: number): boolean {
  return comparator === ">" ? value >= limit : value > limit;
}

function isBelow({ value = 0, comparator }: Quantity, limit: number): boolean {
  return comparator === "<" ? value <= limit : value < limit;
}

function sameUnit(value: Quantity, limit: Quantity | undefined): boolean {
  const limitUnit = limit === undefined ? undefined : unitOf(limit);
  return (
    limitUnit === undefined || limitUnit === unitOf(value) || (limit?.code !== undefined && limit.code === value.code)
  );
}

function isNormal(range: ObservationReferenceRange): boolean {
  return range.type?.coding?.some((coding) => normalMeanings.has(coding.code ?? "")) ?? false;
}

function rangeText(range: ObservationReferenceRange, valueUnit: string | undefined): string {
  const text = range.text ?? limitsText(range, valueUnit);
  const meaning = isNormal(range) ? undefined : codedText(range.type)?.text;
  const appliesTo = (range.appliesTo ?? []).flatMap((concept) => codedText(concept)?.text ?? []);
  const label = [meaning, ...appliesTo].filter((word) => word !== undefined).join(", ");
  return label === "" || text === "" ? text : `${label}: ${text}`;
}

function limitsText({ low, high }: ObservationReferenceRange, valueUnit: string | undefined): string {
  const lowText = decimalText(low);
  const highText = decimalText(high);
  if (lowText === undefined && highText === undefined) return "";
  const unit = unitOf(high ?? low ?? {});
  const shown = unit === valueUnit ? undefined : unit;
  if (lowText === undefined) return withUnit(`≤${highText}`, shown);
  return withUnit(highText === undefined ? `≥${lowText}` : `${lowText} - ${highText}`, shown);
}

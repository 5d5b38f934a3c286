import type { HospitalTime } from "#kernel";
import type { CodeableConcept, Observation, ObservationComponent, Quantity, Range, Ratio } from "#standards/fhir";
import type { ResultValue } from "../api.ts";
import { present } from "../messages/present.ts";
import { codedText } from "./coded-text.ts";
import { decimalText } from "./decimal-text.ts";
import { isLaidOut } from "./laid-out.ts";
import { timeText } from "./time-text.ts";

type Valued = Observation | ObservationComponent;

/** Source: FHIR R4 code system data-absent-reason. */
const absentReasons: Readonly<Record<string, string>> = {
  unknown: "Unknown",
  "asked-unknown": "Asked but unknown",
  "temp-unknown": "Not known yet",
  "not-asked": "Not asked",
  "asked-declined": "Asked but declined",
  masked: "Withheld",
  "not-applicable": "Not applicable",
  unsupported: "Not supported",
  "as-text": "See the text",
  error: "Failed",
  "not-a-number": "Not a number",
  "negative-infinity": "Below any number",
  "positive-infinity": "Above any number",
  "not-performed": "Not performed",
  "not-permitted": "Not permitted",
};

export interface ValueSetting {
  /** It has parts that may hold the values. */
  readonly hasParts: boolean;
  readonly hospitalTime: HospitalTime;
}

/**
 * What an Observation or a component says, fit to be shown. With neither value nor reason it is `none` where its parts
 * hold the values, and otherwise said to be missing: an empty cell could be taken for a normal result.
 */
export function resultValue(valued: Valued, { hasParts, hospitalTime }: ValueSetting): ResultValue {
  return givenValue(valued, hospitalTime) ?? absentValue(valued.dataAbsentReason, hasParts);
}

function givenValue(valued: Valued, hospitalTime: HospitalTime): ResultValue | undefined {
  if (valued.valueQuantity !== undefined) return quantityValue(valued.valueQuantity);
  if (valued.valueString !== undefined) return textValue(valued.valueString);
  if (valued.valueCodeableConcept !== undefined) return codedValue(valued.valueCodeableConcept);
  if (valued.valueInteger !== undefined) return quantityValue({ value: valued.valueInteger });
  if (valued.valueBoolean !== undefined) return { kind: "yes-no", text: valued.valueBoolean ? "Yes" : "No" };
  if (valued.valueRange !== undefined) return rangeValue(valued.valueRange);
  if (valued.valueRatio !== undefined) return ratioValue(valued.valueRatio);
  if (valued.valueDateTime !== undefined) return { kind: "time", text: timeText(valued.valueDateTime, hospitalTime) };
  if (valued.valueTime !== undefined) return { kind: "time", text: valued.valueTime.slice(0, 5) };
  if (valued.valuePeriod !== undefined) {
    const { start, end } = valued.valuePeriod;
    const text = [start, end].map((time) => (time === undefined ? "" : timeText(time, hospitalTime))).join(" to ");
    return { kind: "time", text };
  }
  if (valued.valueSampledData !== undefined) return { kind: "text", text: valued.valueSampledData.data ?? "" };
  return undefined;
}

function quantityValue(quantity: Quantity): ResultValue | undefined {
  const decimal = decimalText(quantity);
  if (decimal === undefined) return undefined;
  const unit = unitOf(quantity);
  const amount = `${quantity.comparator ?? ""}${decimal}`;
  return present<ResultValue>({
    kind: "number",
    text: withUnit(amount, unit),
    amount,
    number: quantity.value,
    comparator: quantity.comparator,
    unit,
  });
}

function textValue(text: string): ResultValue {
  return isLaidOut(text) ? { kind: "text", text, laidOut: true } : { kind: "text", text };
}

function codedValue(concept: CodeableConcept): ResultValue | undefined {
  const code = codedText(concept);
  return code === undefined ? undefined : { kind: "coded", text: code.text, code };
}

const originalTextUrl = "http://hl7.org/fhir/StructureDefinition/originalText";

/** What was sent goes before what could be understood of it. */
function rangeValue(range: Range): ResultValue | undefined {
  const original = range.extension?.find((each) => each.url === originalTextUrl)?.valueString;
  if (original !== undefined) return { kind: "range", text: withUnit(original, unitOf(range.high ?? range.low ?? {})) };
  const low = decimalText(range.low);
  const high = decimalText(range.high);
  const unit = unitOf(range.high ?? range.low ?? {});
  const amount = low === undefined ? `≤${high}` : high === undefined ? `≥${low}` : `${low} - ${high}`;
  if (low === undefined && high === undefined) return undefined;
  return present<ResultValue>({ kind: "range" as const, text: withUnit(amount, unit), amount, unit });
}

/** A titre: `1:80`. */
function ratioValue(ratio: Ratio): ResultValue | undefined {
  const parts = [ratio.numerator, ratio.denominator].map((part) => {
    const decimal = decimalText(part);
    return decimal === undefined ? "" : withUnit(`${part?.comparator ?? ""}${decimal}`, unitOf(part ?? {}));
  });
  return parts.every((part) => part === "") ? undefined : { kind: "ratio", text: parts.join(":") };
}

function absentValue(reason: CodeableConcept | undefined, hasParts: boolean): ResultValue {
  const coded = codedText(reason);
  if (coded !== undefined) {
    const words = reason?.text ?? absentReasons[coded.code ?? ""] ?? coded.text;
    return { kind: "absent", text: words };
  }
  return hasParts ? { kind: "none", text: "" } : { kind: "absent", text: "No value sent" };
}

/** The unit as sent goes before its code. */
export function unitOf(quantity: Quantity): string | undefined {
  return quantity.unit ?? quantity.code;
}

/** A percent sign stands by its number; other units after a space. */
export function withUnit(amount: string, unit: string | undefined): string {
  if (unit === undefined || unit === "") return amount;
  return unit === "%" ? `${amount}%` : `${amount} ${unit}`;
}

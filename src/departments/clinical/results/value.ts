import type { Observation, ObservationComponent, Quantity, Range } from "#standards/fhir";
import { codeableConcept } from "../messages/datatypes/cwe.ts";
import { bareQuantity } from "../messages/datatypes/numbers.ts";
import { dateTimeIn, periodIn, timeIn } from "../messages/datatypes/ts.ts";
import type { FieldReader, SegmentReader } from "../messages/message-reader.ts";
import { presentOrNone } from "../messages/present.ts";
import { structuredNumber } from "./structured-number.ts";
import { type Unit, unitIn } from "./units.ts";

/** One of the elements `value[x]`, or none. */
export type Value = Pick<
  ObservationComponent,
  | "valueQuantity"
  | "valueCodeableConcept"
  | "valueString"
  | "valueRange"
  | "valueRatio"
  | "valueSampledData"
  | "valueTime"
  | "valueDateTime"
  | "valuePeriod"
>;

/** The value and the unit that goes with it and with the reference range. */
export interface ValueWithUnit extends Pick<Observation, "component"> {
  readonly value: Value;
  readonly unit: Unit;
}

/**
 * OBX-5 by the type in OBX-2, in the order of the official rows. A value that is not what its type says is kept as
 * text. Several repetitions of text are its lines; of anything else, components.
 * Source: v2-to-FHIR OBX[Observation] OBX-5 and OBX-6, OBX[Observation-Component].
 */
export function observedValue(obx: SegmentReader): ValueWithUnit {
  const fields = obx.fields(5);
  const [first, second] = fields;
  if (first === undefined) return { value: {}, unit: {} };
  const type = typeOf(obx, first);
  const unit = numericTypes.has(type) ? unitIn(obx.field(6)) : {};
  if (second === undefined) return { value: valueAs(type, { field: first, unit }), unit };
  if (textTypes.has(type)) return { value: { valueString: textOf(obx) }, unit };
  const code = codeableConcept(obx.field(3)) ?? {};
  const component = fields.map((field) => ({ code, ...valueAs(type, { field, unit }) }));
  return { value: {}, unit, component };
}

const textTypes = new Set(["ST", "FT", "TX"]);
const numericTypes = new Set(["NM", "SN", "NR", "NA"]);
const knownTypes = new Set(["CF", "CNE", "CE", "CWE", "ID", "IS", "DR", "DTM", "TS", "DT", "VR", "TM", "XAD"]);

/**
 * British laboratories send many numbers as ST: one with a unit is a number.
 * Without OBX-2, a value in components is a coded one.
 */
function typeOf(obx: SegmentReader, field: FieldReader): string {
  const type = obx.text(2)?.toUpperCase() ?? "";
  const isNumber = obx.peek(6) !== undefined && quantityOf(field.peek(1) ?? "") !== undefined;
  const isWhole = field.peek(2) === undefined;
  if (textTypes.has(type) || type === "") {
    if (isNumber && isWhole) return "NM";
    return type === "" && !isWhole ? "CE" : "ST";
  }
  if (type === "NM") return isWhole && quantityOf(field.peek(1) ?? "") !== undefined ? "NM" : "ST";
  return numericTypes.has(type) || knownTypes.has(type) ? type : "ST";
}

interface FieldWithUnit {
  readonly field: FieldReader;
  readonly unit: Unit;
}

function valueAs(type: string, { field, unit }: FieldWithUnit): Value {
  return convert(type, { field, unit }) ?? { valueString: field.layout() };
}

function convert(type: string, { field, unit }: FieldWithUnit): Value | undefined {
  switch (type) {
    case "NM":
      return valued("valueQuantity", numberIn({ field, unit }));
    case "CF":
    case "CNE":
    case "CE":
    case "CWE":
    case "ID":
    case "IS":
      return valued("valueCodeableConcept", codeableConcept(field));
    case "DR":
      return valued("valuePeriod", periodIn(field, { from: 1, to: 2 }));
    case "DTM":
    case "TS":
    case "DT":
      return valued("valueDateTime", dateTimeIn(field));
    case "NR":
      return valued("valueRange", rangeOf({ field, unit }));
    case "VR":
      return { valueString: [field.text(1), field.text(2)].filter((part) => part !== undefined).join("-") };
    case "TM":
      return valued("valueTime", timeIn(field));
    case "SN":
      return structuredNumber(field, unit) ?? { valueString: spelledOut({ field, unit }) };
    default:
      return undefined;
  }
}

function valued<K extends keyof Value>(name: K, value: Value[K] | undefined): Value | undefined {
  return value === undefined ? undefined : { [name]: value };
}

/** NM; a comparator before the number, as in `<0.5`, is one of the quantity. */
function numberIn({ field, unit }: FieldWithUnit): Quantity | undefined {
  const quantity = quantityOf(field.text(1) ?? "");
  return quantity && { ...quantity, ...unit };
}

/** SN that is no number: its parts and the unit, with blanks between them. */
function spelledOut({ field, unit }: FieldWithUnit): string {
  const parts = [1, 2, 3, 4].map((component) => field.text(component));
  return [...parts, unit.unit].filter((part) => part !== undefined).join(" ");
}

function quantityOf(text: string): Quantity | undefined {
  const [, comparator, number] = /^(<=|>=|<|>)?\s*(\S+)$/.exec(text) ?? [];
  const quantity = number === undefined ? undefined : bareQuantity(number);
  if (quantity === undefined || comparator === undefined) return quantity;
  return { ...quantity, comparator: comparator as NonNullable<Quantity["comparator"]> };
}

/** Source: v2-to-FHIR NR[Range]. */
function rangeOf({ field, unit }: FieldWithUnit): Range | undefined {
  const [low, high] = [1, 2].map((component) => {
    const quantity = bareQuantity(field.peek(component) ?? "");
    if (quantity !== undefined) field.text(component);
    return quantity && { ...quantity, ...unit };
  });
  return presentOrNone<Range>({ low, high });
}

/** Text in its layout: leading blanks kept, each repetition a line of its own, empty ones too. */
export function textOf(obx: SegmentReader): string {
  return obx.lines(5).join("\n");
}

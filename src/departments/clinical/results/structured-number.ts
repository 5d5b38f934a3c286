import type { Quantity } from "#standards/fhir";
import { type Comparator, readStructuredNumber } from "#standards/hl7v2";
import { bareQuantity } from "../messages/datatypes/numbers.ts";
import type { FieldReader } from "../messages/message-reader.ts";
import type { Unit } from "./units.ts";
import type { Value } from "./value.ts";

/**
 * SN: `>^100` is a quantity, `^1^:^128` a ratio, `^2^-^5` a range. Undefined for the rest, `^2^+` and `<>` among it,
 * which is kept as text.
 * Source: v2-to-FHIR OBX-5 for SN, SN[Quantity], SN[Range], SN[Ratio].
 */
export function structuredNumber(field: FieldReader, unit: Unit): Value | undefined {
  const read = readStructuredNumber(field.value);
  const value = read.ok ? valueIn(read.value, unit) : undefined;
  if (value !== undefined) for (const component of [1, 2, 3, 4]) field.text(component);
  return value;
}

type Read = Extract<ReturnType<typeof readStructuredNumber>, { readonly ok: true }>["value"];

function valueIn(number: Read, unit: Unit): Value | undefined {
  switch (number.kind) {
    case "number":
      return quantityValue(quantityOf(number.value, unit), number.comparator);
    case "range":
      return { valueRange: { low: quantityOf(number.low, unit), high: quantityOf(number.high, unit) } };
    case "ratio": {
      const [numerator, denominator] = [quantityOf(number.numerator, unit), quantityOf(number.denominator, unit)];
      return { valueRatio: { numerator, denominator } };
    }
    case "grade":
      return undefined;
  }
}

function quantityValue(quantity: Quantity, comparator: Comparator | undefined): Value | undefined {
  if (comparator === "<>") return undefined;
  const isPlain = comparator === undefined || comparator === "=";
  return { valueQuantity: isPlain ? quantity : { ...quantity, comparator } };
}

function quantityOf(text: string, unit: Unit): Quantity {
  return { ...bareQuantity(text), ...unit };
}

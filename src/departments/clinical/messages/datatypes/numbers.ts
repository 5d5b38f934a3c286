import type { Beside, Quantity } from "#standards/fhir";
import { readNumber } from "#standards/hl7v2";

/** The number that a text in NM is; undefined when it is none, or has more digits than a number here can hold. */
export function decimalOf(text: string): number | undefined {
  const read = readNumber({ text });
  if (!read.ok || read.value.replace(/\D/g, "").replace(/^0+/, "").length > 15) return undefined;
  return Number(read.value);
}

/**
 * What to put beside a number whose written decimal places would be lost: 4.10 was measured to two places, and is 4.1
 * as a number. Source: FHIR R4 extension quantity-precision.
 */
export function precisionBeside(text: string, value: number): { readonly _value?: Beside } {
  if (!text.endsWith("0")) return {};
  const written = text.split(".")[1]?.length ?? 0;
  const kept = String(value).split(".")[1]?.length ?? 0;
  if (written <= kept) return {};
  return { _value: { extension: [{ url: precisionUrl, valueInteger: written }] } };
}

const precisionUrl = "http://hl7.org/fhir/StructureDefinition/quantity-precision";

/** A number with nothing around it as a quantity. */
export function bareQuantity(text: string): Quantity | undefined {
  const value = decimalOf(text);
  return value === undefined ? undefined : { value, ...precisionBeside(text, value) };
}

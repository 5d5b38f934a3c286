import type { Quantity } from "#standards/fhir";

const precisionUrl = "http://hl7.org/fhir/StructureDefinition/quantity-precision";

/**
 * The number of a quantity as the laboratory wrote it: `5.0` stays `5.0` where its number of decimals was kept, and no
 * number is written with an exponent. Undefined without a number.
 * Source: FHIR extension quantity-precision.
 */
export function decimalText(quantity: Quantity | undefined): string | undefined {
  if (quantity?.value === undefined) return undefined;
  const plain = plainText(quantity.value);
  const places = decimalPlaces(quantity);
  const written = plain.split(".")[1]?.length ?? 0;
  return places === undefined || places <= written ? plain : quantity.value.toFixed(places);
}

function decimalPlaces(quantity: Quantity): number | undefined {
  const beside = quantity._value;
  if (beside === undefined || !("extension" in beside)) return undefined;
  const places = beside.extension?.find((each) => each.url === precisionUrl)?.valueInteger;
  return places !== undefined && places >= 0 && places <= 20 ? places : undefined;
}

function plainText(value: number): string {
  const text = String(value);
  const [digits = "", exponent] = text.split("e");
  if (exponent === undefined) return text;
  const places = Number(exponent) < 0 ? (digits.split(".")[1]?.length ?? 0) - Number(exponent) : 0;
  return value.toLocaleString("en-GB", { useGrouping: false, maximumFractionDigits: Math.min(places, 100) });
}

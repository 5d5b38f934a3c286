import type { Observation, Quantity } from "#standards/fhir";
import type { CodeMap } from "./code-map.ts";

export interface Units {
  /** The system under which a sender's units are mapped. */
  readonly system: string;
  readonly map: CodeMap | undefined;
}

/** The observation with the UCUM unit beside the printed one, in its value, its limits and its components. */
export function withUnit(observation: Observation, units: Units): Observation {
  const { referenceRange, component } = observation;
  return {
    ...valuesWithUnit(observation, units),
    ...(referenceRange === undefined
      ? {}
      : { referenceRange: referenceRange.map((range) => limitsWithUnit(range, units)) }),
    ...(component === undefined ? {} : { component: component.map((each) => valuesWithUnit(each, units)) }),
  };
}

type Valued = Pick<Observation, "valueQuantity" | "valueRange" | "valueRatio">;

function valuesWithUnit<T extends Valued>(valued: T, units: Units): T {
  const { valueQuantity, valueRange, valueRatio } = valued;
  return {
    ...valued,
    ...(valueQuantity === undefined ? {} : { valueQuantity: quantityWithUnit(valueQuantity, units) }),
    ...(valueRange === undefined ? {} : { valueRange: limitsWithUnit(valueRange, units) }),
    ...(valueRatio === undefined
      ? {}
      : {
          valueRatio: {
            ...valueRatio,
            ...(valueRatio.numerator && { numerator: quantityWithUnit(valueRatio.numerator, units) }),
            ...(valueRatio.denominator && { denominator: quantityWithUnit(valueRatio.denominator, units) }),
          },
        }),
  };
}

interface Limits {
  readonly low?: Quantity;
  readonly high?: Quantity;
}

function limitsWithUnit<T extends Limits>(range: T, units: Units): T {
  const { low, high } = range;
  return {
    ...range,
    ...(low === undefined ? {} : { low: quantityWithUnit(low, units) }),
    ...(high === undefined ? {} : { high: quantityWithUnit(high, units) }),
  };
}

/** What is shown stays as it was printed. */
function quantityWithUnit(quantity: Quantity, { system, map }: Units): Quantity {
  if (quantity.unit === undefined || quantity.code !== undefined) return quantity;
  const meaning = map?.codeFor(system, quantity.unit);
  if (meaning === undefined || meaning === "none") return quantity;
  return { ...quantity, system: meaning.system, code: meaning.code };
}

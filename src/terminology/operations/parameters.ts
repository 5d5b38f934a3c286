import type { Coding } from "#standards/terminology";

/** A parameter of an answer; one of the values, or parts. Source: FHIR R4 §2.38 (Parameters). */
export interface OutParameter {
  readonly name: string;
  readonly valueString?: string;
  readonly valueCode?: string;
  readonly valueUri?: string;
  readonly valueBoolean?: boolean;
  readonly valueInteger?: number;
  readonly valueDecimal?: number;
  readonly valueDateTime?: string;
  readonly valueCoding?: Coding;
  readonly part?: readonly OutParameter[];
}

export interface OutParameters {
  readonly resourceType: "Parameters";
  readonly parameter: readonly OutParameter[];
}

export function parametersOf(parameter: readonly (OutParameter | undefined)[]): OutParameters {
  return { resourceType: "Parameters", parameter: parameter.filter((one) => one !== undefined) };
}

export function stringParameter(name: string, value: string | undefined): OutParameter | undefined {
  return value === undefined ? undefined : { name, valueString: value };
}

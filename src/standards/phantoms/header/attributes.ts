import { DataSet, makeElement } from "#standards/dicom";

/** Values by keyword; a text or a number alone is one value, `""` an empty one. */
export type Attributes = Readonly<Record<string, AttributeValue>>;
export type AttributeValue = string | number | readonly (string | number)[] | readonly DataSet[] | Uint8Array;

/** Keywords that go with pixels, whose VR the dictionary leaves open. */
const openVrs: Readonly<Record<string, string>> = {
  PixelPaddingValue: "US",
  SmallestImagePixelValue: "US",
  LargestImagePixelValue: "US",
};

/** A data set of these attributes, in order; a misspelt keyword is a fault of this program. */
export function dataSetOf(...parts: readonly Attributes[]): DataSet {
  const elements = Object.entries(Object.assign({}, ...parts) as Attributes).map(([keyword, value]) =>
    elementOf(keyword, value),
  );
  return new DataSet(elements.sort((one, other) => one.tag - other.tag));
}

export function elementOf(keyword: string, value: AttributeValue) {
  const many = typeof value === "string" || typeof value === "number" ? (value === "" ? [] : [value]) : value;
  const vr = openVrs[keyword];
  const element = makeElement(keyword, many, vr === undefined ? {} : { vr });
  if (element === undefined) throw new Error(`${keyword} is no attribute`);
  return element;
}

/** A sequence of one item. */
export function one(...parts: readonly Attributes[]): readonly DataSet[] {
  return [dataSetOf(...parts)];
}

/** An item of a code sequence: `["39607008", "SCT", "Lung"]`. Source: PS3.3 §8.8. */
export function coded([value, scheme, meaning]: Code): readonly DataSet[] {
  return one({ CodeValue: value, CodingSchemeDesignator: scheme, CodeMeaning: meaning });
}

export type Code = readonly [value: string, scheme: string, meaning: string];

/** A decimal string of at most 16 characters. Source: PS3.5 Table 6.2-1 (DS). */
export function decimal(value: number): string {
  const text = String(Math.round(value * 1e6) / 1e6);
  return text.length <= 16 ? text : value.toPrecision(9);
}

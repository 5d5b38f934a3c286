import { type Attributes, codeItem, type DataElement, type DataSet, dataSetOf as dataSetWith } from "#standards/dicom";

/** Keywords that go with pixels, whose VR the dictionary leaves open. */
const openVrs: Readonly<Record<string, string>> = {
  PixelPaddingValue: "US",
  SmallestImagePixelValue: "US",
  LargestImagePixelValue: "US",
};

/** A data set of the attributes of all parts. */
export function dataSetOf(...parts: readonly Attributes[]): DataSet {
  return dataSetWith(Object.assign({}, ...parts), openVrs);
}

/** Its elements alone, to go into another data set. */
export function elementsOf(attributes: Attributes): readonly DataElement[] {
  return dataSetOf(attributes).elements;
}

/** A sequence of one item. */
export function one(...parts: readonly Attributes[]): readonly DataSet[] {
  return [dataSetOf(...parts)];
}

/** An item of a code sequence: `["39607008", "SCT", "Lung"]`. Source: PS3.3 §8.8. */
export function coded([value, scheme, meaning]: Code): readonly DataSet[] {
  return [codeItem({ value, scheme, meaning })];
}

export type Code = readonly [value: string, scheme: string, meaning: string];

/** A decimal string of at most 16 characters. Source: PS3.5 Table 6.2-1 (DS). */
export function decimal(value: number): string {
  const text = String(Math.round(value * 1e6) / 1e6);
  return text.length <= 16 ? text : value.toPrecision(9);
}

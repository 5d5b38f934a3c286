import { type DataElement, DataSet, makeElement } from "#standards/dicom";

/** A text alone is one value; an empty one, and `undefined`, none. */
export type MadeValue = string | readonly string[] | readonly DataSet[] | undefined;

/** A data set of these attributes by keyword, in UTF-8. A misspelt keyword is a fault of this program. */
export function madeDataSet(values: Readonly<Record<string, MadeValue>>): DataSet {
  const elements = Object.entries(values).map(([keyword, value]): DataElement => {
    const many = value === undefined || value === "" ? [] : typeof value === "string" ? [value] : value;
    const element = makeElement(keyword, many);
    if (element === undefined) throw new Error(`${keyword} is no attribute`);
    return element;
  });
  return new DataSet(elements.sort((one, other) => one.tag - other.tag));
}

export interface MadeCode {
  readonly value: string;
  readonly scheme: string;
  readonly meaning: string;
}

/** Source: PS3.3 §8.8 (Code Sequence Macro); LO and SH take so many characters. */
export function codeItem({ value, scheme, meaning }: MadeCode): DataSet {
  return madeDataSet({
    CodeValue: value.slice(0, 16),
    CodingSchemeDesignator: scheme.slice(0, 16),
    CodeMeaning: meaning.slice(0, 64),
  });
}

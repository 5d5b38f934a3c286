import { DataSet } from "./data-set.ts";
import type { DataElement } from "./element.ts";
import { type MadeFrom, makeElement } from "./make-element.ts";

/** A text or a number alone is one value, an empty text an element without a value; undefined is left out. */
export type AttributeValue = MadeFrom | string | number | undefined;

/** Values by the keywords of the dictionary. */
export type Attributes = Readonly<Record<string, AttributeValue>>;

/**
 * A data set of these attributes, in the order of their tags and in UTF-8; `vrs` are by keyword, where the dictionary leaves the
 * choice. A misspelt keyword is a fault of this program.
 */
export function dataSetOf(values: Attributes, vrs: Readonly<Record<string, string>> = {}): DataSet {
  const elements = Object.entries(values).flatMap(([keyword, value]): DataElement[] => {
    if (value === undefined) return [];
    const vr = vrs[keyword];
    const element = makeElement(keyword, valuesOf(value), vr === undefined ? {} : { vr });
    if (element === undefined) throw new Error(`${keyword} is no attribute`);
    return [element];
  });
  return new DataSet(elements.sort((one, other) => one.tag - other.tag));
}

function valuesOf(value: NonNullable<AttributeValue>): MadeFrom {
  if (typeof value !== "string" && typeof value !== "number") return value;
  return value === "" ? [] : [value];
}

/** A code in a coding scheme, with what it means. Source: PS3.3 §8, PS3.16 §8. */
export interface CodedEntry {
  readonly value: string;
  readonly scheme: string;
  readonly meaning: string;
}

const shortCharactersMax = 16;
const longCharactersMax = 64;

/** An item of a code sequence. Source: PS3.3 §8.8. */
export function codeItem({ value, scheme, meaning }: CodedEntry): DataSet {
  return dataSetOf({
    [value.length > shortCharactersMax ? "LongCodeValue" : "CodeValue"]: value,
    CodingSchemeDesignator: scheme.slice(0, shortCharactersMax),
    CodeMeaning: meaning.slice(0, longCharactersMax),
  });
}

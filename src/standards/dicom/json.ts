import type { Json, JsonObject } from "#kernel";
import { base64 } from "./base64.ts";
import type { DataSet } from "./data-set.ts";
import type { DataElement } from "./element.ts";
import { personNameOf } from "./person-name.ts";
import { isGroupLength, tagKey } from "./tag.ts";
import { numbersOf, tagsOf, textsOf } from "./values.ts";
import { vrNamed } from "./vr.ts";
import { wideNumbers } from "./whole-number.ts";

export interface DicomJsonOptions {
  /**
   * Where a value of bytes can be had; undefined puts it into the JSON itself. `path` has the keys of the sequences around it
   * and the numbers of their items, counted from 0.
   */
  readonly bulkDataUri?: (element: DataElement, path: readonly (string | number)[]) => string | undefined;
}

/**
 * A data set in the DICOM JSON model. Group lengths are left out, encapsulated pixel data too unless `bulkDataUri` names a
 * place. IS and DS become numbers, and stay texts where they are none. Source: PS3.18 Annex F.
 */
export function dicomJson(dataSet: DataSet, options: DicomJsonOptions = {}): JsonObject {
  return objectOf(dataSet, { options, path: [] });
}

interface Writing {
  readonly options: DicomJsonOptions;
  readonly path: readonly (string | number)[];
}

function objectOf(dataSet: DataSet, writing: Writing): JsonObject {
  const object: Record<string, Json> = {};
  for (const element of dataSet.elements) {
    if (isGroupLength(element.tag)) continue;
    object[tagKey(element.tag)] = { vr: element.vr, ...writtenValue(element, dataSet, writing) };
  }
  return object;
}

function writtenValue(element: DataElement, dataSet: DataSet, { options, path }: Writing): JsonObject {
  const { content, tag, vr } = element;
  if (content.is === "items") {
    const key = tagKey(tag);
    const items = content.items.map((item, index) => objectOf(item.dataSet, { options, path: [...path, key, index] }));
    return items.length === 0 ? {} : { Value: items };
  }
  const { content: made } = vrNamed(vr);
  if (content.is === "fragments" || made === "bytes") {
    const uri = options.bulkDataUri?.(element, path);
    if (uri !== undefined) return { BulkDataURI: uri };
    return content.is === "fragments" || content.bytes.length === 0 ? {} : { InlineBinary: base64(content.bytes) };
  }
  const values = valuesOf(element, dataSet);
  return values.length === 0 ? {} : { Value: values };
}

function valuesOf(element: DataElement, dataSet: DataSet): readonly Json[] {
  const { vr } = element;
  const { content: made } = vrNamed(vr);
  if (made === "tag") return tagsOf(element).map(tagKey);
  if (vr === "SV" || vr === "UV") return wideValues(element);
  // JSON has no word for infinity.
  if (made === "number") return numbersOf(element).values.map((value) => (Number.isFinite(value) ? value : null));
  const { values } = textsOf(element, dataSet.characterSets);
  return values.map((value) => {
    if (value === "") return null;
    if (vr === "PN") return nameOf(value);
    return (vr === "IS" || vr === "DS") && /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(value)
      ? Number(value)
      : value;
  });
}

/** As texts where numbers of JSON would lose digits. Source: PS3.18 Table F.2.3-1. */
function wideValues({ content, vr }: DataElement): readonly Json[] {
  if (content.is !== "bytes") return [];
  const { bytes, isLittleEndian } = content;
  return wideNumbers(bytes, { isSigned: vr === "SV", isLittleEndian }).map((value) =>
    Number.isSafeInteger(Number(value)) ? Number(value) : String(value),
  );
}

function nameOf(text: string): JsonObject {
  const { alphabetic, ideographic, phonetic } = personNameOf(text);
  return {
    ...(alphabetic === "" ? {} : { Alphabetic: alphabetic }),
    ...(ideographic === "" ? {} : { Ideographic: ideographic }),
    ...(phonetic === "" ? {} : { Phonetic: phonetic }),
  };
}

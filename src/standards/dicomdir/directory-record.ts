import { incorrect, type Problem } from "#kernel";
import { attributeOf, type DataElement, DataSet, makeElement, tagNamed } from "#standards/dicom";
import type { RecordKey } from "./record-type.ts";

/** The keys of one record, its texts in UTF-8. */
export interface RecordKeys {
  readonly elements: readonly DataElement[];
  /** Keys that the standard asks a value for and the object has none for: one was made up. */
  readonly problems: readonly Problem[];
}

/**
 * What a record tells of an object. Problem: `dicomdir-key-missing`, as readers refuse a record without it; the value that
 * stands for it is a number in the record's place, a date long ago, or `UNKNOWN`.
 */
export function recordKeys(
  dataSet: DataSet,
  { keys, ordinal }: { readonly keys: readonly RecordKey[]; readonly ordinal: number },
): RecordKeys {
  const problems: Problem[] = [];
  const elements = keys.flatMap(([keyword, type]) => {
    const found = copied(sourceOf(dataSet, keyword), keyword);
    if (found !== undefined) return [found];
    if (type === 3) return [];
    if (type === 2) return makeElement(keyword, []) ?? [];
    problems.push(incorrect("dicomdir-key-missing", `A record of a directory needs ${keyword}.`, { where: keyword }));
    return makeElement(keyword, madeUp(keyword, ordinal)) ?? [];
  });
  return { elements, problems };
}

/** When a report was last verified stands with who did. Source: PS3.3 §F.5.25. */
function sourceOf(dataSet: DataSet, keyword: string): DataSet {
  const verifying = keyword === "VerificationDateTime" ? dataSet.items("VerifyingObserverSequence") : [];
  return verifying.at(-1) ?? dataSet;
}

/** Undefined where it has no value. */
function copied(dataSet: DataSet, keyword: string): DataElement | undefined {
  const tag = tagNamed(keyword);
  if (tag === undefined) return undefined;
  const { vr = "" } = attributeOf(tag) ?? {};
  if (vr === "SQ") {
    const items = dataSet.items(tag);
    return items.length === 0 ? undefined : makeElement(tag, items.map(plainItem));
  }
  if (vr === "US") return dataSet.number(tag) === undefined ? undefined : makeElement(tag, dataSet.numbers(tag));
  const values = dataSet.texts(tag).map((value) => plainTime(value, vr));
  return values.every((value) => value === "") ? undefined : makeElement(tag, values, { vr });
}

/** Files from before 1993 have `1997.04.24` and `14:04:38`. Source: PS3.5 Table 6.2-1 (notes on DA and TM). */
function plainTime(value: string, vr: string): string {
  if (vr === "DA") return value.replace(/^(\d{4})\.(\d{2})\.(\d{2})$/, "$1$2$3");
  return vr === "TM" ? value.replace(/^(\d{2}):(\d{2}):(\d{2})/, "$1$2$3") : value;
}

const itemKeywords = [
  "ReferencedSOPClassUID",
  "ReferencedSOPInstanceUID",
  "CodeValue",
  "CodingSchemeDesignator",
  "CodingSchemeVersion",
  "CodeMeaning",
  "ReferencedImageSequence",
  "SeriesInstanceUID",
];

/** Codes, and what refers to other objects. */
function plainItem(item: DataSet): DataSet {
  const elements = itemKeywords.flatMap((keyword) => copied(item, keyword) ?? []);
  return new DataSet(elements.sort((one, other) => one.tag - other.tag));
}

function madeUp(keyword: string, ordinal: number): readonly string[] | readonly number[] | readonly DataSet[] {
  if (keyword === "ConceptNameCodeSequence") return [];
  if (/Date$/.test(keyword)) return ["19000101"];
  if (/Time$/.test(keyword)) return ["000000"];
  if (/Number$|^StudyID$/.test(keyword)) return [String(ordinal)];
  if (/^(?:Rows|Columns|NumberOfFrames)$/.test(keyword)) return ["0"];
  return [keyword === "PatientID" ? `UNKNOWN-${ordinal}` : "UNKNOWN"];
}

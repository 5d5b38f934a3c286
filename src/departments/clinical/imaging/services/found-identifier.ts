import type { ImageRow } from "#imaging";
import type { Json } from "#kernel";
import {
  attributeOf,
  type DataElement,
  type DataSet,
  isGroupLength,
  makeElement,
  readDicomJson,
  tagNamed,
  tags,
} from "#standards/dicom";

const never: ReadonlySet<number | undefined> = new Set([tagNamed("TimezoneOffsetFromUTC")]);

const uniqueKeys = ["StudyInstanceUID", "SeriesInstanceUID", "SOPInstanceUID"] as const;

/**
 * A row as the answer to a query: the level, the keys of it and of those above, and each attribute that was asked for, empty where
 * there is nothing. Texts are in UTF-8. Source: PS3.4 §C.4.1.1.3.2.
 */
export function foundIdentifier({ json, uids }: ImageRow, wanted: DataSet, ownAeTitle: string): DataSet {
  const row = readDicomJson(JSON.parse(json) as Json).dataSet;
  const asked = wanted.elements.flatMap(({ tag }) => (isGroupLength(tag) || never.has(tag) ? [] : [tag]));
  const said: readonly (readonly [string, string | undefined])[] = [
    ["SpecificCharacterSet", "ISO_IR 192"],
    ["QueryRetrieveLevel", wanted.text("QueryRetrieveLevel")],
    ["RetrieveAETitle", ownAeTitle],
    ["InstanceAvailability", "ONLINE"],
    ...uniqueKeys.map((keyword, at) => [keyword, [uids.study, uids.series, uids.instance][at]] as const),
  ];
  const own = said.flatMap(([keyword, value]) => (value === undefined ? [] : (makeElement(keyword, [value]) ?? [])));
  const known = new Set(own.map(({ tag }) => tag));
  const answered = asked.filter((tag) => !known.has(tag) && tag !== tags.characterSet);
  return row.replacedBy([]).with(...answered.map((tag) => answer(row, wanted, tag)), ...own);
}

function answer(row: DataSet, wanted: DataSet, tag: number): DataElement {
  const found = row.get(tag);
  const vr = found?.vr ?? attributeOf(tag)?.vr.split("/").at(-1) ?? wanted.get(tag)?.vr ?? "UN";
  const [item] = wanted.items(tag);
  if (found?.content.is === "items" && item !== undefined && item.elements.length > 0) {
    const items = row.items(tag).map((each) => projected(each, item));
    return {
      tag,
      vr,
      content: { ...found.content, items: items.map((dataSet) => ({ dataSet, isUndefinedLength: false })) },
    };
  }
  if (found !== undefined) return found;
  if (vr === "SQ") return { tag, vr, content: { is: "items", items: [], isUndefinedLength: false } };
  return { tag, vr, content: { is: "bytes", bytes: new Uint8Array(0), isLittleEndian: true } };
}

/** An item with what is asked of it. */
function projected(item: DataSet, wanted: DataSet): DataSet {
  return item.replacedBy(wanted.elements.map(({ tag }) => answer(item, wanted, tag)));
}

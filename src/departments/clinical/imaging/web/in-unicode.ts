import {
  type DataElement,
  DataSet,
  decodeText,
  encodeText,
  makeElement,
  tags,
  unicodeCharacterSets,
  vrNamed,
} from "#standards/dicom";

/** The same data set with every text in UTF-8, so that any text may be put into it. */
export function inUnicode(dataSet: DataSet): DataSet {
  const named = makeElement(tags.characterSet, ["ISO_IR 192"]);
  const elements = rewritten(dataSet);
  return new DataSet(named === undefined ? elements : insert(named, elements), unicodeCharacterSets);
}

function insert(element: DataElement, elements: readonly DataElement[]): readonly DataElement[] {
  return [...elements, element].sort((one, other) => one.tag - other.tag);
}

function rewritten(dataSet: DataSet): readonly DataElement[] {
  return dataSet.elements
    .filter(({ tag }) => tag !== tags.characterSet)
    .map((element) => rewrittenElement(element, dataSet));
}

function rewrittenElement(element: DataElement, { characterSets }: DataSet): DataElement {
  const { tag, vr, content } = element;
  if (content.is === "items") {
    const items = content.items.map(({ dataSet, isUndefinedLength }) => ({
      dataSet: new DataSet(rewritten(dataSet), unicodeCharacterSets),
      isUndefinedLength,
    }));
    return { tag, vr, content: { ...content, items } };
  }
  if (
    content.is !== "bytes" ||
    vrNamed(vr).content !== "text" ||
    content.bytes.every((byte) => byte < 0x80 && byte !== 0x1b)
  )
    return element;
  const bytes = encodeText(decodeText(content.bytes, characterSets, vr).text, unicodeCharacterSets);
  return bytes === undefined ? element : (makeElement(tag, bytes, { vr }) ?? element);
}

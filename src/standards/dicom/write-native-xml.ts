import { incorrect, limits, type Problem } from "#kernel";
import { escapeAttribute, forbiddenAt } from "#standards/xml";
import { base64 } from "./base64.ts";
import type { DataSet } from "./data-set.ts";
import { attributeOf } from "./dictionary.ts";
import type { DataElement } from "./element.ts";
import type { DicomJsonOptions } from "./json.ts";
import { nameGroupOf, personNameOf } from "./person-name.ts";
import {
  creatorOf,
  elementOf,
  groupOf,
  isGroupLength,
  isPrivateCreator,
  type Tag,
  tagKey,
  tagOf,
  tagText,
} from "./tag.ts";
import { numbersOf, tagsOf, textsOf } from "./values.ts";
import { vrNamed } from "./vr.ts";
import { wideNumbers } from "./whole-number.ts";

export interface NativeXml {
  readonly xml: string;
  /** `character-not-in-xml`: XML cannot hold a character of the value; U+FFFD stands in its place. */
  readonly problems: readonly Problem[];
}

const nativeNamespace = "http://dicom.nema.org/PS3.19/models/NativeDICOM";

/**
 * A data set in the Native DICOM Model. Group lengths are left out, and so are the creators of private blocks: each private
 * element names its own. Source: PS3.19 §A.1.
 */
export function nativeXml(dataSet: DataSet, options: DicomJsonOptions = {}): NativeXml {
  const writing: Writing = { options, path: [], problems: [] };
  const head = `<?xml version="1.0" encoding="UTF-8"?>\n<NativeDicomModel xmlns="${nativeNamespace}" xml:space="preserve">`;
  return { xml: `${head}${elementsXml(dataSet, writing)}</NativeDicomModel>`, problems: writing.problems };
}

interface Writing {
  readonly options: DicomJsonOptions;
  readonly path: readonly (string | number)[];
  readonly problems: Problem[];
}

function elementsXml(dataSet: DataSet, writing: Writing): string {
  let xml = "";
  for (const element of dataSet.elements) {
    if (isGroupLength(element.tag) || isNamedCreator(element, dataSet)) continue;
    const content = contentXml(element, dataSet, writing);
    const head = `<DicomAttribute${attributesXml(element, dataSet, writing)}`;
    xml += content === "" ? `${head}/>` : `${head}>${content}</DicomAttribute>`;
  }
  return xml;
}

/** A creator without a name reserves nothing, and stands as it is. */
function isNamedCreator({ tag }: DataElement, dataSet: DataSet): boolean {
  return isPrivateCreator(tag) && dataSet.text(tag) !== undefined;
}

function attributesXml({ tag, vr }: DataElement, dataSet: DataSet, writing: Writing): string {
  const block = creatorOf(tag);
  const creator = block === undefined ? undefined : dataSet.text(block);
  // The number of a block means nothing where its creator is named.
  const written = creator === undefined ? tag : tagOf(groupOf(tag), elementOf(tag) & 0xff);
  const keyword = attributeOf(tag)?.keyword ?? "-";
  const named = keyword === "-" || keyword === "" ? "" : ` keyword="${keyword}"`;
  const owned = creator === undefined ? "" : ` privateCreator="${escaped(creator, tag, writing)}"`;
  return ` tag="${tagKey(written)}" vr="${vr}"${named}${owned}`;
}

function contentXml(element: DataElement, dataSet: DataSet, { options, path, problems }: Writing): string {
  const { content, tag, vr } = element;
  if (content.is === "items") {
    const key = tagKey(tag);
    return content.items
      .map((item, index) => {
        const inner = elementsXml(item.dataSet, { options, path: [...path, key, index], problems });
        return `<Item number="${index + 1}">${inner}</Item>`;
      })
      .join("");
  }
  const { content: made } = vrNamed(vr);
  if (content.is === "fragments" || made === "bytes") {
    const uri = options.bulkDataUri?.(element, path);
    if (uri !== undefined) return `<BulkData uri="${escapeAttribute(uri)}"/>`;
    if (content.is === "fragments" || content.bytes.length === 0) return "";
    return `<InlineBinary>${base64(content.bytes)}</InlineBinary>`;
  }
  return valuesXml(element, dataSet, { options, path, problems });
}

function valuesXml(element: DataElement, dataSet: DataSet, writing: Writing): string {
  const { tag, vr } = element;
  return plainValues(element, dataSet)
    .map((value, index) => {
      const number = ` number="${index + 1}"`;
      if (value === "") return vr === "PN" ? `<PersonName${number}/>` : `<Value${number}/>`;
      if (vr === "PN") return `<PersonName${number}>${nameXml(value, tag, writing)}</PersonName>`;
      return `<Value${number}>${escaped(value, tag, writing)}</Value>`;
    })
    .join("");
}

function plainValues(element: DataElement, dataSet: DataSet): readonly string[] {
  const { content, vr } = element;
  const { content: made } = vrNamed(vr);
  if (made === "tag") return tagsOf(element).map(tagKey);
  if (made !== "number") return textsOf(element, dataSet.characterSets).values;
  const isWide = vr === "SV" || vr === "UV";
  if (isWide && content.is === "bytes")
    return wideNumbers(content.bytes, { isSigned: vr === "SV", isLittleEndian: content.isLittleEndian }).map(String);
  return numbersOf(element).values.map(String);
}

function nameXml(text: string, tag: Tag, writing: Writing): string {
  const { alphabetic, ideographic, phonetic } = personNameOf(text);
  const groups = [
    ["Alphabetic", alphabetic],
    ["Ideographic", ideographic],
    ["Phonetic", phonetic],
  ] as const;
  return groups
    .map(([name, group]) => (group === "" ? "" : `<${name}>${groupXml(group, tag, writing)}</${name}>`))
    .join("");
}

function groupXml(group: string, tag: Tag, writing: Writing): string {
  const { family, given, middle, prefix, suffix } = nameGroupOf(group);
  const parts = [
    ["FamilyName", family],
    ["GivenName", given],
    ["MiddleName", middle],
    ["NamePrefix", prefix],
    ["NameSuffix", suffix],
  ] as const;
  return parts.map(([name, part]) => (part === "" ? "" : `<${name}>${escaped(part, tag, writing)}</${name}>`)).join("");
}

function escaped(text: string, tag: Tag, writing: Writing): string {
  if (forbiddenAt(text) === -1) return escapeAttribute(text);
  if (writing.problems.length < limits.dicomProblemsMax) {
    const message = "XML cannot hold a character of the value.";
    writing.problems.push(incorrect("character-not-in-xml", message, { where: tagText(tag) }));
  }
  return escapeAttribute(
    Array.from(text, (character) => (forbiddenAt(character) === -1 ? character : "\uFFFD")).join(""),
  );
}

import { failed, incorrect, ok, type Result } from "#kernel";
import { parseXml, type XmlElement } from "#standards/xml";
import type { DataSet } from "./data-set.ts";
import { tagNamed } from "./dictionary.ts";
import type { DataElement } from "./element.ts";
import { makeElement } from "./make-element.ts";
import {
  dataSetOfModel,
  elementOfModel,
  type ModelContent,
  type ModelOptions,
  type ModelReading,
  ModelScan,
} from "./model-element.ts";
import { personNameText } from "./person-name.ts";
import { elementOf, groupOf, isGroupLength, isPrivate, type Tag, tagOf } from "./tag.ts";

/**
 * A data set from the Native DICOM Model, whatever the namespace; it fails where the text is no XML (the problem of `parseXml`),
 * or its outermost element is another (`not-native-dicom`). Private elements go into blocks in the order in which their creators
 * come. Besides those of `elementOfModel` and `dataSetOfModel`, problems: `tag-invalid`, `vr-missing`, `vr-invalid`,
 * `element-unknown`, `number-invalid`, `nesting-too-deep`, `elements-too-many`. Source: PS3.19 §A.1.
 */
export function readNativeXml(text: string, options: ModelOptions = {}): Result<ModelReading> {
  const parsed = parseXml(text);
  if (!parsed.ok) return parsed;
  const { root } = parsed.value;
  if (root.name !== "NativeDicomModel")
    return failed(incorrect("not-native-dicom", "The outermost element is not NativeDicomModel."));
  const scan = new ModelScan(options);
  const dataSet = readElements(root, scan, false);
  return ok({ dataSet, problems: scan.problems });
}

function readElements(parent: XmlElement, scan: ModelScan, isItem: boolean): DataSet {
  const elements: DataElement[] = [];
  const blocks = new PrivateBlocks();
  for (const xml of parent.elements) {
    if (xml.name !== "DicomAttribute") {
      scan.note("element-unknown", "Only DicomAttribute may stand here; the element was left out.");
      continue;
    }
    if (!scan.counts()) break;
    const tag = tagOfXml(xml, blocks, scan);
    if (tag === undefined || isGroupLength(tag)) continue;
    const element = readAttribute(xml, tag, scan);
    if (element !== undefined) elements.push(element);
  }
  return dataSetOfModel([...blocks.creators(), ...elements], scan, isItem);
}

/** The blocks of private groups, each given to a creator when it is first named. Source: PS3.5 §7.8.1. */
class PrivateBlocks {
  readonly #blocks = new Map<string, Tag>();
  readonly #next = new Map<number, number>();

  /** Undefined when the group is full. */
  place(group: number, creator: string): number | undefined {
    const key = `${group} ${creator}`;
    const known = this.#blocks.get(key);
    if (known !== undefined) return elementOf(known);
    const block = this.#next.get(group) ?? 0x10;
    if (block > 0xff) return undefined;
    this.#next.set(group, block + 1);
    this.#blocks.set(key, tagOf(group, block));
    return block;
  }

  creators(): readonly DataElement[] {
    return [...this.#blocks].flatMap(
      ([key, tag]) => makeElement(tag, [key.slice(key.indexOf(" ") + 1)], { vr: "LO" }) ?? [],
    );
  }
}

function attribute(xml: XmlElement, name: string): string | undefined {
  return xml.attributes.find((one) => one.name === name)?.value;
}

/** A keyword does where the tag is wanting. */
function tagOfXml(xml: XmlElement, blocks: PrivateBlocks, scan: ModelScan): Tag | undefined {
  const written = attribute(xml, "tag") ?? "";
  const keyword = attribute(xml, "keyword") ?? "";
  const tag = /^[0-9A-Fa-f]{8}$/.test(written) ? Number.parseInt(written, 16) : tagNamed(keyword);
  if (tag === undefined) {
    const message = "A tag is eight hexadecimal digits; the element was left out.";
    scan.note("tag-invalid", message, (written || keyword).slice(0, 32));
    return undefined;
  }
  const creator = attribute(xml, "privateCreator");
  if (creator === undefined || !isPrivate(tag)) return tag;
  const block = blocks.place(groupOf(tag), creator);
  return block === undefined ? tag : tagOf(groupOf(tag), (block << 8) | (elementOf(tag) & 0xff));
}

function readAttribute(xml: XmlElement, tag: Tag, scan: ModelScan): DataElement | undefined {
  const vr = scan.vrOf(attribute(xml, "vr"), tag);
  const content = vr === undefined ? undefined : contentOf(xml, { tag, vr }, scan);
  return vr === undefined || content === undefined ? undefined : elementOfModel({ tag, vr, content }, scan);
}

function contentOf(
  { elements }: XmlElement,
  { tag, vr }: { readonly tag: Tag; readonly vr: string },
  scan: ModelScan,
): ModelContent | undefined {
  const [first] = elements;
  if (first === undefined) return vr === "SQ" ? { is: "items", items: [] } : { is: "values", values: [] };
  switch (first.name) {
    case "InlineBinary":
      return { is: "base64", text: first.text };
    case "BulkData":
      return { is: "bulk", uri: attribute(first, "uri") ?? attribute(first, "uuid") ?? "" };
    case "Item":
      return itemsOf(elements, tag, scan);
    default: {
      const values = numbered(elements, tag, scan);
      return {
        is: "values",
        values: values.map((value) => (value === undefined ? null : textOfValue(value, tag, scan))),
      };
    }
  }
}

function itemsOf(elements: readonly XmlElement[], tag: Tag, scan: ModelScan): ModelContent | undefined {
  if (!scan.mayEnter(tag)) return undefined;
  const items = elements.map((item, index) => scan.within(tag, index + 1, () => readElements(item, scan, true)));
  return { is: "items", items };
}

/** In the order of their numbers; undefined where a number is left out, as an empty value is. */
function numbered(elements: readonly XmlElement[], tag: Tag, scan: ModelScan): readonly (XmlElement | undefined)[] {
  const placed: XmlElement[] = [];
  for (const [index, element] of elements.entries()) {
    const number = Number(attribute(element, "number") ?? index + 1);
    // Values that are left out cost nothing to write, and must not cost much to read.
    const isNumber = Number.isInteger(number) && number > 0 && number <= elements.length + emptyValuesMax;
    if (!isNumber) scan.note("number-invalid", "The number of a value is none that could be.", tag);
    placed[isNumber ? number - 1 : index] = element;
  }
  return Array.from(placed);
}

const emptyValuesMax = 1_000;

function textOfValue(xml: XmlElement, tag: Tag, scan: ModelScan): string {
  if (xml.name === "Value") return xml.text;
  if (xml.name === "PersonName") return nameText(xml);
  scan.note("element-unknown", "Only Value, PersonName, Item, InlineBinary and BulkData may stand here.", tag);
  return "";
}

function nameText(xml: XmlElement): string {
  const group = (name: string) => groupText(xml.elements.find((one) => one.name === name));
  return personNameText({
    alphabetic: group("Alphabetic"),
    ideographic: group("Ideographic"),
    phonetic: group("Phonetic"),
  });
}

const nameParts = ["FamilyName", "GivenName", "MiddleName", "NamePrefix", "NameSuffix"];

function groupText(group: XmlElement | undefined): string {
  const parts = nameParts.map((name) => group?.elements.find((one) => one.name === name)?.text ?? "");
  return parts.join("^").replace(/\^+$/, "");
}

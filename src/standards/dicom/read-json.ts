import { isJsonObject, type Json, type JsonObject } from "#kernel";
import type { DataSet } from "./data-set.ts";
import type { DataElement } from "./element.ts";
import {
  dataSetOfModel,
  elementOfModel,
  type ModelContent,
  type ModelOptions,
  type ModelReading,
  ModelScan,
  type ModelValue,
} from "./model-element.ts";
import { personNameText } from "./person-name.ts";
import { isGroupLength, type Tag } from "./tag.ts";

/**
 * A data set from the DICOM JSON model. Group lengths are left out. Besides those of `elementOfModel` and `dataSetOfModel`,
 * problems: `not-an-object`, `tag-invalid`, `vr-missing` (that of the dictionary was taken), `vr-invalid`, `content-unclear`
 * (more than one of Value, InlineBinary and BulkDataURI), `values-not-a-list`, `nesting-too-deep`, `elements-too-many`.
 * Source: PS3.18 Annex F.
 */
export function readDicomJson(json: Json, options: ModelOptions = {}): ModelReading {
  const scan = new ModelScan(options);
  const dataSet = readObject(json, scan, false);
  return { dataSet, problems: scan.problems };
}

function readObject(json: Json, scan: ModelScan, isItem: boolean): DataSet {
  const elements: DataElement[] = [];
  // An empty item may be null. Source: PS3.18 §F.2.5.
  if (json !== null && !isJsonObject(json)) scan.note("not-an-object", "A data set is a JSON object.");
  for (const [key, attribute] of Object.entries(isJsonObject(json) ? json : {})) {
    if (!scan.counts()) break;
    const element = readAttribute(key, attribute as Json, scan);
    if (element !== undefined) elements.push(element);
  }
  return dataSetOfModel(elements, scan, isItem);
}

function readAttribute(key: string, attribute: Json, scan: ModelScan): DataElement | undefined {
  if (!/^[0-9A-Fa-f]{8}$/.test(key)) {
    scan.note("tag-invalid", "A tag is eight hexadecimal digits; the element was left out.", shown(key));
    return undefined;
  }
  const tag = Number.parseInt(key, 16);
  if (isGroupLength(tag)) return undefined;
  if (!isJsonObject(attribute)) {
    scan.note("not-an-object", "An element is a JSON object; it was left out.", tag);
    return undefined;
  }
  const vr = scan.vrOf(attribute.vr, tag);
  const content = vr === undefined ? undefined : contentOf(attribute, { tag, vr }, scan);
  return vr === undefined || content === undefined ? undefined : elementOfModel({ tag, vr, content }, scan);
}

/** Of a name that is none, no more than a little is told. */
function shown(key: string): string {
  return key.slice(0, 32);
}

const noValues: ModelContent = { is: "values", values: [] };

function contentOf(
  attribute: JsonObject,
  { tag, vr }: { readonly tag: Tag; readonly vr: string },
  scan: ModelScan,
): ModelContent | undefined {
  const { Value, InlineBinary, BulkDataURI } = attribute;
  const given = [Value, InlineBinary, BulkDataURI].filter((part) => part !== undefined);
  if (given.length > 1) {
    scan.note("content-unclear", "An element has one of Value, InlineBinary and BulkDataURI; it was left out.", tag);
    return undefined;
  }
  if (typeof InlineBinary === "string") return { is: "base64", text: InlineBinary };
  if (typeof BulkDataURI === "string") return { is: "bulk", uri: BulkDataURI };
  if (Value === undefined || Value === null) {
    if (given.length === 0 || Value === null) return vr === "SQ" ? { is: "items", items: [] } : noValues;
    scan.note("value-not-of-vr", "InlineBinary and BulkDataURI are texts; the element was left out.", tag);
    return undefined;
  }
  if (!Array.isArray(Value)) {
    scan.note("values-not-a-list", "Value is a list; the element was left out.", tag);
    return undefined;
  }
  return vr === "SQ" ? itemsOf(Value, tag, scan) : valuesOf(Value, tag, scan);
}

function itemsOf(values: readonly Json[], tag: Tag, scan: ModelScan): ModelContent | undefined {
  if (!scan.mayEnter(tag)) return undefined;
  const items = values.map((value, index) => scan.within(tag, index + 1, () => readObject(value, scan, true)));
  return { is: "items", items };
}

function valuesOf(values: readonly Json[], tag: Tag, scan: ModelScan): ModelContent | undefined {
  const read: ModelValue[] = [];
  for (const value of values) {
    if (value === null || typeof value === "string" || typeof value === "number") read.push(value);
    else if (isJsonObject(value)) read.push(nameText(value));
    else {
      scan.note("value-not-of-vr", "A value is a text, a number or a name; the element was left out.", tag);
      return undefined;
    }
  }
  return { is: "values", values: read };
}

/** An empty name may be an empty object. */
function nameText({ Alphabetic, Ideographic, Phonetic }: JsonObject): string {
  const text = (group: Json | undefined) => (typeof group === "string" ? group : "");
  return personNameText({ alphabetic: text(Alphabetic), ideographic: text(Ideographic), phonetic: text(Phonetic) });
}

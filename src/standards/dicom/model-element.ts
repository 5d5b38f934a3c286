import { incorrect, limits, type Problem } from "#kernel";
import { bytesOfBase64 } from "./base64.ts";
import { unicodeCharacterSets } from "./character-set.ts";
import { DataSet, ownCharacterSets } from "./data-set.ts";
import { implicitVr } from "./dictionary.ts";
import type { Content, DataElement } from "./element.ts";
import { makeElement } from "./make-element.ts";
import { type Tag, tags, tagText } from "./tag.ts";
import { vrNamed } from "./vr.ts";
import { wholeNumberBytes } from "./whole-number.ts";

/** A data set that came as JSON or XML. */
export interface ModelReading {
  /** Its texts are in UTF-8, whatever (0008,0005) said: it is `ISO_IR 192` where it was there or is needed. */
  readonly dataSet: DataSet;
  /** What was left out, or read otherwise than it stood; `where` names the tag, within its sequences. */
  readonly problems: readonly Problem[];
}

export interface ModelOptions {
  /** The value that stands elsewhere; undefined where it is not known: the element is left empty then. */
  readonly bulkData?: (uri: string, element: { readonly tag: Tag; readonly vr: string }) => Content | undefined;
}

export type ModelValue = string | number | null;

/** What an attribute of the model holds. Of texts, a PN is its groups joined by `=`. */
export type ModelContent =
  | { readonly is: "values"; readonly values: readonly ModelValue[] }
  | { readonly is: "base64"; readonly text: string }
  | { readonly is: "bulk"; readonly uri: string }
  | { readonly is: "items"; readonly items: readonly DataSet[] };

/** A data set being read from a model. */
export class ModelScan {
  readonly options: ModelOptions;
  readonly problems: Problem[] = [];
  #elementsLeft: number = limits.dicomElementsMax;
  readonly #path: string[] = [];

  constructor(options: ModelOptions) {
    this.options = options;
  }

  /** Whether one more element may be read. Problem: `elements-too-many`. */
  counts(): boolean {
    this.#elementsLeft -= 1;
    if (this.#elementsLeft === -1)
      this.note("elements-too-many", "There are too many elements; the rest was left out.");
    return this.#elementsLeft >= 0;
  }

  /** Whether the items of one more sequence may be read. Problem: `nesting-too-deep`. */
  mayEnter(tag: Tag): boolean {
    if (this.#path.length < limits.dicomNestingMax) return true;
    this.note("nesting-too-deep", "Sequences lie too deep in each other; this one was left out.", tag);
    return false;
  }

  /** The VR that an element names. Problems: `vr-missing` (that of the dictionary is taken), `vr-invalid` (undefined). */
  vrOf(vr: unknown, tag: Tag): string | undefined {
    if (vr === undefined) {
      this.note("vr-missing", "The element names no VR; that of the dictionary was taken.", tag);
      return implicitVr(tag, false);
    }
    if (typeof vr === "string" && /^[A-Z]{2}$/.test(vr)) return vr;
    this.note("vr-invalid", "A VR is two capital letters; the element was left out.", tag);
    return undefined;
  }

  /** Runs within the numbered item of a sequence, counted from 1. */
  within<T>(tag: Tag, number: number, run: () => T): T {
    this.#path.push(`${tagText(tag)}[${number}]`);
    const result = run();
    this.#path.pop();
    return result;
  }

  note(code: string, message: string, which?: Tag | string): void {
    if (this.problems.length >= limits.dicomProblemsMax) return;
    const own = typeof which === "number" ? tagText(which) : which;
    const where = [...this.#path, ...(own === undefined ? [] : [own])].join(".");
    this.problems.push(incorrect(code, message, where === "" ? {} : { where }));
  }
}

interface ModelElement {
  readonly tag: Tag;
  readonly vr: string;
  readonly content: ModelContent;
}

/**
 * The element as a data set has it, little endian, texts in UTF-8. Undefined where its content does not fit its VR. Problems:
 * `value-not-of-vr`, `values-too-many`, `backslash-in-value`, `base64-invalid`, `bulk-data-missing`.
 */
export function elementOfModel({ tag, vr, content }: ModelElement, scan: ModelScan): DataElement | undefined {
  const { content: made } = vrNamed(vr);
  switch (content.is) {
    case "items":
      if (made !== "sequence" && vr !== "UN") return misfit(tag, scan);
      return { tag, vr: "SQ", content: { is: "items", items: content.items.map(asItem), isUndefinedLength: false } };
    case "base64": {
      const bytes = bytesOfBase64(content.text);
      if (bytes === undefined) scan.note("base64-invalid", "The bytes are no Base64.", tag);
      return bytes === undefined || made === "sequence" ? misfit(tag, scan) : makeElement(tag, bytes, { vr });
    }
    case "bulk": {
      const found = scan.options.bulkData?.(content.uri, { tag, vr });
      if (found === undefined) scan.note("bulk-data-missing", "The value at its address is not there.", tag);
      return found === undefined ? makeElement(tag, emptyOf(vr), { vr }) : { tag, vr, content: found };
    }
    case "values":
      return elementOfValues({ tag, vr, values: content.values }, scan);
  }
}

function asItem(dataSet: DataSet) {
  return { dataSet, isUndefinedLength: false };
}

function emptyOf(vr: string): Uint8Array | readonly DataSet[] {
  return vrNamed(vr).content === "sequence" ? [] : new Uint8Array(0);
}

function misfit(tag: Tag, scan: ModelScan): undefined {
  scan.note("value-not-of-vr", "The value is none of its VR; the element was left out.", tag);
  return undefined;
}

interface Valued {
  readonly tag: Tag;
  readonly vr: string;
  readonly values: readonly ModelValue[];
}

function elementOfValues({ tag, vr, values }: Valued, scan: ModelScan): DataElement | undefined {
  if (values.length === 0) return makeElement(tag, emptyOf(vr), { vr });
  const { content: made } = vrNamed(vr);
  if (made === "text" || made === "ascii") return elementOfTexts({ tag, vr, values }, scan);
  if (made === "tag") return elementOfTags({ tag, vr, values }, scan);
  if (made !== "number") return misfit(tag, scan);
  const whole = wholeNumberBytes(vr, values);
  if (whole !== undefined) return makeElement(tag, whole, { vr });
  const numbers = values.map(numberOf);
  return vr.startsWith("F") && numbers.every((number) => number !== undefined)
    ? makeElement(tag, numbers, { vr })
    : misfit(tag, scan);
}

const notFinite: Readonly<Record<string, number>> = {
  NaN: Number.NaN,
  Infinity: Number.POSITIVE_INFINITY,
  "-Infinity": Number.NEGATIVE_INFINITY,
  inf: Number.POSITIVE_INFINITY,
  "-inf": Number.NEGATIVE_INFINITY,
};

function numberOf(value: ModelValue): number | undefined {
  if (typeof value === "number") return value;
  if (value === null) return Number.NaN;
  const text = value.trim();
  if (Object.hasOwn(notFinite, text)) return notFinite[text];
  return text === "" || Number.isNaN(Number(text)) ? undefined : Number(text);
}

function elementOfTags({ tag, vr, values }: Valued, scan: ModelScan): DataElement | undefined {
  const named = values.map((value) =>
    typeof value === "string" && /^[0-9A-Fa-f]{8}$/.test(value) ? value : undefined,
  );
  return named.includes(undefined)
    ? misfit(tag, scan)
    : makeElement(
        tag,
        named.map((key) => Number.parseInt(key ?? "", 16)),
        { vr },
      );
}

function elementOfTexts({ tag, vr, values }: Valued, scan: ModelScan): DataElement | undefined {
  const { isMultiple } = vrNamed(vr);
  const texts = values.map((value) => textOf(value, vr));
  if (!isMultiple && texts.length > 1)
    scan.note("values-too-many", "The VR has one value; the others were left out.", tag);
  if (isMultiple && texts.some((text) => text.includes("\\"))) {
    scan.note("backslash-in-value", "A backslash parts values, and may not stand in one.", tag);
  }
  return makeElement(tag, isMultiple ? texts : texts.slice(0, 1), { vr, characterSets: unicodeCharacterSets });
}

/** A DS has 16 characters at most. Source: PS3.5 Table 6.2-1. */
const decimalCharactersMax = 16;

function textOf(value: ModelValue, vr: string): string {
  if (value === null) return "";
  if (typeof value === "string") return value;
  const text = String(value);
  if (vr !== "DS" || text.length <= decimalCharactersMax) return text;
  for (let digits = decimalCharactersMax; digits > 0; digits -= 1) {
    const shorter = String(Number(value.toPrecision(digits)));
    if (shorter.length <= decimalCharactersMax) return shorter;
  }
  return text;
}

/** The data set of these elements: sorted, each tag once, and in UTF-8. Problems: `element-repeated`. */
export function dataSetOfModel(elements: readonly DataElement[], scan: ModelScan, isItem: boolean): DataSet {
  const byTag = new Map<Tag, DataElement>();
  for (const element of elements) {
    if (byTag.has(element.tag))
      scan.note("element-repeated", "The element is there twice; the later was left out.", element.tag);
    else byTag.set(element.tag, element);
  }
  const isNamed = byTag.delete(tags.characterSet) && ownCharacterSets(elements) !== undefined;
  const isNeeded = !isItem && (isNamed || [...byTag.values()].some(isBeyondAscii));
  const named = isNeeded ? makeElement(tags.characterSet, ["ISO_IR 192"]) : undefined;
  const all = named === undefined ? [...byTag.values()] : [named, ...byTag.values()];
  return new DataSet(
    all.sort((one, other) => one.tag - other.tag),
    unicodeCharacterSets,
  );
}

function isBeyondAscii({ vr, content }: DataElement): boolean {
  if (content.is === "items") return content.items.some(({ dataSet }) => dataSet.elements.some(isBeyondAscii));
  return content.is === "bytes" && vrNamed(vr).content === "text" && content.bytes.some((byte) => byte > 0x7f);
}

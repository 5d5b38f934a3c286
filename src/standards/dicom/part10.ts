import { incorrect, limits, type Problem, unsupported } from "#kernel";
import { DataSet } from "./data-set.ts";
import type { DataElement } from "./element.ts";
import { joined } from "./joined.ts";
import { readDataSet } from "./read-data-set.ts";
import type { Form } from "./source.ts";
import { type Tag, tags } from "./tag.ts";
import {
  explicitBig,
  explicitLittle,
  implicitLittle,
  isKnownTransferSyntax,
  type TransferSyntax,
  transferSyntaxOf,
} from "./transfer-syntax.ts";
import { vrs } from "./vr.ts";
import { writeDataSet } from "./write-data-set.ts";

/** A DICOM file. Source: PS3.10 §7. */
export interface Part10File {
  /** The 128 bytes before `DICM`; undefined for a file without them. */
  readonly preamble: Uint8Array | undefined;
  /** Group 0002; without elements for a file that has none. */
  readonly meta: DataSet;
  /** As the meta information names it, or as it was guessed. */
  readonly syntax: TransferSyntax;
  /** How the data set really is written: some files that should have VRs have none. */
  readonly form: Form;
  readonly dataSet: DataSet;
  /** What stands behind the data set and is none: padding, or what made no sense. */
  readonly trailing: Uint8Array;
}

export interface Part10Reading {
  /** Undefined for what is no DICOM file, and for a deflated one that could not be unpacked. */
  readonly file: Part10File | undefined;
  /** False when the bytes ended, or made no sense, before the stop or the end. */
  readonly isWhole: boolean;
  /** Where the data set begins in the bytes. */
  readonly dataSetAt: number;
  /** Where the first byte stands that was not read; within what was unpacked, of a deflated file. */
  readonly next: number;
  readonly problems: readonly Problem[];
}

export interface Part10Options {
  /** Reading stops before this tag; with `tags.pixelData` the first bytes of a file are enough. */
  readonly until?: Tag;
  /** Unpacks raw deflate to at most so many bytes; undefined where it cannot. Without it a deflated file is `unsupported`. */
  readonly inflate?: (bytes: Uint8Array, bytesMax: number) => Uint8Array | undefined;
}

const prefixAt = 128;

/**
 * Reads a DICOM file, also one without preamble or meta information, whose transfer syntax is then guessed. Values are views of
 * the bytes. Problems besides those of `readDataSet`: `not-dicom`, `preamble-missing`, `meta-missing`,
 * `transfer-syntax-missing`, `transfer-syntax-unknown`, `deflate-unsupported`, `deflate-invalid`.
 */
export function readPart10(bytes: Uint8Array, options: Part10Options = {}): Part10Reading {
  const hasPrefix = String.fromCharCode(...bytes.subarray(prefixAt, prefixAt + 4)) === "DICM";
  const start = hasPrefix ? prefixAt + 4 : 0;
  if (!hasPrefix && !looksLikeElements(bytes)) return notDicom;
  const problems: Problem[] = [];
  if (!hasPrefix) problems.push(incorrect("preamble-missing", "The file has no preamble and prefix."));
  const head = readDataSet(bytes, explicitLittle, { at: start, group: 2 });
  const meta = head.dataSet;
  problems.push(
    ...(meta.elements.length === 0 ? [incorrect("meta-missing", "There is no meta information.")] : head.problems),
  );
  const syntax = syntaxOf(meta, bytes.subarray(head.next), problems);
  const at = head.next;
  const preamble = hasPrefix ? bytes.subarray(0, prefixAt) : undefined;
  if (!syntax.isDeflated)
    return { ...rest({ preamble, meta, syntax }, { bytes, at, options, problems }), dataSetAt: at };
  const unpacked = options.inflate?.(bytes.subarray(at), limits.dicomInflatedBytesMax);
  if (unpacked !== undefined)
    return { ...rest({ preamble, meta, syntax }, { bytes: unpacked, at: 0, options, problems }), dataSetAt: at };
  problems.push(options.inflate === undefined ? deflateUnsupported : deflateInvalid);
  return { file: undefined, isWhole: false, dataSetAt: at, next: at, problems };
}

const notDicom: Part10Reading = {
  file: undefined,
  isWhole: false,
  dataSetAt: 0,
  next: 0,
  problems: [incorrect("not-dicom", "It is no DICOM file.")],
};
const deflateUnsupported = unsupported("deflate-unsupported", "Deflated data sets cannot be unpacked here.");
const deflateInvalid = incorrect("deflate-invalid", "The deflated data set cannot be unpacked, or is too large.");

interface Remaining {
  readonly bytes: Uint8Array;
  readonly at: number;
  readonly options: Part10Options;
  readonly problems: readonly Problem[];
}

function rest(
  head: Omit<Part10File, "form" | "dataSet" | "trailing">,
  { bytes, at, options, problems }: Remaining,
): Omit<Part10Reading, "dataSetAt"> {
  const { until } = options;
  const form = formOf(head.syntax, bytes.subarray(at));
  const noted =
    form === head.syntax
      ? []
      : [incorrect("vr-missing", "The data set has no VRs, which its transfer syntax asks for.")];
  const read = readDataSet(bytes, form, { at, ...(until === undefined ? {} : { until }) });
  const trailing = until === undefined ? bytes.subarray(read.next) : bytes.subarray(0, 0);
  const file = { ...head, form, dataSet: read.dataSet, trailing };
  return { file, isWhole: read.isWhole, next: read.next, problems: [...problems, ...noted, ...read.problems] };
}

/** Explicit only where the first element has a VR. */
function formOf(syntax: TransferSyntax, bytes: Uint8Array): Form {
  if (!syntax.isExplicit || !syntax.isLittleEndian || bytes.length < 8) return syntax;
  const isExplicit = /^[A-Z]{2}$/.test(String.fromCharCode(bytes[4] as number, bytes[5] as number));
  return isExplicit ? syntax : { isExplicit: false, isLittleEndian: true };
}

function syntaxOf(meta: DataSet, bytes: Uint8Array, problems: Problem[]): TransferSyntax {
  const where = "(0002,0010)";
  const uid = meta.text(tags.transferSyntax);
  if (uid === undefined) {
    if (meta.elements.length > 0)
      problems.push(incorrect("transfer-syntax-missing", "No transfer syntax is named; it was guessed.", { where }));
    return guessedSyntax(bytes);
  }
  if (!isKnownTransferSyntax(uid))
    problems.push(unsupported("transfer-syntax-unknown", "The transfer syntax is none of the standard.", { where }));
  return transferSyntaxOf(uid);
}

/** By the first element: its group is small in the right byte order, and two letters behind the tag are a VR. */
function guessedSyntax(bytes: Uint8Array): TransferSyntax {
  const vr = String.fromCharCode(bytes[4] ?? 0, bytes[5] ?? 0);
  if (vrs[vr] === undefined) return implicitLittle;
  return (bytes[0] ?? 0) === 0 && (bytes[1] ?? 0) > 0 ? explicitBig : explicitLittle;
}

/** The first element is of a low group, even, and its value has a length that could be. */
function looksLikeElements(bytes: Uint8Array): boolean {
  if (bytes.length < 8) return false;
  const [a = 0, b = 0] = bytes;
  const group = Math.min(a + b * 256, b + a * 256);
  return (group === 2 || group === 4 || group === 8) && (a === 0 || b === 0);
}

/** The bytes of a file; packed by `deflate` where its syntax asks for it. Undefined when that is wanting. */
export function writePart10(
  file: Part10File,
  deflate?: (bytes: Uint8Array) => Uint8Array | undefined,
): Uint8Array | undefined {
  const { preamble, syntax, form, dataSet, trailing } = file;
  const body = writeDataSet(dataSet, form);
  const packed = syntax.isDeflated ? deflate?.(joined([body, trailing])) : joined([body, trailing]);
  if (packed === undefined) return undefined;
  const beginning = preamble === undefined ? metaBytes(file.meta) : fileBeginning(file.meta, preamble);
  return joined([beginning, packed]);
}

/** What stands in a file before its data set: preamble, prefix and meta information. Source: PS3.10 §7.1. */
export function fileBeginning(meta: DataSet, preamble: Uint8Array = new Uint8Array(128)): Uint8Array {
  return joined([preamble, Uint8Array.of(0x44, 0x49, 0x43, 0x4d), metaBytes(meta)]);
}

function metaBytes(meta: DataSet): Uint8Array {
  return writeDataSet(measured(meta), explicitLittle);
}

/** With the length of the group as it is, where it is told. Source: PS3.10 §7.1. */
function measured(meta: DataSet): DataSet {
  const told = meta.get(tags.metaLength);
  if (told?.content.is !== "bytes" || told.content.bytes.length !== 4) return meta;
  const others = meta.without(tags.metaLength);
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, writeDataSet(others, explicitLittle).length, true);
  const element: DataElement = { ...told, content: { ...told.content, bytes, isLittleEndian: true } };
  return new DataSet(meta.elements.map((one) => (one === told ? element : one)));
}

/** What a form is, besides a transfer syntax: every transfer syntax is one. */
export type { Form };

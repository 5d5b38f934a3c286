import type { DataSet } from "./data-set.ts";
import type { Content, DataElement, Item } from "./element.ts";
import { undefinedLength } from "./element-header.ts";
import type { Form } from "./source.ts";
import { type Tag, tags } from "./tag.ts";
import { vrNamed } from "./vr.ts";

const implicit: Form = { isExplicit: false, isLittleEndian: true };

/**
 * A data set's bytes in the form of a transfer syntax. Sequences keep whether lengths or delimiters end them; numbers change
 * their byte order where it differs. What was read with no problem and is written in its own form is the same, byte for byte.
 * Source: PS3.5 §7.1, §7.5, Annex A.
 */
export function writeDataSet(dataSet: DataSet, form: Form): Uint8Array {
  const bytes = new Uint8Array(lengthOfElements(dataSet, form));
  const sink: Sink = { bytes, view: new DataView(bytes.buffer), at: 0 };
  writeElements(dataSet, form, sink);
  return bytes;
}

interface Sink {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  at: number;
}

/** Items of a UN sequence have no VRs. */
function innerForm(vr: string, form: Form): Form {
  return vr === "UN" && form.isExplicit ? implicit : form;
}

function lengthOfElements({ elements }: DataSet, form: Form): number {
  let length = 0;
  for (const element of elements) length += headerLength(element, form) + lengthOfContent(element, form);
  return length;
}

function headerLength({ vr, content }: DataElement, form: Form): number {
  return form.isExplicit && (vrNamed(vr).isLong || isTooLong(content)) ? 12 : 8;
}

/** A short header holds lengths to FFFE alone; a longer value must be UN. Source: PS3.5 §6.2.2 note 2. */
function isTooLong(content: Content): boolean {
  return content.is === "bytes" && content.bytes.length > 0xfffe;
}

function lengthOfContent({ vr, content }: DataElement, form: Form): number {
  switch (content.is) {
    case "bytes":
      return content.bytes.length;
    case "fragments":
      return content.fragments.reduce((sum, fragment) => sum + 8 + fragment.length, 8);
    case "items": {
      const inner = innerForm(vr, form);
      const items = content.items.reduce((sum, item) => sum + lengthOfItem(item, inner), 0);
      return items + (content.isUndefinedLength ? 8 : 0);
    }
  }
}

function lengthOfItem({ dataSet, isUndefinedLength }: Item, form: Form): number {
  return 8 + lengthOfElements(dataSet, form) + (isUndefinedLength ? 8 : 0);
}

function writeElements({ elements }: DataSet, form: Form, sink: Sink): void {
  for (const element of elements) {
    writeHeader(element, form, sink);
    writeContent(element, form, sink);
  }
}

function writeHeader(element: DataElement, form: Form, sink: Sink): void {
  const { tag, vr, content } = element;
  const isUndefined = content.is === "fragments" || (content.is === "items" && content.isUndefinedLength);
  const length = isUndefined ? undefinedLength : lengthOfContent(element, form);
  if (!form.isExplicit) {
    writeTagAndLength({ tag, length }, form, sink);
    return;
  }
  const isLong = headerLength(element, form) === 12;
  const written = isLong && !vrNamed(vr).isLong ? "UN" : vr;
  writeTag(tag, form, sink);
  sink.bytes[sink.at] = written.charCodeAt(0);
  sink.bytes[sink.at + 1] = written.charCodeAt(1);
  if (isLong) sink.view.setUint32(sink.at + 4, length, form.isLittleEndian);
  else sink.view.setUint16(sink.at + 2, length, form.isLittleEndian);
  sink.at += isLong ? 8 : 4;
}

function writeTag(tag: Tag, { isLittleEndian }: Form, sink: Sink): void {
  sink.view.setUint16(sink.at, tag >>> 16, isLittleEndian);
  sink.view.setUint16(sink.at + 2, tag & 0xffff, isLittleEndian);
  sink.at += 4;
}

function writeTagAndLength({ tag, length }: { tag: Tag; length: number }, form: Form, sink: Sink): void {
  writeTag(tag, form, sink);
  sink.view.setUint32(sink.at, length, form.isLittleEndian);
  sink.at += 4;
}

function writeContent({ vr, content }: DataElement, form: Form, sink: Sink): void {
  switch (content.is) {
    case "bytes": {
      const unitBytes = content.isLittleEndian === form.isLittleEndian ? 1 : vrNamed(vr).unitBytes;
      writeBytes(content.bytes, unitBytes, sink);
      return;
    }
    case "fragments":
      for (const fragment of content.fragments) {
        writeTagAndLength({ tag: tags.item, length: fragment.length }, form, sink);
        writeBytes(fragment, 1, sink);
      }
      writeTagAndLength({ tag: tags.sequenceEnd, length: 0 }, form, sink);
      return;
    case "items": {
      const inner = innerForm(vr, form);
      for (const item of content.items) writeItem(item, inner, sink);
      if (content.isUndefinedLength) writeTagAndLength({ tag: tags.sequenceEnd, length: 0 }, inner, sink);
    }
  }
}

function writeItem({ dataSet, isUndefinedLength }: Item, form: Form, sink: Sink): void {
  const length = isUndefinedLength ? undefinedLength : lengthOfElements(dataSet, form);
  writeTagAndLength({ tag: tags.item, length }, form, sink);
  writeElements(dataSet, form, sink);
  if (isUndefinedLength) writeTagAndLength({ tag: tags.itemEnd, length: 0 }, form, sink);
}

/** `unitBytes` above 1 turns the order of each unit around; what is left over at the end stays. */
function writeBytes(bytes: Uint8Array, unitBytes: number, sink: Sink): void {
  sink.bytes.set(bytes, sink.at);
  if (unitBytes > 1)
    for (let at = 0; at + unitBytes <= bytes.length; at += unitBytes)
      sink.bytes.subarray(sink.at + at, sink.at + at + unitBytes).reverse();
  sink.at += bytes.length;
}

import assert from "node:assert/strict";
import {
  type DataElement,
  DataSet,
  explicitLittle,
  type MadeFrom,
  makeElement,
  type Part10File,
  type TransferSyntax,
  writePart10,
} from "#standards/dicom";

/** By keyword or `(gggg,eeee)`; a private one with its VR: `"(0009,1001) LO"`. */
export type DicomValues = Readonly<Record<string, MadeFrom | string | number>>;

export function aDataSet(values: DicomValues): DataSet {
  const elements = Object.entries(values).map(([which, value]) => aDicomElement(which, value));
  return new DataSet(elements.sort((one, other) => one.tag - other.tag));
}

export function aDicomElement(which: string, value: MadeFrom | string | number): DataElement {
  const [name = "", vr] = which.split(" ");
  const values = typeof value === "string" || typeof value === "number" ? [value] : value;
  const element = makeElement(name, values, vr === undefined ? {} : { vr });
  assert.ok(element, `${which} cannot be made`);
  return element;
}

/** A CT slice of four by four pixels of Mrs Osei, in UTF-8. */
export const aSlice: DicomValues = {
  SpecificCharacterSet: "ISO_IR 192",
  SOPClassUID: "1.2.840.10008.5.1.4.1.1.2",
  SOPInstanceUID: "1.2.3.4.5.1",
  StudyDate: "20260302",
  Modality: "CT",
  PatientName: "Osei^Ama",
  PatientID: "9434765919",
  StudyInstanceUID: "1.2.3.4.5",
  SeriesInstanceUID: "1.2.3.4.5.0",
  Rows: 4,
  Columns: 4,
  SamplesPerPixel: 1,
  PhotometricInterpretation: "MONOCHROME2",
  BitsAllocated: 16,
  BitsStored: 12,
  HighBit: 11,
  PixelRepresentation: 0,
  PixelData: Uint8Array.from({ length: 32 }, (_, index) => index),
};

export function aDicomFile(values: DicomValues = aSlice, syntax: TransferSyntax = explicitLittle): Part10File {
  const meta = aDataSet({
    "(0002,0000)": 0,
    "(0002,0001)": Uint8Array.of(0, 1),
    "(0002,0010)": syntax.uid,
  });
  const dataSet = aDataSet(values);
  return { preamble: new Uint8Array(128), meta, syntax, form: syntax, dataSet, trailing: new Uint8Array(0) };
}

export function dicomBytes(file: Part10File): Uint8Array {
  const bytes = writePart10(file);
  assert.ok(bytes);
  return bytes;
}

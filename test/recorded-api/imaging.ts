import { DataSet, dicomJson, makeElement } from "#standards/dicom";
import { type Asked, json, notFound, type Recorded, type Row } from "./reply.ts";

/** A small CT of Mrs Osei: two bright circles on a dark ground, in six slices. */
const study = "1.2.826.0.1.3680043.10.1400.1";
const series = `${study}.1`;
const side = 64;
const slices = 6;

type Values = Readonly<Record<string, string | number | readonly (string | number)[]>>;

function model(values: Values) {
  const elements = Object.entries(values).flatMap(
    ([keyword, value]) => makeElement(keyword, typeof value === "object" ? value : [value]) ?? [],
  );
  return dicomJson(new DataSet(elements.toSorted((one, other) => one.tag - other.tag)));
}

const studyRow = {
  SpecificCharacterSet: "ISO_IR 192",
  StudyDate: "20261120",
  StudyTime: "101500",
  AccessionNumber: "WH26-104411",
  StudyDescription: "CT thorax",
  PatientName: "OSEI^Adwoa^^Mrs",
  PatientID: "RX4402719",
  PatientBirthDate: "19610312",
  PatientSex: "F",
  StudyInstanceUID: study,
};
const seriesRow = {
  Modality: "CT",
  SeriesDescription: "Thorax 5.0",
  SeriesInstanceUID: series,
  SeriesNumber: 1,
};

const instances = Array.from({ length: slices }, (_, index) =>
  model({
    ...studyRow,
    ...seriesRow,
    SOPClassUID: "1.2.840.10008.5.1.4.1.1.2",
    SOPInstanceUID: `${series}.${index + 1}`,
    InstanceNumber: index + 1,
    ImagePositionPatient: [-160, -160, -5 * index],
    ImageOrientationPatient: [1, 0, 0, 0, 1, 0],
    PixelSpacing: [5, 5],
    SliceThickness: 5,
    FrameOfReferenceUID: `${study}.9`,
    SamplesPerPixel: 1,
    PhotometricInterpretation: "MONOCHROME2",
    Rows: side,
    Columns: side,
    BitsAllocated: 16,
    BitsStored: 12,
    HighBit: 11,
    PixelRepresentation: 0,
    RescaleIntercept: -1024,
    RescaleSlope: 1,
    WindowCenter: 40,
    WindowWidth: 400,
  }),
);

const frame = Uint16Array.from({ length: side * side }, (_, at) => {
  const [x, y] = [(at % side) - side / 2, Math.floor(at / side) - side / 2];
  if (Math.hypot(x - 9, y) < 6 || Math.hypot(x + 9, y) < 6) return 200;
  return Math.hypot(x, y) < 28 ? 1_064 : 24;
});

const found = (rows: readonly unknown[]): Recorded => ({
  ...json(rows),
  contentType: "application/dicom+json",
});

function studies({ query }: Asked): Recorded {
  const isAbout = [query.get("StudyInstanceUID") ?? study, query.get("PatientID") ?? "RX4402719"];
  if (isAbout.join() !== `${study},RX4402719`) return found([]);
  const counts = { ModalitiesInStudy: "CT", NumberOfStudyRelatedSeries: 1, NumberOfStudyRelatedInstances: slices };
  return found([model({ ...studyRow, ...counts })]);
}

/** What the DICOMweb door answers about that study. */
export const imagingReplies: readonly Row[] = [
  ["GET", /^\/dicomweb\/studies$/, studies],
  [
    "GET",
    /^\/dicomweb\/studies\/([\d.]+)\/series$/,
    (_, [uid]) =>
      uid === study ? found([model({ ...seriesRow, NumberOfSeriesRelatedInstances: slices })]) : found([]),
  ],
  ["GET", /^\/dicomweb\/studies\/[\d.]+\/series\/[\d.]+\/metadata$/, () => found(instances)],
  ["GET", /^\/dicomweb\/.*\/frames\/1$/, () => frameReply],
  ["GET", /^\/dicomweb\/.*\/thumbnail$/, () => notFound],
  [
    "GET",
    /^\/fhir\/ImagingStudy$/,
    () => json({ resourceType: "Bundle", type: "searchset", entry: [{ resource: imagingStudy }] }),
  ],
];

const boundary = "corridor-recorded";
const head = `--${boundary}\r\nContent-Type: application/octet-stream; transfer-syntax=1.2.840.10008.1.2.1\r\n\r\n`;
const frameReply: Recorded = {
  status: 200,
  contentType: `multipart/related; type="application/octet-stream"; boundary=${boundary}`,
  body: Buffer.concat([Buffer.from(head), Buffer.from(frame.buffer), Buffer.from(`\r\n--${boundary}--\r\n`)]),
};

const imagingStudy = {
  resourceType: "ImagingStudy",
  id: "ct1",
  status: "available",
  identifier: [{ system: "urn:dicom:uid", value: `urn:oid:${study}` }],
  started: "2026-11-20T10:15:00Z",
  description: "CT thorax",
  modality: [{ system: "http://dicom.nema.org/resources/ontology/DCM", code: "CT" }],
  numberOfSeries: 1,
  numberOfInstances: slices,
};

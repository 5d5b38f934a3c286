import {
  type DataElement,
  type DataSet,
  explicitLittle,
  makeElement,
  transferSyntaxOf,
  writePart10,
} from "#standards/dicom";
import { type JsonDataSet, textOf, textsOf } from "../dicomweb/attributes.ts";
import { dataSetOf, type ImageReference } from "./content-items.ts";
import { maker } from "./own-document.ts";

/** An image that a document speaks of, with the series it is in. */
export interface Evidence extends ImageReference {
  readonly series: string;
}

export interface Head {
  /** An instance of the study, whose patient and study the document is of. */
  readonly of: JsonDataSet;
  readonly sopClass: string;
  readonly modality: "SR" | "KO";
  readonly seriesDescription: string;
  readonly seriesNumber: number;
  readonly now: Date;
}

/** Taken over as they are, so that the document stands with its study. Source: PS3.3 C.7.1.1, C.7.2.1. */
const takenOver = [
  "00080020",
  "00080030",
  "00080050",
  "00080090",
  "00081030",
  "00100010",
  "00100020",
  "00100021",
  "00100030",
  "00100040",
  "0020000D",
  "00200010",
] as const;

export function headOf({ of, sopClass, modality, seriesDescription, seriesNumber, now }: Head): DataSet {
  const [date, time] = [stampOf(now).slice(0, 8), stampOf(now).slice(8)];
  const own = dataSetOf({
    SpecificCharacterSet: "ISO_IR 192",
    SOPClassUID: sopClass,
    SOPInstanceUID: newUid(),
    Modality: modality,
    Manufacturer: maker.manufacturer,
    ManufacturerModelName: maker.model,
    SeriesDate: date,
    SeriesTime: time,
    SeriesDescription: seriesDescription,
    SeriesInstanceUID: newUid(),
    SeriesNumber: seriesNumber,
    InstanceNumber: 1,
    ContentDate: date,
    ContentTime: time,
    ReferencedPerformedProcedureStepSequence: [],
  });
  return own.with(...takenOver.flatMap((tag) => takenFrom(of, tag)));
}

function takenFrom(of: JsonDataSet, tag: string): readonly DataElement[] {
  const vr = of[tag]?.vr;
  if (vr === undefined) return [];
  const values = vr === "PN" ? [personText(of, tag)] : textsOf(of, tag);
  const element = makeElement(Number.parseInt(tag, 16) as DataElement["tag"], values, { vr });
  return element === undefined ? [] : [element];
}

function personText(of: JsonDataSet, tag: string): string {
  const [name] = of[tag]?.Value ?? [];
  if (typeof name === "string") return name;
  const { Alphabetic = "", Ideographic = "", Phonetic = "" } = (name ?? {}) as Record<string, string>;
  return [Alphabetic, Ideographic, Phonetic].join("=").replace(/=+$/, "");
}

/** Which images a document speaks of, by study and series. Source: PS3.3 Table C.17-3. */
export function evidenceItem(studyUid: string, evidence: readonly Evidence[]): DataSet {
  const bySeries = Map.groupBy(evidence, ({ series }) => series);
  const series = [...bySeries].map(([uid, images]) =>
    dataSetOf({
      SeriesInstanceUID: uid,
      ReferencedSOPSequence: [...new Map(images.map((image) => [image.sopInstance, image])).values()].map(
        ({ sopClass, sopInstance }) =>
          dataSetOf({ ReferencedSOPClassUID: sopClass, ReferencedSOPInstanceUID: sopInstance }),
      ),
    }),
  );
  return dataSetOf({ StudyInstanceUID: studyUid, ReferencedSeriesSequence: series });
}

/** The document as a file. Source: PS3.10 §7. */
export function fileOf(dataSet: DataSet): Uint8Array {
  const meta = dataSetOf({
    FileMetaInformationGroupLength: 0,
    FileMetaInformationVersion: Uint8Array.of(0, 1),
    MediaStorageSOPClassUID: dataSet.text("SOPClassUID") ?? "",
    MediaStorageSOPInstanceUID: dataSet.text("SOPInstanceUID") ?? "",
    TransferSyntaxUID: "1.2.840.10008.1.2.1",
    ImplementationClassUID: implementation,
  });
  const syntax = transferSyntaxOf("1.2.840.10008.1.2.1");
  const nothing = new Uint8Array();
  const file = { preamble: new Uint8Array(128), meta, syntax, form: explicitLittle, dataSet, trailing: nothing };
  const bytes = writePart10(file);
  if (bytes === undefined) throw new Error("Nothing has to be packed in this transfer syntax.");
  return bytes;
}

/** A UUID of Corridor's own, as a UID. Source: PS3.5 B.2. */
const implementation = "2.25.206871044153946823410917264013552881911";

/** Source: PS3.5 B.2 (a UUID as a number under 2.25). */
export function newUid(): string {
  return uidOfUuid(crypto.randomUUID());
}

export function uidOfUuid(uuid: string): string {
  return `2.25.${BigInt(`0x${uuid.replaceAll("-", "")}`)}`;
}

/** `20261123194102`, in the time of this browser. */
function stampOf(now: Date): string {
  const parts = [now.getMonth() + 1, now.getDate(), now.getHours(), now.getMinutes(), now.getSeconds()];
  return `${now.getFullYear()}${parts.map((part) => String(part).padStart(2, "0")).join("")}`;
}

/** The study that an instance is of. */
export function studyUidOf(of: JsonDataSet): string {
  return textOf(of, "0020000D") ?? "";
}

import { type DataElement, type DataSet, dataSetOf, makeElement, uidOfUuid } from "#standards/dicom";
import { type JsonDataSet, textOf, textsOf } from "../dicomweb/attributes.ts";
import type { ImageReference } from "./content-items.ts";
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

/** Taken over as they are, so that the document stands with its study; empty where the study has none. Source: PS3.3 C.7.1.1, C.7.2.1. */
const takenOver = {
  "00080020": "DA",
  "00080030": "TM",
  "00080050": "SH",
  "00080090": "PN",
  "00100010": "PN",
  "00100020": "LO",
  "00100030": "DA",
  "00100040": "CS",
  "0020000D": "UI",
  "00200010": "SH",
} as const;

/** Taken over where the study has them. */
const takenIfThere = { "00081030": "LO", "00100021": "LO" } as const;

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
  const there = Object.entries(takenIfThere).filter(([tag]) => of[tag]?.Value !== undefined);
  return own.with(...[...Object.entries(takenOver), ...there].flatMap(([tag, vr]) => takenFrom(of, tag, vr)));
}

function takenFrom(of: JsonDataSet, tag: string, vr: string): readonly DataElement[] {
  const values = vr === "PN" ? [personText(of, tag)].filter(Boolean) : textsOf(of, tag);
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

/** How another document names this one. */
export function evidenceOf(document: DataSet): Evidence {
  return {
    series: document.text("SeriesInstanceUID") ?? "",
    sopClass: document.text("SOPClassUID") ?? "",
    sopInstance: document.text("SOPInstanceUID") ?? "",
  };
}

export function newUid(): string {
  return uidOfUuid(crypto.randomUUID());
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

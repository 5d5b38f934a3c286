import { type JsonDataSet, numberOf, textOf } from "./attributes.ts";
import { dayOf } from "./dates.ts";

/** A series as a query of series tells it. Source: PS3.18 Table 10.6.3-4. */
export interface Series {
  readonly studyUid: string;
  readonly uid: string;
  readonly modality: string;
  readonly number: number | undefined;
  readonly description: string | undefined;
  readonly bodyPart: string | undefined;
  readonly day: string | undefined;
  readonly instanceCount: number | undefined;
  readonly kind: SeriesKind;
}

/** What a series is shown as. */
export type SeriesKind = "images" | "outline" | "report" | "key-images" | "document" | "other";

const kinds: Readonly<Record<string, SeriesKind>> = {
  SR: "report",
  KO: "key-images",
  DOC: "document",
  PR: "other",
  RTSTRUCT: "outline",
  RTPLAN: "other",
  RTRECORD: "other",
  REG: "other",
  SEG: "outline",
  FID: "other",
  HC: "other",
  ECG: "other",
  AU: "other",
};

export function seriesOf(row: JsonDataSet, studyUid: string): Series {
  const modality = textOf(row, "00080060") ?? "OT";
  return {
    studyUid: textOf(row, "0020000D") ?? studyUid,
    uid: textOf(row, "0020000E") ?? "",
    modality,
    number: numberOf(row, "00200011"),
    description: textOf(row, "0008103E"),
    bodyPart: textOf(row, "00180015"),
    day: dayOf(textOf(row, "00080021")),
    instanceCount: numberOf(row, "00201209"),
    kind: kinds[modality] ?? "images",
  };
}

const order: readonly SeriesKind[] = ["images", "outline", "key-images", "document", "report", "other"];

/** Images first, then what was written about them; each by its number. */
export function inReadingOrder(series: readonly Series[]): readonly Series[] {
  return series.toSorted(
    (one, other) =>
      order.indexOf(one.kind) - order.indexOf(other.kind) ||
      (one.number ?? Infinity) - (other.number ?? Infinity) ||
      one.uid.localeCompare(other.uid),
  );
}

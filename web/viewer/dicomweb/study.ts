import { type JsonDataSet, numberOf, personOf, textOf, textsOf } from "./attributes.ts";
import { clockOf, dayOf } from "./dates.ts";

/** A study as a query of studies tells it. Source: PS3.18 Table 10.6.3-3. */
export interface Study {
  readonly uid: string;
  readonly patientName: string | undefined;
  readonly patientId: string | undefined;
  /** Whose number it is. */
  readonly patientIdIssuer: string | undefined;
  /** `1961-03-12`. */
  readonly birthDay: string | undefined;
  readonly sex: string | undefined;
  readonly accession: string | undefined;
  /** `2026-11-20`. */
  readonly day: string | undefined;
  /** `10:15`. */
  readonly clock: string | undefined;
  readonly description: string | undefined;
  readonly modalities: readonly string[];
  readonly referrer: string | undefined;
  readonly seriesCount: number | undefined;
  readonly instanceCount: number | undefined;
}

export function studyOf(row: JsonDataSet): Study {
  return {
    uid: textOf(row, "0020000D") ?? "",
    patientName: personOf(row, "00100010"),
    patientId: textOf(row, "00100020"),
    patientIdIssuer: textOf(row, "00100021"),
    birthDay: dayOf(textOf(row, "00100030")),
    sex: textOf(row, "00100040"),
    accession: textOf(row, "00080050"),
    day: dayOf(textOf(row, "00080020")),
    clock: clockOf(textOf(row, "00080030")),
    description: textOf(row, "00081030"),
    modalities: textsOf(row, "00080061"),
    referrer: personOf(row, "00080090"),
    seriesCount: numberOf(row, "00201206"),
    instanceCount: numberOf(row, "00201208"),
  };
}

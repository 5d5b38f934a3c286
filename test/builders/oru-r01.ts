import { drLindqvist, mrsOsei, type WardPatient } from "../ward/index.ts";
import { anMsh, type Header } from "./hl7-header.ts";
import { anXcn, aPid } from "./hl7-patient.ts";
import { type Fields, message, segment } from "./segment.ts";

/** One OBX. `fields` overrides any other by its number. */
export interface Obx {
  readonly type?: string;
  readonly test?: string;
  readonly subId?: string;
  readonly value?: string;
  readonly units?: string;
  readonly range?: string;
  readonly flag?: string;
  readonly status?: string;
  readonly fields?: Fields;
  /** Texts of the NTE segments behind it. */
  readonly notes?: readonly string[];
}

/** One ORC and OBR with what follows them. */
export interface Report {
  readonly placer?: string;
  readonly filler?: string;
  readonly test?: string;
  /** OBR-7. */
  readonly collectedAt?: string;
  /** OBR-22. */
  readonly reportedAt?: string;
  /** OBR-25. */
  readonly status?: string;
  /** OBR-24. */
  readonly section?: string;
  readonly obr?: Fields;
  readonly orc?: Fields;
  readonly notes?: readonly string[];
  readonly obx?: readonly Obx[];
  /** SPM fields; the laboratory of the builder sends OBR-15 in 2.3 and 2.4, SPM in 2.5 and later. */
  readonly spm?: Fields;
}

export interface OruR01 extends Header, Report {
  readonly patient?: WardPatient;
  readonly pid?: Fields;
  /** Instead of the one report that the other fields describe. */
  readonly reports?: readonly Report[];
}

export const potassium: Obx = {
  type: "NM",
  test: "2823-3^Potassium^LN^K^Potassium^L",
  value: "4.1",
  units: "mmol/L",
  range: "3.5 - 5.3",
  flag: "N",
};

export const sodium: Obx = {
  type: "NM",
  test: "2951-2^Sodium^LN^NA^Sodium^L",
  value: "138",
  units: "mmol/L",
  range: "133 - 146",
  flag: "N",
};

export const creatinine: Obx = {
  type: "NM",
  test: "14682-9^Creatinine^LN^CREA^Creatinine^L",
  value: "131",
  units: "umol/L",
  range: "45 - 84",
  flag: "H",
};

/** A result from the laboratory: urea and electrolytes of Mrs Osei, final, unless said otherwise. */
export function anOruR01(oru: OruR01 = {}): string {
  const reports = oru.reports ?? [oru];
  return message(
    anMsh("ORU^R01", oru),
    aPid(oru.patient ?? mrsOsei, oru.pid),
    ...reports.flatMap((report, at) => reportSegments(report, at + 1)),
  );
}

function reportSegments(report: Report, setId: number): readonly string[] {
  const { placer = "ICE-70021", filler = "26U004417", status = "F", obx = [sodium, potassium, creatinine] } = report;
  return [
    segment("ORC", { 1: "RE", 2: placer, 3: filler, ...report.orc }),
    segment("OBR", {
      1: String(setId),
      2: placer,
      3: filler,
      4: report.test ?? "UE^Urea and electrolytes^L",
      7: report.collectedAt ?? "20261123081500+0000",
      14: "20261123085000+0000",
      15: "BLD",
      16: anXcn(drLindqvist),
      22: report.reportedAt ?? "20261123092500+0000",
      24: report.section ?? "CH",
      25: status,
      ...report.obr,
    }),
    ...noteSegments(report.notes),
    ...obx.flatMap((each, at) => [anObx({ status, ...each }, at + 1), ...noteSegments(each.notes)]),
    ...(report.spm === undefined ? [] : [segment("SPM", { 1: "1", ...report.spm })]),
  ];
}

export function anObx(obx: Obx, setId: number): string {
  return segment("OBX", {
    1: String(setId),
    2: obx.type ?? "NM",
    3: obx.test ?? "2823-3^Potassium^LN",
    4: obx.subId ?? "",
    5: obx.value ?? "",
    6: obx.units ?? "",
    7: obx.range ?? "",
    8: obx.flag ?? "",
    11: obx.status ?? "F",
    ...obx.fields,
  });
}

function noteSegments(notes: readonly string[] = []): readonly string[] {
  return notes.map((text, at) => segment("NTE", { 1: String(at + 1), 3: text }));
}

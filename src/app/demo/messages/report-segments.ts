import { type Clinician, pathologists, xcnOf } from "../hospital/clinicians.ts";
import { type LaboratoryName, type SpecimenName, specimenNames } from "../laboratory/panels.ts";
import { hl7Time, minuteMs } from "../times.ts";
import type { ResultStatus } from "./observations.ts";
import { type Fields, plain, segment } from "./segment.ts";
import { laboratorySystems } from "./sender.ts";

/** Codes of HL7 table 0074. */
const sections: Readonly<Record<LaboratoryName, string>> = {
  biochemistry: "CH",
  haematology: "HM",
  microbiology: "MB",
  histology: "SP",
  bedside: "BG",
};

export interface ReportHead {
  readonly laboratory: LaboratoryName;
  readonly placer: string;
  readonly filler: string;
  /** OBR-4: `UE^Urea and electrolytes^L`. */
  readonly test: string;
  readonly specimen: SpecimenName;
  readonly requester: Clinician;
  readonly takenMs: number;
  readonly reportedMs: number;
  readonly status: ResultStatus;
}

/** ORC, OBR, the observations, and SPM from systems of 2.5 and later. */
export function reportSegments(
  head: ReportHead,
  { setId, observations }: { readonly setId: number; readonly observations: readonly string[] },
): readonly string[] {
  const { laboratory, placer, filler } = head;
  const hasSpecimens = laboratorySystems[laboratory].version.startsWith("2.5");
  return [
    segment("ORC", { 1: "RE", 2: placer, 3: filler, 12: xcnOf(head.requester) }),
    segment("OBR", {
      1: String(setId),
      ...reportFields(head),
      ...(hasSpecimens ? {} : { 15: sourceOf(head.specimen) }),
    }),
    ...observations,
    ...(hasSpecimens ? [specimenSegment(head)] : []),
  ];
}

function reportFields(head: ReportHead): Fields {
  const { laboratory, takenMs, reportedMs } = head;
  const { staffNumber, family, given, prefix } = pathologists[laboratory];
  return {
    2: head.placer,
    3: head.filler,
    4: head.test,
    7: hl7Time(takenMs),
    14: hl7Time(receivedMs(head)),
    16: xcnOf(head.requester),
    22: hl7Time(reportedMs),
    24: sections[laboratory],
    25: head.status,
    32: `${staffNumber}&${plain(family)}&${plain(given)}&&&${prefix}`,
  };
}

function specimenSegment(head: ReportHead): string {
  const [code, name] = specimenNames[head.specimen];
  return segment("SPM", {
    1: "1",
    2: `^${head.filler}`,
    4: `${code}^${name}^HL70487`,
    17: hl7Time(head.takenMs),
    18: hl7Time(receivedMs(head)),
  });
}

function sourceOf(specimen: SpecimenName): string {
  return specimenNames[specimen][0];
}

function receivedMs({ takenMs, reportedMs }: ReportHead): number {
  return Math.min(takenMs + 25 * minuteMs, (takenMs + reportedMs) / 2);
}

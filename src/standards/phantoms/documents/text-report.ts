import type { DataSet } from "#standards/dicom";
import { type Code, coded, dataSetOf, one } from "../header/attributes.ts";
import { storageClassNamed } from "../header/classes.ts";
import {
  instanceUid,
  laterBy,
  patientModule,
  seriesModule,
  sopModule,
  studyModule,
  studyUid,
} from "../header/modules.ts";
import type { PhantomInstance } from "../instance.ts";
import type { PhantomStudy } from "../study.ts";

/** An image that a report speaks of. */
export interface Evidence {
  readonly sopClass: string;
  readonly sopInstance: string;
  readonly seriesInstance: string;
}

export interface TextReportOf {
  readonly findings: readonly string[];
  readonly impression: readonly string[];
  /** PN of who answers for it. */
  readonly author: string;
  readonly seriesNumber: number;
  readonly evidence: readonly Evidence[];
}

const srClass = storageClassNamed("Basic Text SR Storage");

const codes = {
  report: ["18748-4", "LN", "Diagnostic imaging report"],
  findings: ["121070", "DCM", "Findings"],
  finding: ["121071", "DCM", "Finding"],
  impressions: ["121072", "DCM", "Impressions"],
  impression: ["121073", "DCM", "Impression"],
} as const satisfies Readonly<Record<string, Code>>;

/** A report in words. Source: PS3.3 Table A.35.1-1 (Basic Text SR IOD), PS3.16 TID 2000 in outline. */
export function textReport(study: PhantomStudy, of: TextReportOf): PhantomInstance {
  const sopInstance = instanceUid(study, of.seriesNumber, 1);
  const afterSeconds = 3_500;
  const time = laterBy(study.time, afterSeconds);
  const dataSet = dataSetOf(
    sopModule(srClass, sopInstance),
    patientModule(study),
    studyModule(study),
    seriesModule(study, { modality: "SR", number: of.seriesNumber, description: "Report", afterSeconds }),
    {
      ReferencedPerformedProcedureStepSequence: [],
      InstanceNumber: 1,
      CompletionFlag: "COMPLETE",
      VerificationFlag: "VERIFIED",
      ContentDate: study.date,
      ContentTime: time,
      PerformedProcedureCodeSequence: [],
      VerifyingObserverSequence: one({
        VerifyingOrganization: study.institution,
        VerificationDateTime: `${study.date}${time}`,
        VerifyingObserverName: of.author,
        VerifyingObserverIdentificationCodeSequence: [],
      }),
      ...evidenceOf(study, of.evidence),
      ValueType: "CONTAINER",
      ConceptNameCodeSequence: coded(codes.report),
      ContinuityOfContent: "SEPARATE",
      ContentSequence: [
        section(codes.findings, codes.finding, of.findings),
        section(codes.impressions, codes.impression, of.impression),
      ],
    },
  );
  return { sopClass: srClass, sopInstance, dataSet };
}

function section(heading: Code, name: Code, texts: readonly string[]): DataSet {
  return dataSetOf({
    RelationshipType: "CONTAINS",
    ValueType: "CONTAINER",
    ConceptNameCodeSequence: coded(heading),
    ContinuityOfContent: "SEPARATE",
    ContentSequence: texts.map((text) =>
      dataSetOf({
        RelationshipType: "CONTAINS",
        ValueType: "TEXT",
        ConceptNameCodeSequence: coded(name),
        TextValue: text,
      }),
    ),
  });
}

function evidenceOf(study: PhantomStudy, evidence: readonly Evidence[]) {
  if (evidence.length === 0) return {};
  const series = [...Map.groupBy(evidence, ({ seriesInstance }) => seriesInstance)].map(([uid, images]) =>
    dataSetOf({
      SeriesInstanceUID: uid,
      ReferencedSOPSequence: images.map(({ sopClass, sopInstance }) =>
        dataSetOf({ ReferencedSOPClassUID: sopClass, ReferencedSOPInstanceUID: sopInstance }),
      ),
    }),
  );
  return {
    CurrentRequestedProcedureEvidenceSequence: one({
      StudyInstanceUID: studyUid(study),
      ReferencedSeriesSequence: series,
    }),
  };
}

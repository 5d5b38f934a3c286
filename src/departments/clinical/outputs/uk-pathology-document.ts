import { type HospitalTime, type Json, ok, type Result } from "#kernel";
import type {
  Bundle,
  Composition,
  DiagnosticReport,
  Observation,
  Patient,
  Reference,
  Resource,
  ServiceRequest,
  Specimen,
} from "#standards/fhir";
import { codedText } from "../chart/coded-text.ts";
import { list, present } from "../messages/present.ts";
import { addressedReport, entryOf } from "./addressed-report.ts";
import { addressOf, recordReference, uuidOf } from "./document-address.ts";
import { withDocumentReferences } from "./document-references.ts";
import { resultNarrative } from "./result-narrative.ts";

/** The name of this output profile: what is sent changes with it. */
export const ukPathologyDocument = "uk-pathology-document/0.3";

/** The reports of one message with all that they speak of, as the record has them. */
export interface PathologyReport {
  readonly reports: readonly [DiagnosticReport, ...DiagnosticReport[]];
  readonly patient: Patient;
  /** All that `result` of the reports names, and the members of those. */
  readonly observations: readonly Observation[];
  readonly specimens: readonly Specimen[];
  readonly orders: readonly ServiceRequest[];
}

export interface DocumentSetting {
  /** Who answers for a report that names no performer. */
  readonly custodian: Reference;
  /** When the document is made: a FHIR instant. */
  readonly madeAt: string;
  /** For times in the text for people. */
  readonly hospitalTime: HospitalTime;
}

/**
 * Reports as a FHIR document: a Bundle of type `document`, its Composition first with a section for each, then the reports and
 * what they speak of, under addresses of their own (`urn:uuid:…`), the same whenever the same versions of them are sent.
 * Problems: incorrect `subject-differs` when a part is about another patient, `id-missing`; conflict `result-missing`
 * when a result that the report names is not among the observations: half a report is not sent.
 * Source: NHS Pathology FHIR guide 0.3 in its broad shape, see docs/conformance/uk-pathology-document.md; FHIR R4 §3.3.
 */
export function pathologyDocument(parts: PathologyReport, setting: DocumentSetting): Result<Bundle> {
  const addressed = addressedReport(parts, ukPathologyDocument);
  if (!addressed.ok) return addressed;
  const { edition, addresses, entries } = addressed.value;
  const documentId = { system: "urn:ietf:rfc:3986", value: addressOf(uuidOf(...edition, "document")) };
  const composition = withDocumentReferences(
    compositionOf(parts, setting) as unknown as Json,
    addresses,
  ) as unknown as Resource;
  return ok({
    resourceType: "Bundle",
    identifier: documentId,
    type: "document",
    timestamp: setting.madeAt,
    entry: [entryOf({ uuid: uuidOf(...edition, "composition"), resource: composition }), ...entries],
  });
}

/** Source: SNOMED CT, 371528001 |Pathology report (record artifact)|. */
const reportType = {
  coding: [{ system: "http://snomed.info/sct", code: "371528001", display: "Pathology report" }],
};

function compositionOf(parts: PathologyReport, setting: DocumentSetting): Composition {
  const [report] = parts.reports;
  return present<Composition>({
    resourceType: "Composition",
    identifier: report.identifier?.at(-1),
    status: leastFinal(parts.reports),
    type: reportType,
    category: report.category,
    subject: report.subject,
    date: report.issued ?? setting.madeAt,
    author: report.performer ?? [setting.custodian],
    title: parts.reports.map(titleOf).join(", "),
    custodian: setting.custodian,
    section: list(...parts.reports.map((each) => sectionOf(each, parts, setting))),
  });
}

function titleOf({ code }: DiagnosticReport): string {
  return codedText(code)?.text ?? "Pathology report";
}

type Section = NonNullable<Composition["section"]>[number];

function sectionOf(
  report: DiagnosticReport,
  { reports, observations }: PathologyReport,
  setting: DocumentSetting,
): Section {
  const named = new Set(report.result?.map(({ reference }) => reference));
  const own = reports.length === 1 ? observations : observations.filter((each) => named.has(recordReference(each)));
  return {
    title: titleOf(report),
    text: resultNarrative(own, setting.hospitalTime),
    entry: [{ reference: recordReference(report) ?? "" }],
  };
}

/** What is not final in one of its reports is not final as a whole. */
function leastFinal(reports: PathologyReport["reports"]): Composition["status"] {
  const statuses = new Set(reports.map(({ status }) => compositionStatus[status]));
  const order = ["preliminary", "amended", "final", "entered-in-error"] as const;
  return order.find((status) => statuses.has(status)) ?? "preliminary";
}

/** A report that says nothing of its status is not called final. */
const compositionStatus: Readonly<Record<DiagnosticReport["status"], Composition["status"]>> = {
  registered: "preliminary",
  partial: "preliminary",
  preliminary: "preliminary",
  final: "final",
  amended: "amended",
  corrected: "amended",
  appended: "amended",
  cancelled: "final", // the document says so for good; the report itself is cancelled
  "entered-in-error": "entered-in-error",
  unknown: "preliminary",
};

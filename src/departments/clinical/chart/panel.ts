import type { DiagnosticReport, Identifier, Observation, ServiceRequest, Specimen } from "#standards/fhir";
import type { Interpretation, Panel, ReportText, Result } from "../api.ts";
import { present } from "../messages/present.ts";
import { attachmentsIn, attachmentViews, isTextInside } from "./attachment.ts";
import { codedText, hasCode, named, namedList } from "./coded-text.ts";
import { disciplineText } from "./discipline.ts";
import { worstAbnormal } from "./interpretation.ts";
import { isLaidOut } from "./laid-out.ts";
import { type ResultSource, resultOf } from "./result.ts";
import { specimenView } from "./specimen.ts";
import { statusOf } from "./status.ts";

export interface PanelSource extends ResultSource {
  /** Ids of the messages that wrote each report, by `DiagnosticReport/id`, newest first. */
  readonly messages: ReadonlyMap<string, readonly string[]>;
}

/** One report with its results, in the order of the report. */
export function panelOf(report: DiagnosticReport, source: PanelSource): Panel {
  const { resources, patientId } = source;
  const specimens = specimensOf(report, source);
  const order = orderOf(report, source);
  const results = resultsOf(report, source);
  const status = statusOf(report.status);
  return present<Panel>({
    id: report.id ?? "",
    name: codedText(report.code) ?? { text: "Unnamed report" },
    discipline: disciplineText(report.category),
    status,
    taken: reportTakenAt(report) ?? specimens[0]?.collected,
    received: specimens.find((specimen) => specimen.received !== undefined)?.received,
    reported: report.issued,
    specimens,
    requester: named(order?.requester, resources.nameOf),
    performers: namedList(report.performer ?? report.resultsInterpreter, resources.nameOf),
    accessionNumber: identifierOf(report.identifier, "FILL") ?? specimens[0]?.accessionNumber,
    orderNumber: identifierOf(report.identifier, "PLAC") ?? identifierOf(order?.identifier, "PLAC"),
    results,
    notes: [],
    conclusion: conclusionOf(report),
    texts: textsOf(report),
    attachments: attachmentViews(report, patientId),
    worst: status.stands ? worstOf(results) : undefined,
    earlierVersions: Number(report.meta?.versionId ?? 1) - 1,
    messages: source.messages.get(`DiagnosticReport/${report.id}`) ?? [],
    recorded: report.meta?.lastUpdated ?? "",
  });
}

export function reportTakenAt(report: DiagnosticReport): string | undefined {
  return report.effectiveDateTime ?? report.effectivePeriod?.start;
}

/** The gravest abnormal flag among results that stand, their parts included. */
export function worstOf(results: readonly Result[]): Interpretation | undefined {
  return worstAbnormal(standing(results).map((result) => result.interpretation));
}

/** Results that may be acted on, with their parts, in one list. */
export function standing(results: readonly Result[]): readonly Result[] {
  return results.filter((result) => result.status.stands).flatMap((result) => [result, ...standing(result.parts)]);
}

/** Members of another result of the report are shown as its parts, and not once more beside it. */
function resultsOf(report: DiagnosticReport, source: PanelSource): readonly Result[] {
  const observations = (report.result ?? []).flatMap(
    ({ reference }) => source.resources.get<Observation>("Observation", reference) ?? [],
  );
  const members = new Set(
    observations.flatMap((observation) => observation.hasMember ?? []).map((each) => each.reference),
  );
  return observations
    .filter((observation) => !members.has(`Observation/${observation.id}`))
    .map((observation) => resultOf(observation, source));
}

function specimensOf(report: DiagnosticReport, { resources }: PanelSource) {
  return (report.specimen ?? []).flatMap(({ reference }) => {
    const specimen = resources.get<Specimen>("Specimen", reference);
    return specimen === undefined ? [] : [specimenView(specimen)];
  });
}

function orderOf(report: DiagnosticReport, { resources }: PanelSource): ServiceRequest | undefined {
  return report.basedOn
    ?.map(({ reference }) => resources.get<ServiceRequest>("ServiceRequest", reference))
    .find((order) => order !== undefined);
}

const identifierTypes = "http://terminology.hl7.org/CodeSystem/v2-0203";

/** The identifier of a type: `PLAC` the requester's number, `FILL` the laboratory's. */
export function identifierOf(
  identifiers: readonly Identifier[] | undefined,
  type: "PLAC" | "FILL",
): string | undefined {
  return identifiers?.find((identifier) => hasCode(identifier.type, identifierTypes, type))?.value;
}

function conclusionOf(report: DiagnosticReport): string | undefined {
  const codes = (report.conclusionCode ?? []).flatMap((concept) => codedText(concept)?.text ?? []);
  const parts = [report.conclusion, ...codes].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : parts.join("; ");
}

/** Reports that are text and stand in the resource itself. */
function textsOf(report: DiagnosticReport): readonly ReportText[] {
  return attachmentsIn(report)
    .filter(isTextInside)
    .map((form) => {
      const text = Buffer.from(form.data ?? "", "base64").toString("utf8");
      return present<ReportText>({ title: form.title, text, laidOut: isLaidOut(text) });
    });
}

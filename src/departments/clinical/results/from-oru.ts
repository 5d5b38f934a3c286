import type { MessageGroups, OrderGroup } from "../messages/groups.ts";
import type { Plan } from "../messages/plan.ts";
import { visit } from "../patients/encounter.ts";
import { type MappedReport, mapReport, type ReportGroup } from "./mapped-report.ts";
import { withChildMembers } from "./microbiology.ts";
import type { ReportContext } from "./observation.ts";
import { type MappedObservations, observationsOf } from "./observations.ts";
import { reportPlaces } from "./report-place.ts";
import type { Situation } from "./situation.ts";
import { noTimes } from "./times.ts";

/**
 * Results of one patient as resources: for each OBR a DiagnosticReport with its order and specimens, for each OBX an
 * Observation or a document, and the visit where PV1 carries its number.
 * Source: v2-to-FHIR ORU_R01, groups in their order.
 */
export function fromOru(groups: MessageGroups, message: Omit<Situation, "encounter">): Plan {
  const encounter = visit({ pv1: groups.pv1, pv2: groups.pv2, subject: message.subject });
  const situation = { ...message, encounter: encounter && { reference: `Encounter/${encounter.id}` } };
  const placeOf = reportPlaces(message.recordedSpecimens);
  const aboutPatient = observationsOf(withoutReport(groups), patientContext(situation));
  const reports = groups.orders.filter(isReport).map((group) => mapReport(group, { situation, placeOf }));
  return [
    ...(encounter === undefined ? [] : [encounter]),
    ...resultsOf(aboutPatient),
    ...withParents(reports).flatMap(planOf),
  ];
}

function isReport(group: OrderGroup): group is ReportGroup {
  return group.obr !== undefined;
}

/** Observations before the first OBR, or behind an ORC that has none. */
function withoutReport({ observations, orders }: MessageGroups) {
  return [...observations, ...orders.filter((group) => !isReport(group)).flatMap((group) => group.observations)];
}

/** Observations of no report are the patient's; the message tells them apart from those of another day. */
function patientContext(situation: Situation): ReportContext {
  const { origin, subject, controlId } = situation;
  return {
    situation,
    identity: [origin.sender, subject.reference, controlId],
    status: "unknown",
    times: noTimes,
    category: undefined,
    specimen: undefined,
    basedOn: undefined,
  };
}

/** Organisms get the sensitivities that came as reports of their own. */
function withParents(reports: readonly MappedReport[]): readonly MappedReport[] {
  const children = reports.flatMap(({ parent, observations }) =>
    parent === undefined ? [] : [{ parentTest: parent.test, parentSubId: parent.subId, observations }],
  );
  if (children.length === 0) return reports;
  return reports.map((report) => ({ ...report, observations: withChildMembers(report.observations, children) }));
}

function planOf(mapped: MappedReport): Plan {
  const { order, specimens, report } = mapped;
  return [...(order === undefined ? [] : [order]), ...specimens, ...resultsOf(mapped), report];
}

function resultsOf({ observations, documents }: MappedObservations): Plan {
  return [...observations, ...documents.flatMap(({ planned }) => planned)];
}

import type { Reference } from "#standards/fhir";
import type { OrderGroup } from "../messages/groups.ts";
import type { SegmentReader } from "../messages/message-reader.ts";
import type { PlannedCompanion, PlannedResult, PlannedRevision } from "../messages/plan.ts";
import { list } from "../messages/present.ts";
import { orderStatus } from "../orders/order-status.ts";
import { type OrderNumbers, orderId, orderNumbers, serviceRequest } from "../orders/service-request.ts";
import type { ReportContext } from "./observation.ts";
import { type MappedObservations, observationsOf } from "./observations.ts";
import { diagnosticReport, observationCategory, reportIdentity } from "./report.ts";
import { reportId, type reportPlaces } from "./report-place.ts";
import { type ReportStatus, reportStatus } from "./result-status.ts";
import type { Situation } from "./situation.ts";
import { onlySpecimen, specimens } from "./specimen.ts";
import { numbersIn } from "./specimen-number.ts";
import { timesOf } from "./times.ts";

/** One OBR with all that hangs on it. */
export interface MappedReport extends MappedObservations {
  readonly report: PlannedResult;
  readonly order: PlannedRevision | undefined;
  readonly specimens: readonly PlannedCompanion[];
  /** OBR-26: the result of another report that this one continues. */
  readonly parent: { readonly test: string; readonly subId: string } | undefined;
}

export interface ReportGroup extends OrderGroup {
  readonly obr: SegmentReader;
}

export interface ReportMapping {
  readonly situation: Situation;
  /** Tells apart what has the same numbers and test. */
  readonly placeOf: ReturnType<typeof reportPlaces>;
}

export function mapReport(group: ReportGroup, { situation, placeOf }: ReportMapping): MappedReport {
  const { obr } = group;
  const numbers = orderNumbers(group);
  const own = reportIdentity(group, { numbers, sender: situation.origin.sender, controlId: situation.controlId });
  const named = numbersIn(group.specimens);
  const { identity, occurrence } = placeOf(own, named);
  const id = reportId(identity);
  const status = reportStatus(obr);
  const times = timesOf(obr);
  const planned = specimens({ situation, obr, spms: group.specimens, times, of: id });
  const references = list(...planned.map((specimen): Reference => ({ reference: `Specimen/${specimen.id}` })));
  const order = orderOf(group, { situation, numbers, status, occurrence, specimen: references });
  const context: ReportContext = {
    situation,
    identity,
    status,
    times,
    category: observationCategory(obr),
    specimen: onlySpecimen(planned),
    basedOn: order && [{ reference: `ServiceRequest/${order.id}` }],
  };
  const { observations, documents } = observationsOf(group.observations, context);
  const forms = documents.map(({ form }) => form);
  const report = diagnosticReport({
    id,
    bySpecimen: { own, named },
    group,
    numbers,
    context,
    specimens: references,
    observations,
    forms,
  });
  return { report, order, specimens: planned, observations, documents, parent: parentOf(obr) };
}

interface ReportedOrder {
  readonly situation: Situation;
  readonly numbers: OrderNumbers;
  readonly status: ReportStatus;
  readonly occurrence: number;
  readonly specimen: readonly Reference[] | undefined;
}

/** The order behind a report: known by its number, or not at all. What is not known of it yet is added. */
function orderOf(group: ReportGroup, reported: ReportedOrder): PlannedRevision | undefined {
  const { situation, numbers, status, occurrence, specimen } = reported;
  if (numbers.placer === undefined && numbers.filler === undefined) return undefined;
  const test = group.obr.peek(4) ?? group.obr.peek(4, 2) ?? "";
  const isReported = status === "final" || status === "corrected" || status === "amended";
  const orderSource = {
    situation,
    group,
    status: orderStatus(group.orc) ?? (isReported ? "completed" : "active"),
    category: undefined,
    note: undefined,
    specimen,
    supportingInfo: undefined,
  };
  return {
    rule: "fill",
    id: orderId(numbers, { situation, test, occurrence }),
    where: group.orc?.where ?? group.obr.where,
    resource: serviceRequest(orderSource, numbers),
  };
}

function parentOf(obr: SegmentReader): MappedReport["parent"] {
  const field = obr.field(26);
  const test = field?.text(1, 1);
  return test === undefined ? undefined : { test, subId: field?.text(2) ?? "" };
}

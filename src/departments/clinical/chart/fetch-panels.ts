import { type HospitalTime, limits, ok, type Result } from "#kernel";
import { type HealthRecord, type HistoryQuery, parseBody, type Version } from "#record";
import type { DiagnosticReport, Observation, Provenance, Reference, ServiceRequest } from "#standards/fhir";
import type { Panel } from "../api.ts";
import { anyKey, newestFirst } from "../clauses.ts";
import { fetchMissing, withoutDisplay } from "./fetch-missing.ts";
import { messageIds } from "./messages-of.ts";
import { type PanelSource, panelOf } from "./panel.ts";
import type { ResourceMap } from "./resource-map.ts";
import type { ResultSource } from "./result.ts";
import { statusOf } from "./status.ts";

export interface PanelsQuestion {
  readonly patientId: string;
  readonly hospitalTime: HospitalTime;
  readonly reports: readonly Version[];
  /** Also what results said before, and the messages that reports came from. */
  readonly asPage: boolean;
}

/** Reports with everything they show, in their order; a handful of round trips, whatever their number. */
export async function fetchPanels(
  record: HealthRecord,
  { patientId, hospitalTime, reports, asPage }: PanelsQuestion,
): Promise<Result<readonly Panel[]>> {
  const bodies = reports.map(parseBody<DiagnosticReport>);
  const [resources, messages] = await Promise.all([
    fetchReportParts(record, bodies),
    asPage ? fetchMessages(record, bodies) : ok(new Map()),
  ]);
  if (!resources.ok) return resources;
  if (!messages.ok) return messages;
  const earlier = asPage ? await fetchEarlier(record, resources.value) : ok(new Map());
  if (!earlier.ok) return earlier;
  const source = {
    patientId,
    hospitalTime,
    resources: resources.value,
    earlier: earlier.value,
    messages: messages.value,
  };
  return ok(bodies.map((report) => panelOf(report, source)));
}

async function fetchReportParts(
  record: HealthRecord,
  reports: readonly DiagnosticReport[],
): Promise<Result<ResourceMap>> {
  const direct = reports.flatMap((report) => [
    ...(report.result ?? []),
    ...(report.specimen ?? []),
    ...(report.basedOn ?? []),
    ...withoutDisplay(report.performer ?? []),
    ...withoutDisplay(report.resultsInterpreter ?? []),
  ]);
  const resources = await fetchMissing(record, direct);
  return resources.ok ? fetchObservationParts(record, resources.value) : resources;
}

/** Members of results, members of those, and the names of those who ordered and performed. */
export async function fetchObservationParts(
  record: HealthRecord,
  resources: ResourceMap,
): Promise<Result<ResourceMap>> {
  const seen = resources.size;
  const orders = resources.all<ServiceRequest>("ServiceRequest").map((order) => order.requester);
  const observations = resources.all<Observation>("Observation");
  const performers = observations.flatMap((observation) => observation.performer ?? []);
  const members = observations.flatMap((observation) => observation.hasMember ?? []);
  const names: readonly (Reference | undefined)[] = withoutDisplay([...orders, ...performers]);
  const fetched = await fetchMissing(record, [...members, ...names], resources);
  if (!fetched.ok || resources.size === seen) return fetched;
  return fetchObservationParts(record, resources);
}

/**
 * Earlier versions, newest first, of the results that were corrected or taken back: there a reader must see what they
 * said. Of one that only went from preliminary to final they are read when asked for (`fetchEarlierResults`).
 */
export async function fetchEarlier(
  record: HealthRecord,
  resources: ResourceMap,
): Promise<Result<ResultSource["earlier"]>> {
  const changed = resources
    .all<Observation>("Observation")
    .filter(({ meta, status }) => Number(meta?.versionId ?? 1) > 1 && isCorrectedOrGone(status))
    .slice(0, limits.earlierResultsMax);
  const histories = await Promise.all(changed.map(({ id = "" }) => record.history(historyOf(id))));
  const earlier = new Map<string, readonly Version[]>();
  for (const history of histories) {
    if (!history.ok) return history;
    const [current, ...before] = history.value.versions;
    if (current !== undefined) earlier.set(`Observation/${current.id}`, before);
  }
  return ok(earlier);
}

function isCorrectedOrGone(status: Observation["status"]): boolean {
  const { tone } = statusOf(status);
  return tone === "corrected" || tone === "cancelled";
}

export function historyOf(observationId: string): HistoryQuery {
  return { kind: "Observation", id: observationId, limit: limits.pageSizeDefault };
}

/** The messages that each report came from, by Provenance. */
async function fetchMessages(
  record: HealthRecord,
  reports: readonly DiagnosticReport[],
): Promise<Result<PanelSource["messages"]>> {
  if (reports.length === 0) return ok(new Map());
  const targets = reports.map((report) => `target=DiagnosticReport/${report.id}`);
  const page = await record.search(
    newestFirst({ kind: "Provenance", all: [anyKey(...targets)], limit: limits.pageSizeMax }),
  );
  return page.ok ? ok(messageIds(page.value.versions.map(parseBody<Provenance>))) : page;
}

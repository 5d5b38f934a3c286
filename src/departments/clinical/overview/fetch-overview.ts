import type { z } from "zod";
import { type Actor, type Context, may, placeInRecord, readCursor, writeCursor } from "#access";
import { instant, ok, type Result, toIso } from "#kernel";
import { type Cursor, type Kind, parseBody, type Version } from "#record";
import type { DiagnosticReport, Observation, Patient } from "#standards/fhir";
import type { ArrivedReport, LinksOverview, Overview, pageQuery, ResultsOverview } from "../api.ts";
import { messageRow } from "../browser/message-row.ts";
import { codedText } from "../chart/coded-text.ts";
import { fetchMissing } from "../chart/fetch-missing.ts";
import { interpretation, isAbnormal, worstAbnormal } from "../chart/interpretation.ts";
import { reportTakenAt } from "../chart/panel.ts";
import { type LookedAt, patientRow } from "../chart/patient-row.ts";
import { type ResourceMap, relative } from "../chart/resource-map.ts";
import { statusOf } from "../chart/status.ts";
import { anyKey, newestFirst } from "../clauses.ts";
import { deliveryKind } from "../deliveries/delivery.ts";
import { wardsNow } from "../find/wards-now.ts";
import { countProposals } from "../holds/fetch-holds.ts";
import { type LinkMessage, linkMessageKind } from "../messages/link-message.ts";
import { present } from "../messages/present.ts";
import { countAlerts } from "../watch/fetch-alerts.ts";
import { linkAlertKind } from "../watch/link-alert.ts";
import type { LinkFigures } from "./link-figures.ts";

const messagesShown = 20;
const reportsDefault = 20;
const dayMs = 24 * 60 * 60_000;

export interface OverviewQuestion {
  readonly query: z.infer<typeof pageQuery>;
  readonly figures: LinkFigures;
}

/** The home page: each part for those who may open what it leads to; with a cursor, more of the results alone. */
export async function fetchOverview(context: Context, { query, figures }: OverviewQuestion): Promise<Result<Overview>> {
  const { actor, clock, record } = context;
  const after = readCursor(query.cursor, placeInRecord);
  if (!after.ok) return after;
  const position = await record.position();
  const [links, results] = await Promise.all([
    query.cursor === undefined && mayOpen(actor, "messages.read", linkMessageKind)
      ? linksOverview(context, figures)
      : ok(undefined),
    mayOpen(actor, "chart.open", "DiagnosticReport")
      ? resultsOverview(context, { after: after.value, limit: query.count ?? reportsDefault })
      : ok(undefined),
  ]);
  if (!links.ok) return links;
  if (!results.ok) return results;
  const at = toIso(clock.now());
  return ok(present<Overview>({ at, position, links: links.value, results: results.value }));
}

/** A token may carry the permission for a page and not for the documents on it. */
function mayOpen(actor: Actor, permission: string, kind: Kind): boolean {
  return actor.permissions.has(permission) && may(actor, kind, "search");
}

async function linksOverview({ actor, record }: Context, figures: LinkFigures): Promise<Result<LinksOverview>> {
  const [page, newest, proposed, parked, alerts] = await Promise.all([
    figures.page(),
    record.search(
      newestFirst({ kind: linkMessageKind, all: [anyKey("state=held", "state=rejected")], limit: messagesShown }),
    ),
    countProposals(record),
    may(actor, deliveryKind, "search")
      ? record.count(newestFirst({ kind: deliveryKind, all: [anyKey("state=parked")], limit: 1 }))
      : ok(0),
    may(actor, linkAlertKind, "search") ? countAlerts(record) : ok({ open: 0, unacknowledged: 0 }),
  ]);
  if (!page.ok) return page;
  if (!newest.ok) return newest;
  if (!proposed.ok) return proposed;
  if (!parked.ok) return parked;
  if (!alerts.ok) return alerts;
  const waiting = page.value.links.map((link) => link.waiting);
  return ok({
    held: waiting.reduce((total, each) => total + each.held, 0),
    rejected: waiting.reduce((total, each) => total + each.rejected, 0),
    proposed: proposed.value,
    parked: parked.value,
    alerts: alerts.value.open,
    unacknowledged: alerts.value.unacknowledged,
    today: page.value.today,
    newest: newest.value.versions.map((version) => messageRow(version.id, parseBody<LinkMessage>(version))),
  });
}

interface ReportsPlace {
  readonly after: Cursor | undefined;
  readonly limit: number;
}

async function resultsOverview(context: Context, { after, limit }: ReportsPlace): Promise<Result<ResultsOverview>> {
  const { record, clock } = context;
  const since = instant(clock.now() - dayMs);
  const issued = { is: "date" as const, parameter: "issued", any: [{ fromMinMs: since }] };
  const inside = [anyKey("status=in-progress"), anyKey("class=IMP", "class=ACUTE", "class=NONAC")];
  const [page, reports, inpatients] = await Promise.all([
    record.search(newestFirst({ kind: "DiagnosticReport", all: [], limit, after })),
    record.count(newestFirst({ kind: "DiagnosticReport", all: [issued], limit: 1 })),
    record.count(newestFirst({ kind: "Encounter", all: inside, limit: 1 })),
  ]);
  if (!page.ok) return page;
  if (!reports.ok) return reports;
  if (!inpatients.ok) return inpatients;
  const recent = page.value.versions.filter((version) => version.at >= since);
  const arrived = await arrivedReports(context, recent);
  if (!arrived.ok) return arrived;
  const { next } = page.value;
  const isAll = next === undefined || recent.length < page.value.versions.length;
  return ok(
    present<ResultsOverview>({
      since: toIso(since),
      reports: reports.value,
      inpatients: inpatients.value,
      arrived: arrived.value,
      next: isAll ? undefined : writeCursor(next),
    }),
  );
}

async function arrivedReports(
  context: Context,
  versions: readonly Version[],
): Promise<Result<readonly ArrivedReport[]>> {
  const { record, clock, hospitalTime } = context;
  const reports = versions.map(parseBody<DiagnosticReport>);
  const references = reports.flatMap((report) => [report.subject, ...(report.result ?? [])]);
  const resources = await fetchMissing(record, references);
  if (!resources.ok) return resources;
  const patientIds = [...new Set(resources.value.all<Patient>("Patient").map((patient) => patient.id ?? ""))];
  const wards = await wardsNow(record, patientIds);
  if (!wards.ok) return wards;
  const source = { resources: resources.value, wards: wards.value, at: { now: clock.now(), hospitalTime } };
  return ok(reports.flatMap((report) => arrivedReport(report, source)));
}

interface ArrivedSource {
  readonly resources: ResourceMap;
  readonly wards: ReadonlyMap<string, string>;
  readonly at: LookedAt;
}

/** None for a report about somebody who may not be seen. */
function arrivedReport(report: DiagnosticReport, { resources, wards, at }: ArrivedSource): readonly ArrivedReport[] {
  const patient = resources.get<Patient>("Patient", relative(report.subject?.reference ?? ""));
  if (patient === undefined) return [];
  const status = statusOf(report.status);
  const flags = (report.result ?? [])
    .flatMap(({ reference }) => resources.get<Observation>("Observation", reference) ?? [])
    .filter((observation) => statusOf(observation.status).stands)
    .map((observation) => interpretation(observation.interpretation));
  return [
    present<ArrivedReport>({
      report: present<ArrivedReport["report"]>({
        id: report.id ?? "",
        name: codedText(report.code) ?? { text: "Unnamed report" },
        status,
        taken: reportTakenAt(report),
        reported: report.issued,
        recorded: report.meta?.lastUpdated ?? "",
      }),
      patient: patientRow(patient, at, wards.get(patient.id ?? "")),
      results: flags.length,
      abnormal: flags.filter(isAbnormal).length,
      worst: status.stands ? worstAbnormal(flags) : undefined,
    }),
  ];
}

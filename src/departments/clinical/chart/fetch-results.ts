import type { z } from "zod";
import { type Context, placeInRecord, readCursor, writeCursor } from "#access";
import { limits, ok, type Result } from "#kernel";
import { type Cursor, type Page, parseBody, type Query } from "#record";
import type { Observation } from "#standards/fhir";
import type { CumulativeTable, cumulativeQuery, ResultsPage, resultsQuery, Trend, trendQuery } from "../api.ts";
import { anyKey, newestFirst, ofPatient } from "../clauses.ts";
import { present } from "../messages/present.ts";
import { cumulativeTable } from "./cumulative.ts";
import { fetchPanels } from "./fetch-panels.ts";
import { fetchUnreported, newestResultsQuery } from "./fetch-unreported.ts";
import { ResourceMap } from "./resource-map.ts";
import { trendOf } from "./trend.ts";

const panelsDefault = 20;

/** A checked request about the chart of a patient who is there. */
export interface ChartQuestion<Query> {
  readonly patientId: string;
  readonly query: Query;
}

/** Reports of a patient, newest first by when the specimen was taken. */
export async function fetchResults(
  { record, hospitalTime }: Context,
  { patientId, query }: ChartQuestion<z.infer<typeof resultsQuery>>,
): Promise<Result<ResultsPage>> {
  const after = readCursor(query.cursor, placeInRecord);
  if (!after.ok) return after;
  const position = await record.position();
  const isFirst = query.cursor === undefined && query.panel === undefined;
  const [page, newest] = await Promise.all([
    record.search(reportsQuery({ patientId, query, after: after.value })),
    isFirst ? record.search(newestResultsQuery(patientId)) : ok({ versions: [] }),
  ]);
  if (!page.ok) return page;
  if (!newest.ok) return newest;
  const reports = page.value.versions;
  const [panels, unreported] = await Promise.all([
    fetchPanels(record, { patientId, hospitalTime, reports, asPage: true }),
    fetchUnreported(record, { patientId, hospitalTime, newest: newest.value.versions, reports }),
  ]);
  if (!panels.ok) return panels;
  if (!unreported.ok) return unreported;
  const next = nextOf(page.value);
  return ok(present<ResultsPage>({ panels: panels.value, unreported: unreported.value, next, position }));
}

interface ReportsQuestion extends ChartQuestion<z.infer<typeof resultsQuery>> {
  readonly after: Cursor | undefined;
}

function reportsQuery({ patientId, query, after }: ReportsQuestion): Query {
  const ofPanel = query.panel === undefined ? [] : [anyKey(`code=${query.panel}`)];
  return newestFirst({
    kind: "DiagnosticReport",
    all: [ofPatient(patientId), ...ofPanel],
    newestBy: "date",
    limit: query.count ?? panelsDefault,
    after,
  });
}

function nextOf({ next }: Page): string | undefined {
  return next === undefined ? undefined : writeCursor(next);
}

/** The newest reports with a code, as a table over time. */
export async function fetchCumulative(
  { record, hospitalTime }: Context,
  { patientId, query }: ChartQuestion<z.infer<typeof cumulativeQuery>>,
): Promise<Result<CumulativeTable>> {
  const page = await record.search(
    newestFirst({
      kind: "DiagnosticReport",
      all: [ofPatient(patientId), anyKey(`code=${query.panel}`)],
      newestBy: "date",
      limit: query.columns ?? limits.cumulativeColumnsDefault,
    }),
  );
  if (!page.ok) return page;
  const panels = await fetchPanels(record, {
    patientId,
    hospitalTime,
    reports: page.value.versions,
    asPage: false,
  });
  return panels.ok ? ok(cumulativeTable(panels.value, page.value.next !== undefined)) : panels;
}

/** The newest results of one test, alone or as a part of another (the systolic of a blood pressure). */
export async function fetchTrend(
  { record, hospitalTime }: Context,
  { patientId, query: { code } }: ChartQuestion<z.infer<typeof trendQuery>>,
): Promise<Result<Trend>> {
  const position = await record.position();
  const page = await record.search(
    newestFirst({
      kind: "Observation",
      all: [ofPatient(patientId), anyKey(`code=${code}`, `component-code=${code}`)],
      newestBy: "date",
      limit: limits.trendPointsMax,
    }),
  );
  if (!page.ok) return page;
  const source = { patientId, hospitalTime, resources: new ResourceMap(), earlier: new Map() };
  const observations = page.value.versions.map(parseBody<Observation>);
  return ok(trendOf({ code, observations, source, older: page.value.next !== undefined, position }));
}

import type { z } from "zod";
import { answers, type Context, json, readQuery } from "#access";
import type { HttpRequest, Result, Route } from "#kernel";
import { cumulativeQuery, resultsQuery, timelineQuery, trendQuery } from "../api.ts";
import { fetchBinary, fetchInside } from "./fetch-attachment.ts";
import { fetchBanner } from "./fetch-banner.ts";
import { fetchEarlierResults } from "./fetch-earlier.ts";
import { type ChartQuestion, fetchCumulative, fetchResults, fetchTrend } from "./fetch-results.ts";
import { fetchTimeline } from "./fetch-timeline.ts";

const patientPath = "/api/clinical/patients/:id";

/** The chart of one patient. Every route is found `not-found` where the patient is. */
export const chartRoutes: readonly Route<Context>[] = [
  {
    ...chartRoute("banner", "The banner of a chart: who the patient is, allergies, where they are now"),
    handle: answers(({ context, id }) => fetchBanner(context, id)),
  },
  {
    ...chartRoute("results", "Laboratory and other reports with their results, newest first"),
    handle: answering(resultsQuery, fetchResults),
  },
  {
    ...chartRoute("results/cumulative", "Reports of one panel as a table over time"),
    handle: answering(cumulativeQuery, fetchCumulative),
  },
  {
    ...chartRoute("results/:observationId/earlier", "What one result said before"),
    handle: async (request, context) => {
      const { observationId = "" } = request.params;
      return json(await fetchEarlierResults(context, { patientId: patientOf(request), observationId }));
    },
  },
  {
    ...chartRoute("trend", "One test over time"),
    handle: answering(trendQuery, fetchTrend),
  },
  {
    ...chartRoute("timeline", "Stays, orders, reports and documents, or those of one kind, newest first"),
    handle: answering(timelineQuery, fetchTimeline),
  },
  {
    ...chartRoute("attachments/:binaryId", "The content of an attachment that is kept on its own"),
    handle: (request, { record }) => fetchBinary(record, request),
  },
  {
    ...chartRoute("inside/:kind/:resourceId/:number", "The content of an attachment that is kept inside a resource"),
    handle: (request, { record }) => fetchInside(record, request),
  },
];

function chartRoute(path: string, summary: string) {
  return { method: "GET", path: `${patientPath}/${path}`, policy: "chart.open", summary } as const;
}

function patientOf({ params }: HttpRequest): string {
  return params.id ?? "";
}

/** Checks the query, and that there is such a patient; looks the answer up meanwhile, and keeps it back if there is none. */
function answering<Query>(
  schema: z.ZodType<Query>,
  answer: (context: Context, question: ChartQuestion<Query>) => Promise<Result<unknown>>,
): Route<Context>["handle"] {
  return async (request, context) => {
    const query = readQuery(schema, request);
    if (!query.ok) return query;
    const patientId = patientOf(request);
    const [patient, found] = await Promise.all([
      context.record.read("Patient", patientId),
      answer(context, { patientId, query: query.value }),
    ]);
    return patient.ok ? json(found) : patient;
  };
}

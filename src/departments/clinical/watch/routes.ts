import { answersBody, answersQuery, type Context } from "#access";
import type { Route } from "#kernel";
import { alertAcknowledgeBody, alertsQuery, watchQuery } from "../api/alerts.ts";
import { acknowledgeAlert, fetchAlerts } from "./fetch-alerts.ts";
import { fetchWatch } from "./fetch-watch.ts";
import type { WatchNeeds } from "./watch-needs.ts";

/** What did not arrive. */
export function watchRoutes(needs: Pick<WatchNeeds, "look" | "links">): readonly Route<Context>[] {
  return [
    {
      method: "GET",
      path: "/api/clinical/alerts",
      policy: "links.see",
      summary: "What did not arrive over the links: open alerts, or past ones, by link and rule",
      handle: answersQuery(alertsQuery, (query, { context }) => fetchAlerts(context, query)),
    },
    {
      method: "POST",
      path: "/api/clinical/alerts/:id/acknowledge",
      policy: "alerts.acknowledge",
      summary: "Say that one knows of an alert, and what is done about it",
      handle: answersBody(alertAcknowledgeBody, (body, { context, id }) => acknowledgeAlert(context, { id, ...body })),
    },
    {
      method: "GET",
      path: "/api/clinical/watch",
      policy: "links.see",
      summary: "How each watched link stands: silence, late results, results that nobody ordered",
      handle: answersQuery(watchQuery, (query, { context }) => fetchWatch({ ...needs, context }, query)),
    },
  ];
}

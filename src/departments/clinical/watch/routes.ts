import type { Context } from "#access";
import { jsonReply, ok, type Route } from "#kernel";
import { alertAcknowledgeBody, alertsQuery, watchQuery } from "../api/alerts.ts";
import { readBody, readQuery } from "../request.ts";
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
      handle: async (request, context) => {
        const query = readQuery(alertsQuery, request);
        if (!query.ok) return query;
        const page = await fetchAlerts(context, query.value);
        return page.ok ? ok(jsonReply(page.value)) : page;
      },
    },
    {
      method: "POST",
      path: "/api/clinical/alerts/:id/acknowledge",
      policy: "alerts.acknowledge",
      summary: "Say that one knows of an alert, and what is done about it",
      handle: async (request, context) => {
        const body = readBody(alertAcknowledgeBody, request);
        if (!body.ok) return body;
        const view = await acknowledgeAlert(context, { id: request.params.id ?? "", ...body.value });
        return view.ok ? ok(jsonReply(view.value)) : view;
      },
    },
    {
      method: "GET",
      path: "/api/clinical/watch",
      policy: "links.see",
      summary: "How each watched link stands: silence, late results, results that nobody ordered",
      handle: async (request, context) => {
        const query = readQuery(watchQuery, request);
        if (!query.ok) return query;
        const page = await fetchWatch({ ...needs, context }, query.value);
        return page.ok ? ok(jsonReply(page.value)) : page;
      },
    },
  ];
}

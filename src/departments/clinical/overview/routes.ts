import type { Context } from "#access";
import { jsonReply, ok, type Route } from "#kernel";
import { pageQuery } from "../api.ts";
import { readQuery } from "../request.ts";
import { fetchOverview } from "./fetch-overview.ts";
import type { LinkFigures } from "./link-figures.ts";

export function overviewRoutes(figures: LinkFigures): readonly Route<Context>[] {
  return [
    {
      method: "GET",
      path: "/api/clinical/overview",
      policy: "signed-in",
      summary: "The home page: what needs a person, and what arrived in the last day",
      handle: async (request, context) => {
        const query = readQuery(pageQuery, request);
        if (!query.ok) return query;
        const overview = await fetchOverview(context, { query: query.value, figures });
        return overview.ok ? ok(jsonReply(overview.value)) : overview;
      },
    },
    {
      method: "GET",
      path: "/api/clinical/links",
      policy: "links.see",
      summary: "The links: their state, counts of the day, messages per minute",
      handle: async () => {
        const page = await figures.page();
        return page.ok ? ok(jsonReply(page.value)) : page;
      },
    },
  ];
}

import { answers, answersQuery, type Context } from "#access";
import type { Route } from "#kernel";
import { pageQuery } from "../api.ts";
import { fetchOverview } from "./fetch-overview.ts";
import type { LinkFigures } from "./link-figures.ts";

export function overviewRoutes(figures: LinkFigures): readonly Route<Context>[] {
  return [
    {
      method: "GET",
      path: "/api/clinical/overview",
      policy: "signed-in",
      summary: "The home page: what needs a person, and what arrived in the last day",
      handle: answersQuery(pageQuery, (query, { context }) => fetchOverview(context, { query, figures })),
    },
    {
      method: "GET",
      path: "/api/clinical/links",
      policy: "links.see",
      summary: "The links: their state, counts of the day, messages per minute",
      handle: answers(() => figures.page()),
    },
  ];
}

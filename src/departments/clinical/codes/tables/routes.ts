import { answers, answersBody, answersQuery, type Context } from "#access";
import { ok, type Route } from "#kernel";
import { codeRowBody, codeRowsQuery } from "../../api/code-tables.ts";
import type { ConfigurationDesk } from "../../configuration/desk.ts";
import { changeCodeRow } from "./change-code-row.ts";
import { fetchCodeRows, fetchCodeTables } from "./fetch-code-tables.ts";

/** What codes mean: the tables of the guide, and what the layers and tables of the set-up and approvals say. */
export function codeTableRoutes(desk: ConfigurationDesk): readonly Route<Context>[] {
  return [
    {
      method: "GET",
      path: "/api/clinical/codes/tables",
      policy: "links.see",
      summary: "The tables of codes that links use, and for whom rows may be written",
      handle: answers(({ context }) => fetchCodeTables(context, desk.standing)),
    },
    {
      method: "GET",
      path: "/api/clinical/codes/rows",
      policy: "links.see",
      summary: "What codes mean, by words, table, layer and sender, each with what goes before it",
      handle: answersQuery(codeRowsQuery, (query, { context }) => fetchCodeRows(context, query, desk.standing)),
    },
    {
      method: "POST",
      path: "/api/clinical/codes/rows",
      policy: "links.configure",
      summary: "Says what a code means for all links or senders, or for one: checks and deploys the set-up with it",
      handle: answersBody(codeRowBody, async (order, { context }) => {
        const deployed = await changeCodeRow(context, order, desk);
        return deployed.ok ? ok({ version: deployed.value.version }) : deployed;
      }),
    },
  ];
}

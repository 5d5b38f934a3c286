import { ok, type Route } from "#kernel";
import type { Context } from "../context.ts";
import { answers, answersQuery } from "../handling/answer.ts";
import { type ExplainNeeds, explainAccess } from "./explain-access.ts";
import { explainQuery } from "./explain-api.ts";
import { policyTable } from "./policy-table.ts";

export function explainRoutes(needs: ExplainNeeds): readonly Route<Context>[] {
  return [
    {
      method: "GET",
      path: "/api/access/policy-table",
      policy: "access.explain",
      summary: "What each role may do with each family of documents, and of whose",
      handle: answers(async () => ok(policyTable())),
    },
    {
      method: "GET",
      path: "/api/access/explanation",
      policy: "access.explain",
      summary: "Whether somebody may do something to a document, and which rule decides",
      handle: answersQuery(explainQuery, (query, { context }) => explainAccess(needs, query, context.actor)),
    },
  ];
}

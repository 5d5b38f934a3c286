import { jsonReply, ok, type Route } from "#kernel";
import type { Context } from "../context.ts";
import { readQuery } from "../request-body.ts";
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
      handle: async () => ok(jsonReply(policyTable())),
    },
    {
      method: "GET",
      path: "/api/access/explanation",
      policy: "access.explain",
      summary: "Whether somebody may do something to a document, and which rule decides",
      handle: async (request, { actor }) => {
        const query = readQuery(explainQuery, request);
        if (!query.ok) return query;
        const explained = await explainAccess(needs, query.value, actor);
        return explained.ok ? ok(jsonReply(explained.value)) : explained;
      },
    },
  ];
}

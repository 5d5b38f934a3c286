import { z } from "zod";
import { answersBody, answersQuery, type Context } from "#access";
import type { Route } from "#kernel";
import type { Acting } from "../items/mark-patient.ts";
import { decideDisposal, proposeDisposal } from "./dispose.ts";
import { fetchRetention } from "./fetch-retention.ts";

export interface RetentionRoutesNeeds {
  readonly acting: Acting;
  /** May delete what is held, under the person's own name. */
  readonly disposing: Acting;
}

const retentionQuery = z.object({ after: z.string().max(500).optional() });
const why = z.string().trim().min(1).max(2_000);
const proposalBody = z.object({ patient: z.string().regex(/^Patient\/[A-Za-z0-9\-.]{1,64}$/), why });
const decisionBody = z.object({ agree: z.boolean(), why });

/** What need not be kept any more, and what becomes of it. */
export function retentionRoutes({ acting, disposing }: RetentionRoutesNeeds): readonly Route<Context>[] {
  const needs = (context: Context) => ({ context, own: acting(context), disposing: disposing(context) });
  return [
    {
      method: "GET",
      path: "/api/information/retention",
      policy: "governance.work",
      summary: "Records that are due for review or disposal, and disposals",
      handle: answersQuery(retentionQuery, (query, { context }) => fetchRetention(context, acting(context), query)),
    },
    {
      method: "POST",
      path: "/api/information/retention/disposals",
      policy: "governance.work",
      summary: "Propose that a record be disposed of",
      handle: answersBody(proposalBody, (order, { context }) => proposeDisposal(needs(context), order)),
    },
    {
      method: "POST",
      path: "/api/information/retention/disposals/:id/decide",
      policy: "governance.work",
      summary: "Agree to a disposal that somebody else has proposed, or refuse it",
      handle: answersBody(decisionBody, (order, { context, id }) => decideDisposal(needs(context), { id, ...order })),
    },
  ];
}

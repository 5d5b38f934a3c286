import { z } from "zod";
import { answersBody, answersQuery, type Context } from "#access";
import { ok, type Route } from "#kernel";
import type { Acting } from "../items/mark-patient.ts";
import { decideDisposal, proposeDisposal } from "./dispose.ts";
import type { Erasing } from "./erasing.ts";
import { fetchRetention } from "./fetch-retention.ts";

export interface RetentionRoutesNeeds {
  readonly acting: Acting;
  readonly erasing: Pick<Erasing, "progress">;
  /** Carries out what was agreed on. */
  readonly disposals: { wake(): void };
}

const retentionQuery = z.object({ after: z.string().max(500).optional() });
const why = z.string().trim().min(1).max(2_000);
const proposalBody = z.object({ patient: z.string().regex(/^Patient\/[A-Za-z0-9\-.]{1,64}$/), why });
const decisionBody = z.object({ agree: z.boolean(), why });

/** What need not be kept any more, and what becomes of it. */
export function retentionRoutes({ acting, erasing, disposals }: RetentionRoutesNeeds): readonly Route<Context>[] {
  const needs = (context: Context) => ({ context, own: acting(context) });
  return [
    {
      method: "GET",
      path: "/api/information/retention",
      policy: "governance.work",
      summary: "Records that are due for review or disposal, and disposals",
      handle: answersQuery(retentionQuery, (query, { context }) =>
        fetchRetention(context, { own: acting(context), erasing }, query),
      ),
    },
    {
      method: "POST",
      path: "/api/information/retention/disposals",
      policy: "governance.dispose",
      summary: "Propose that a record be disposed of",
      handle: answersBody(proposalBody, (order, { context }) => proposeDisposal(needs(context), order)),
    },
    {
      method: "POST",
      path: "/api/information/retention/disposals/:id/decide",
      policy: "governance.dispose",
      summary: "Agree to a disposal that somebody else has proposed, so that it is erased, or refuse it",
      handle: answersBody(decisionBody, async (order, { context, id }) => {
        const decided = await decideDisposal(needs(context), { id, ...order });
        if (!decided.ok) return decided;
        disposals.wake();
        return ok(decided.value);
      }),
    },
  ];
}

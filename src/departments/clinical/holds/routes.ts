import type { z } from "zod";
import { answers, answersBody, answersQuery, type Context } from "#access";
import { ok, type Route } from "#kernel";
import { type DecidedView, decisionBody, holdsQuery, releaseBody } from "../api/holds.ts";
import { stateText } from "../browser/message-row.ts";
import { decideHold, type HoldOrder } from "./decide-hold.ts";
import { fetchHeldMessage } from "./fetch-held-message.ts";
import { fetchHolds } from "./fetch-holds.ts";
import type { HoldNeeds } from "./hold-needs.ts";

/** The hold queue. */
export function holdRoutes(needs: HoldNeeds): readonly Route<Context>[] {
  return [
    {
      method: "GET",
      path: "/api/clinical/holds",
      policy: "messages.read",
      summary: "Messages that are held, oldest first, with what may be done with each",
      handle: answersQuery(holdsQuery, (query, { context }) => fetchHolds(context, query)),
    },
    {
      method: "GET",
      path: "/api/clinical/holds/:id",
      policy: "messages.read",
      summary: "One held message, with what of the same orders is held before and behind it",
      handle: answers(({ context, id }) => fetchHeldMessage(context, id)),
    },
    decision(needs, {
      action: "release",
      body: releaseBody,
      summary: "Take a held message, as it is or for a patient",
    }),
    decision(needs, { action: "confirm", body: decisionBody, summary: "Confirm what another person wants to release" }),
    decision(needs, { action: "reject", body: decisionBody, summary: "Refuse a held message for good" }),
  ];
}

interface DecisionRoute {
  readonly action: HoldOrder["action"];
  readonly body: z.ZodType<Omit<HoldOrder, "action">>;
  readonly summary: string;
}

function decision(needs: HoldNeeds, { action, body, summary }: DecisionRoute): Route<Context> {
  return {
    method: "POST",
    path: `/api/clinical/holds/:id/${action}`,
    policy: "holds.decide",
    summary,
    handle: answersBody(body, async (read, { context, id }) => {
      const decided = await decideHold(needs, context, { id, order: { ...read, action } });
      if (!decided.ok) return decided;
      const { message, waitsForSecond, released } = decided.value;
      const { state } = message;
      return ok({ id, state, stateText: stateText(state), waitsForSecond, released } satisfies DecidedView);
    }),
  };
}

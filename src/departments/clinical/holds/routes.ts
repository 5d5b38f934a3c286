import type { z } from "zod";
import type { Context } from "#access";
import { type HttpReply, type HttpRequest, jsonReply, ok, type Result, type Route } from "#kernel";
import { type DecidedView, decisionBody, holdsQuery, releaseBody } from "../api/holds.ts";
import { stateText } from "../browser/message-row.ts";
import { readBody, readQuery } from "../request.ts";
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
      handle: async (request, context) => {
        const query = readQuery(holdsQuery, request);
        if (!query.ok) return query;
        const page = await fetchHolds(context, query.value);
        return page.ok ? ok(jsonReply(page.value)) : page;
      },
    },
    {
      method: "GET",
      path: "/api/clinical/holds/:id",
      policy: "messages.read",
      summary: "One held message, with what of the same orders is held before and behind it",
      handle: async (request, context) => {
        const held = await fetchHeldMessage(context, request.params.id ?? "");
        return held.ok ? ok(jsonReply(held.value)) : held;
      },
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
    handle: async (request, context) => {
      const order = readBody(body, request);
      if (!order.ok) return order;
      return decide(needs, { request, context, order: { ...order.value, action } });
    },
  };
}

interface Asked {
  readonly request: HttpRequest;
  readonly context: Context;
  readonly order: HoldOrder;
}

async function decide(needs: HoldNeeds, { request, context, order }: Asked): Promise<Result<HttpReply>> {
  const id = request.params.id ?? "";
  const decided = await decideHold(needs, context, { id, order });
  if (!decided.ok) return decided;
  const { message, waitsForSecond, released } = decided.value;
  const { state } = message;
  const view: DecidedView = { id, state, stateText: stateText(state), waitsForSecond, released };
  return ok(jsonReply(view));
}

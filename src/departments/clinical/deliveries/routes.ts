import { answers, answersBody, answersQuery, type Context, readQuery } from "#access";
import { failed, notFound, ok, type Result, type Route } from "#kernel";
import { booksQuery } from "../api/books.ts";
import { deliveriesQuery, deliveryDecisionBody, sendElsewhereBody } from "../api/deliveries.ts";
import { figuresQuery } from "../api/figures.ts";
import { fetchBooks } from "./books/fetch-books.ts";
import { type DeliveryOrder, decideDelivery, switchDestination } from "./decide-delivery.ts";
import type { DeliveryEngine } from "./engine/delivery-engine.ts";
import { deliveryView, fetchDeliveries, fetchDestinations } from "./fetch-deliveries.ts";
import { fetchFigures } from "./figures/fetch-figures.ts";
import { figuresCsv } from "./figures/figures-csv.ts";
import { inUse, resolveStranded, type StrandedOrder } from "./stranded/resolve-stranded.ts";

/** What is on its way to destinations, the destinations, and the books. */
export function deliveryRoutes(engine: Pick<DeliveryEngine, "destinations" | "decided">): readonly Route<Context>[] {
  return [
    {
      method: "GET",
      path: "/api/clinical/deliveries",
      policy: "messages.read",
      summary: "Messages on their way to destinations, the last to change first",
      handle: answersQuery(deliveriesQuery, (query, { context }) => fetchDeliveries(context, query)),
    },
    decision(engine, { action: "retry", summary: "Try a delivery that stands again, at once" }),
    decision(engine, { action: "skip", summary: "Let a delivery that stands go, so that its lane goes on" }),
    {
      method: "GET",
      path: "/api/clinical/destinations",
      policy: "messages.read",
      summary: "The destinations: their state, what waits for them, what is parked",
      handle: answers(({ context }) => fetchDestinations(context, engine.destinations())),
    },
    switching(engine, { word: "pause", isPaused: true, summary: "Send nothing more to a destination" }),
    switching(engine, { word: "resume", isPaused: false, summary: "Send to a destination again" }),
    ...strandedRoutes(engine),
    {
      method: "GET",
      path: "/api/clinical/books",
      policy: "messages.read",
      summary: "The books: how many messages came in on each day, and what became of them",
      handle: answersQuery(booksQuery, (query, { context }) => fetchBooks(context, query)),
    },
    {
      method: "GET",
      path: "/api/clinical/figures",
      policy: "messages.read",
      summary:
        "What came in and went out over the links in a span of days, how long it took, and what stood in its way",
      handle: answersQuery(figuresQuery, (query, { context }) => fetchFigures(context, query)),
    },
    {
      method: "GET",
      path: "/api/clinical/figures/csv",
      policy: "messages.read",
      summary: "The same as CSV, one line a link and day",
      handle: async (request, context) => {
        const asked = readQuery(figuresQuery, request);
        return asked.ok ? figuresCsv(context, asked.value) : asked;
      },
    },
  ];
}

interface Decision {
  readonly action: DeliveryOrder["action"];
  readonly summary: string;
}

function decision(engine: Pick<DeliveryEngine, "decided">, { action, summary }: Decision): Route<Context> {
  return {
    method: "POST",
    path: `/api/clinical/deliveries/:id/${action}`,
    policy: "deliveries.manage",
    summary,
    handle: answersBody(deliveryDecisionBody, async (body, { context, id }) => {
      const decided = await decideDelivery(context, id, { action, ...body });
      if (!decided.ok) return decided;
      engine.decided();
      return ok(deliveryView(decided.value));
    }),
  };
}

interface Switching {
  readonly word: "pause" | "resume";
  readonly isPaused: boolean;
  readonly summary: string;
}

function switching(
  engine: Pick<DeliveryEngine, "destinations" | "decided">,
  { word, isPaused, summary }: Switching,
): Route<Context> {
  return {
    method: "POST",
    path: `/api/clinical/destinations/:name/${word}`,
    policy: "deliveries.manage",
    summary,
    handle: answersBody(deliveryDecisionBody, async (body, { context, id: destination }) => {
      const isKnown = engine.destinations().some(({ settings }) => settings.name === destination);
      if (!isKnown) return failed(notFound("not-found", `There is no destination ${destination}.`));
      const switched = await switchDestination(context, { destination, isPaused, ...body });
      if (!switched.ok) return switched;
      engine.decided();
      return ok({ destination, isPaused });
    }),
  };
}

type Engine = Pick<DeliveryEngine, "destinations" | "decided">;

function strandedRoutes(engine: Engine): readonly Route<Context>[] {
  return [
    {
      method: "POST",
      path: "/api/clinical/destinations/:name/cancel",
      policy: "deliveries.manage",
      summary: "Let go what waits for a destination that is not set up any more",
      handle: answersBody(deliveryDecisionBody, (body, { context, id }) =>
        resolve(engine, context, { from: id, ...body }),
      ),
    },
    {
      method: "POST",
      path: "/api/clinical/destinations/:name/send-to",
      policy: "deliveries.manage",
      summary: "Send what waits for a destination that is not set up any more to another",
      handle: answersBody(sendElsewhereBody, async ({ to: name, comment }, { context, id }) => {
        const to = engine.destinations().find(({ settings }) => settings.name === name)?.settings;
        if (to === undefined) return failed(notFound("not-found", `There is no destination ${name}.`));
        return resolve(engine, context, { from: id, to, comment });
      }),
    },
  ];
}

async function resolve(engine: Engine, context: Context, order: StrandedOrder): Promise<Result<unknown>> {
  if (engine.destinations().some(({ settings }) => settings.name === order.from)) return inUse(order.from);
  const resolved = await resolveStranded(context, order);
  engine.decided();
  return resolved;
}

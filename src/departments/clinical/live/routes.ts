import { type Context, readQuery } from "#access";
import { type HttpReply, type HttpRequest, ok, type Result, type Route } from "#kernel";
import { liveQuery } from "../api.ts";
import type { LiveHub } from "./live-hub.ts";
import type { Topic } from "./topic.ts";

export function liveRoutes(hub: LiveHub): readonly Route<Context>[] {
  return [
    {
      method: "GET",
      path: "/api/clinical/patients/:id/live",
      policy: "chart.open",
      summary: "Server-sent events: what changes in a patient's record",
      handle: async (request, context) => {
        const patient = await context.record.read("Patient", request.params.id ?? "");
        return patient.ok ? eventStream({ hub, context, topic: `Patient/${patient.value.id}` }, request) : patient;
      },
    },
    {
      method: "GET",
      path: "/api/clinical/messages/live",
      policy: "messages.read",
      summary: "Server-sent events: messages that arrive or change their state",
      handle: async (request, context) => eventStream({ hub, context, topic: "messages" }, request),
    },
    {
      method: "GET",
      path: "/api/clinical/links/live",
      policy: "links.see",
      summary: "Server-sent events: something changed on the links",
      handle: async (request, context) => eventStream({ hub, context, topic: "messages" }, request),
    },
  ];
}

interface Streaming {
  readonly hub: LiveHub;
  readonly context: Context;
  readonly topic: Topic;
}

function eventStream({ hub, context, topic }: Streaming, request: HttpRequest): Result<HttpReply> {
  const query = readQuery(liveQuery, request);
  if (!query.ok) return query;
  const after = lastEventId(request) ?? query.value.after;
  const events = hub.open(topic, { after, signal: request.closed, sees: context.sees });
  if (!events.ok) return events;
  const headers = { "content-type": "text/event-stream; charset=utf-8", "cache-control": "no-store" };
  return ok({ status: 200, headers, body: events.value });
}

function lastEventId({ headers }: HttpRequest): number | undefined {
  const text = headers["last-event-id"];
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

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
      handle: async (request, { record }) => {
        const patient = await record.read("Patient", request.params.id ?? "");
        return patient.ok ? eventStream(hub, `Patient/${patient.value.id}`, request) : patient;
      },
    },
    {
      method: "GET",
      path: "/api/clinical/messages/live",
      policy: "messages.read",
      summary: "Server-sent events: messages that arrive or change their state",
      handle: async (request) => eventStream(hub, "messages", request),
    },
    {
      method: "GET",
      path: "/api/clinical/links/live",
      policy: "links.see",
      summary: "Server-sent events: something changed on the links",
      handle: async (request) => eventStream(hub, "messages", request),
    },
  ];
}

function eventStream(hub: LiveHub, topic: Topic, request: HttpRequest): Result<HttpReply> {
  const query = readQuery(liveQuery, request);
  if (!query.ok) return query;
  const events = hub.open(topic, { after: lastEventId(request) ?? query.value.after, signal: request.closed });
  if (!events.ok) return events;
  const headers = { "content-type": "text/event-stream; charset=utf-8", "cache-control": "no-store" };
  return ok({ status: 200, headers, body: events.value });
}

function lastEventId({ headers }: HttpRequest): number | undefined {
  const text = headers["last-event-id"];
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

import { z } from "zod";

/** `after`: the `position` of what is on the screen; a `Last-Event-ID` header goes before it. */
export const liveQuery = z.object({ after: z.coerce.number().int().min(0).optional() });

/**
 * Server-sent events. `open` comes first, once, with the position from which the stream watches; each `change` after
 * that names the kinds that changed. The event's id is its position, so a browser that connects again misses nothing.
 * A comment every 15 s keeps the connection open. The server ends each stream after a while; connect again.
 */
export const liveEvents = ["open", "change"] as const;
export type LiveEventName = (typeof liveEvents)[number];

/** The JSON after `data:` of both events. */
export interface LiveEvent {
  /** Kinds of document that changed: `DiagnosticReport`, `Patient`, `LinkMessage` …; empty for `open`. */
  readonly kinds: readonly string[];
  readonly position: number;
  /** Ids of the documents that changed, newest last, the last 50 at most. */
  readonly ids: readonly string[];
}

/** Kinds whose changes reach an open chart. */
export const chartKinds = [
  "Patient",
  "Observation",
  "DiagnosticReport",
  "Encounter",
  "ServiceRequest",
  "DocumentReference",
  "AllergyIntolerance",
] as const;

import type { Numbering } from "../../demo/messages/numbering.ts";
import { fullPidOf, practiceOf, reasonOf, visitOf } from "../../demo/messages/person-segments.ts";
import { segment } from "../../demo/messages/segment.ts";
import { type DemoMessage, messageOf, patientSystem } from "../../demo/messages/sender.ts";
import type { Story, Visit } from "../../demo/story/story.ts";
import { hl7Time } from "../../demo/times.ts";

/** The events of the patient system about one patient. */
export interface PatientEvents {
  /** A28. */
  registered(atMs: number): DemoMessage;
  /** A01, A02, A03, A04 or A08 of a visit; `from` is the place before a transfer. */
  visit(trigger: "A01" | "A02" | "A03" | "A04" | "A08", visit: Visit, at: VisitEvent): DemoMessage;
}

export interface VisitEvent {
  readonly atMs: number;
  readonly from?: string;
}

export function patientEvents(story: Story, numbering: Numbering): PatientEvents {
  const event = (trigger: string, sentMs: number, more: readonly string[]) =>
    messageOf({
      from: patientSystem,
      controlId: numbering.controlId("P"),
      type: `ADT^${trigger}`,
      sentMs,
      segments: [segment("EVN", { 1: trigger, 2: hl7Time(sentMs) }), fullPidOf(story), ...more],
    });
  return {
    registered: (atMs) => event("A28", atMs, [practiceOf(story)]),
    visit: (trigger, visit, { atMs, from }) =>
      event(trigger, atMs, [withPriorPlace(visitOf(visit, { isOver: trigger === "A03" }), from), reasonOf(visit)]),
  };
}

/** PV1-6. */
function withPriorPlace(pv1: string, place: string | undefined): string {
  if (place === undefined) return pv1;
  return pv1
    .split("|")
    .map((field, at) => (at === 6 ? place : field))
    .join("|");
}

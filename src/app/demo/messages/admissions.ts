import type { Story, Visit } from "../story/story.ts";
import { hl7Time, minuteMs } from "../times.ts";
import { allergiesOf } from "./allergies.ts";
import type { Numbering } from "./numbering.ts";
import { fullPidOf, practiceOf, reasonOf, visitOf } from "./person-segments.ts";
import { segment } from "./segment.ts";
import { type DemoMessage, messageOf, patientSystem } from "./sender.ts";

/** Registration, then the beginning and end of each visit, and the death. */
export function admissionMessages(story: Story, numbering: Numbering, registeredMs: number): readonly DemoMessage[] {
  const event = (trigger: string, sentMs: number, more: readonly string[]) =>
    messageOf({
      from: patientSystem,
      controlId: numbering.controlId("P"),
      type: `ADT^${trigger}`,
      sentMs,
      segments: [
        segment("EVN", { 1: trigger, 2: hl7Time(sentMs) }),
        fullPidOf(trigger === "A31" ? story : { ...story, diedMs: undefined }),
        ...more,
      ],
    });
  const allergies = allergiesOf(story);
  const ofVisit = (visit: Visit): readonly DemoMessage[] => {
    const { is, fromMs, toMs } = visit;
    const begun = (isOver: boolean) => [visitOf(visit, { isOver }), reasonOf(visit)];
    if (is === "clinic") return [event("A04", (toMs ?? fromMs) + minuteMs, begun(true))];
    const end = toMs === undefined ? [] : [event("A03", toMs + minuteMs, begun(true))];
    return [event("A01", fromMs + minuteMs, begun(false)), ...end];
  };
  return [
    event("A28", registeredMs, [practiceOf(story), ...allergies]),
    ...story.visits.flatMap(ofVisit),
    ...(story.diedMs === undefined ? [] : [event("A31", story.diedMs + 5 * minuteMs, [practiceOf(story)])]),
  ];
}

import { xcnOf } from "../hospital/clinicians.ts";
import { hl7Time, minuteMs } from "../times.ts";
import { pidOf } from "./person-segments.ts";
import { type Ordered, testCode, visitSegments } from "./results.ts";
import { segment } from "./segment.ts";
import { type DemoMessage, messageOf, orderSystems } from "./sender.ts";

/** What was asked for, before the specimens were taken: wards send OML, everybody else ORM. */
export function orderMessage(ordered: Ordered, controlId: string): DemoMessage {
  const { story, collection, panels, placer } = ordered;
  const isWard = collection.visit?.is === "stay";
  const sentMs = collection.atMs - 20 * minuteMs;
  const requester = xcnOf(collection.requester);
  return messageOf({
    from: isWard ? orderSystems.new : orderSystems.old,
    controlId,
    type: isWard ? "OML^O21" : "ORM^O01",
    sentMs,
    segments: [
      pidOf(story.person),
      ...visitSegments(collection),
      ...panels.flatMap((panel, at) => [
        segment("ORC", { 1: "NW", 2: placer, 9: hl7Time(sentMs), 12: requester }),
        segment("OBR", { 1: String(at + 1), 2: placer, 4: testCode(panel), 5: isWard ? "S" : "R", 16: requester }),
      ]),
    ],
  });
}

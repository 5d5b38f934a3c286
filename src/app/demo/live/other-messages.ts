import { pathologists } from "../hospital/clinicians.ts";
import { histologyMessages } from "../messages/histology.ts";
import type { Numbering } from "../messages/numbering.ts";
import { fullPidOf, pidOf, visitOf } from "../messages/person-segments.ts";
import { reportSegments } from "../messages/report-segments.ts";
import { segment } from "../messages/segment.ts";
import { type DemoMessage, laboratorySystems, messageOf, patientSystem } from "../messages/sender.ts";
import type { Random } from "../random.ts";
import { currentStay } from "../story/beds.ts";
import type { Story } from "../story/story.ts";
import { dayMs, hl7Time, hourMs, minuteMs, yearDigits } from "../times.ts";

interface Making {
  readonly numbering: Numbering;
  readonly random: Random;
  readonly nowMs: number;
}

/** A biopsy of last week, reported now. */
export function histologyNow(story: Story, { numbering, random, nowMs }: Making): DemoMessage | undefined {
  const collection = {
    atMs: nowMs - 9 * dayMs - hourMs,
    panels: [],
    visit: undefined,
    requester: story.practitioner,
    histology: random.pick(["colon", "skin"] as const),
  };
  return histologyMessages({ story, collection }, { numbering, random })[0];
}

/** What the patient system says of somebody in a ward when a clerk has looked at it. */
export function stayUpdated(story: Story, { numbering, nowMs }: Making): DemoMessage | undefined {
  const stay = currentStay(story);
  if (stay === undefined) return undefined;
  const sentMs = nowMs - minuteMs / 2;
  return messageOf({
    from: patientSystem,
    controlId: numbering.controlId("P"),
    type: "ADT^A08",
    sentMs,
    segments: [segment("EVN", { 1: "A08", 2: hl7Time(sentMs) }), fullPidOf(story), visitOf(stay, { isOver: false })],
  });
}

interface NewTest {
  readonly code: string;
  readonly name: string;
  readonly unit: string;
  readonly range: string;
  readonly low: number;
  readonly high: number;
}

/** Of an analyser that was put in last week: the laboratory has told nobody what its codes and one unit mean. */
const newTests: readonly NewTest[] = [
  { code: "VITD", name: "25-hydroxyvitamin D", unit: "nmol/L", range: "50 - 175", low: 18, high: 120 },
  { code: "ZINC", name: "Zinc", unit: "umol/L", range: "11 - 18", low: 7, high: 17 },
  { code: "VITD", name: "25-hydroxyvitamin D", unit: "nmol/L", range: "50 - 175", low: 18, high: 120 },
  { code: "PCTQ", name: "Procalcitonin", unit: "ng per ml", range: "< 0.5", low: 0.1, high: 6 },
];

/** A result with the laboratory's own code alone, which no map knows yet. */
export function localCode(story: Story, { numbering, random, nowMs }: Making): DemoMessage {
  const { code, name, unit, range, low, high } = random.pick(newTests);
  const takenMs = nowMs - 3 * hourMs;
  const value = random.between(low, high).toFixed(high < 10 ? 2 : 0);
  const head = {
    laboratory: "biochemistry",
    placer: numbering.placer(),
    filler: numbering.filler(yearDigits(takenMs), "B"),
    test: `${code}^${name}^L`,
    specimen: "serum",
    requester: currentStay(story)?.consultant ?? pathologists.biochemistry,
    takenMs,
    reportedMs: nowMs - minuteMs,
    status: "F",
  } as const;
  const obx = segment("OBX", { 1: "1", 2: "NM", 3: `${code}^${name}^L`, 5: value, 6: unit, 7: range, 11: "F" });
  return messageOf({
    from: laboratorySystems.biochemistry,
    controlId: numbering.controlId("B"),
    type: "ORU^R01",
    sentMs: nowMs - minuteMs / 2,
    segments: [pidOf(story.person), ...reportSegments(head, { setId: 1, observations: [obx] })],
  });
}

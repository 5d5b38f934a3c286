import { conflict, type Problem } from "#kernel";
import type { SegmentReader } from "../messages/message-reader.ts";
import type { Plan } from "../messages/plan.ts";

const sentences = {
  W: ["wrong-patient", "The result was reported on the wrong patient: it stays on the chart, marked as an error."],
  D: ["result-deleted", "The sender deletes the result: it stays on the chart, marked as an error."],
} as const;

/**
 * Results that the message takes back: W, posted on the wrong patient, and D, deleted. Nothing is taken away: the result
 * gets a version with the status entered-in-error on the chart that it stands on. `wrong-patient`, `result-deleted`.
 * Without readers, of a message in other words, whatever it says to be in error counts as deleted.
 * Source: HL7 v2.5.1 table 0085.
 */
export function withdrawn(plan: Plan, readers: readonly SegmentReader[] | undefined): readonly Problem[] {
  const problems: Problem[] = [];
  for (const { resource, where } of plan) {
    if (resource.resourceType !== "Observation" || resource.status !== "entered-in-error") continue;
    const code = readers === undefined ? "D" : readers.find((reader) => reader.where === where)?.peek(11);
    if (code !== "W" && code !== "D") continue;
    const [name, message] = sentences[code];
    problems.push(conflict(name, message, { where: readers === undefined ? where : `${where}-11` }));
  }
  return problems;
}

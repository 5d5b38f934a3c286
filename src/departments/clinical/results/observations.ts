import type { ObservationGroup } from "../messages/groups.ts";
import type { SegmentReader } from "../messages/message-reader.ts";
import { occurrences } from "../messages/occurrences.ts";
import { attachmentIn } from "./attachment.ts";
import { document, type PlannedDocument } from "./document.ts";
import { withIsolateMembers } from "./microbiology.ts";
import { observation, type PlannedObservation, type ReportContext } from "./observation.ts";
import { joinLines, valueOfText } from "./text-report.ts";

export interface MappedObservations {
  readonly observations: readonly PlannedObservation[];
  readonly documents: readonly PlannedDocument[];
}

/** The OBX segments of one report: texts put together, documents set apart, isolates with their sensitivities. */
export function observationsOf(groups: readonly ObservationGroup[], report: ReportContext): MappedObservations {
  const observations: PlannedObservation[] = [];
  const documents: PlannedDocument[] = [];
  const occurrenceOf = occurrences();
  for (const text of joinLines(groups)) {
    const { obx } = text;
    const occurrence = occurrenceOf(`${obx.peek(3) ?? obx.peek(3, 2)}|${obx.peek(4)}`);
    const attachment = attachmentIn(text);
    if (attachment !== undefined) {
      documents.push(document({ text, attachment, occurrence }, report));
    } else if (namesTest(obx)) {
      const planned = observation({ ...text, value: valueOfText(text), occurrence }, report);
      if (planned !== undefined) observations.push(planned);
    }
  }
  return { observations: withIsolateMembers(observations), documents };
}

/** An observation of nothing is none: nothing of it may count as carried over. */
function namesTest(obx: SegmentReader): boolean {
  return [1, 2, 4, 5, 9].some((component) => obx.peek(3, component) !== undefined);
}

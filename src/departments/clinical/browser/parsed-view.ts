import type { Problem } from "#kernel";
import type { HumanName } from "#standards/fhir";
import { type Message, readMessage, readPath } from "#standards/hl7v2";
import type { SegmentView } from "../api.ts";
import type { LinkMessage } from "../messages/link-message.ts";
import { edifactView } from "./edifact-view.ts";
import { fhirView } from "./fhir-view.ts";
import type { OutcomeOf } from "./outcomes.ts";
import { segmentViews } from "./segment-view.ts";

/** A message taken apart for people. */
export interface ParsedView {
  /** As sent, decoded: a segment a line. */
  readonly lines: readonly string[];
  /** Up to a number. */
  segments(segmentsShown: number, outcomeOf: OutcomeOf): readonly SegmentView[];
  /** Of reading it again now. */
  readonly problems: readonly Problem[];
  readonly patientName: HumanName | undefined;
}

/** By its bytes, as what the record has kept it as. */
export function parsedView(bytes: Uint8Array, format: LinkMessage["format"] | "hl7v2" = "hl7v2"): ParsedView {
  switch (format) {
    case "hl7v2":
      return hl7View(readMessage(bytes));
    case "edifact":
      return edifactView(bytes);
    case "fhir":
      return fhirView(bytes);
  }
}

function hl7View(parsed: Message): ParsedView {
  return {
    lines: parsed.segments.map(({ raw }) => raw),
    segments: (segmentsShown, outcomeOf) => segmentViews(parsed, segmentsShown, outcomeOf),
    problems: parsed.problems,
    patientName: nameIn(parsed),
  };
}

/** PID-5. */
function nameIn(parsed: Message): HumanName | undefined {
  const part = (path: string) => readPath(parsed, path)?.text ?? "";
  const [family = "", first = "", further = "", prefix = ""] = ["PID-5.1.1", "PID-5.2", "PID-5.3", "PID-5.5"].map(part);
  const given = [first, further].filter((each) => each !== "");
  if (family === "" && given.length === 0) return undefined;
  return { family, given, prefix: prefix === "" ? [] : [prefix] };
}

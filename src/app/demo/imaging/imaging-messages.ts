import { xcnOf } from "../hospital/clinicians.ts";
import { pidOf, visitOf } from "../messages/person-segments.ts";
import { plain, segment } from "../messages/segment.ts";
import { type DemoMessage, messageOf, orderSystems, radiologySystem } from "../messages/sender.ts";
import { hl7Time, hourMs, minuteMs } from "../times.ts";
import { type ExaminationName, examinations } from "./examinations.ts";
import { type PlannedExamination, radiologist } from "./planned-examination.ts";

/** An order and its report, as the two systems sent them. */
export function imagingMessages(examination: PlannedExamination): readonly DemoMessage[] {
  const { accessionNumber: filler, startedMs, recipe } = examination;
  return [
    imagingOrder({ ...examination, examination: recipe.examination, filler, sentMs: startedMs - hourMs }),
    imagingReport(examination),
  ];
}

export interface ImagingOrder
  extends Pick<PlannedExamination, "story" | "visit" | "requester" | "placer" | "startedMs"> {
  readonly examination: ExaminationName;
  /** The accession number, where the radiology system has given one; otherwise Corridor makes it. */
  readonly filler: string | undefined;
  readonly sentMs: number;
}

/** ORM^O01 with the section in OBR-24, which makes it an order for images, and the time that is planned. */
export function imagingOrder(order: ImagingOrder): DemoMessage {
  const { story, visit, requester, placer, filler, startedMs, sentMs } = order;
  const { code, name, section } = examinations[order.examination];
  const by = xcnOf(requester);
  return messageOf({
    from: orderSystems.old,
    controlId: `IO-${placer}`,
    type: "ORM^O01",
    sentMs,
    segments: [
      pidOf(story.person),
      ...(visit === undefined ? [] : [visitOf(visit, { isOver: false })]),
      segment("ORC", { 1: "NW", 2: placer, 3: filler, 7: `^^^${hl7Time(startedMs)}^^R`, 9: hl7Time(sentMs), 12: by }),
      segment("OBR", { 1: "1", 2: placer, 3: filler, 4: `${code}^${plain(name)}^L`, 5: "R", 16: by, 24: section }),
    ],
  });
}

function imagingReport({ story, visit, requester, placer, accessionNumber, startedMs, recipe }: PlannedExamination) {
  const { code, name, section, findings, impression } = examinations[recipe.examination];
  const reportedMs = startedMs + 50 * minuteMs;
  const { staffNumber, family, given, prefix } = radiologist;
  const lines = [
    "FINDINGS",
    ...findings.map((line) => `    ${line}`),
    "IMPRESSION",
    ...impression.map((line) => `    ${line}`),
  ];
  return messageOf({
    from: radiologySystem,
    controlId: `IR-${placer}`,
    type: "ORU^R01",
    sentMs: reportedMs,
    segments: [
      pidOf(story.person),
      ...(visit === undefined ? [] : [visitOf(visit, { isOver: false })]),
      segment("ORC", { 1: "RE", 2: placer, 3: accessionNumber, 12: xcnOf(requester) }),
      segment("OBR", {
        1: "1",
        2: placer,
        3: accessionNumber,
        4: `${code}^${plain(name)}^L`,
        7: hl7Time(startedMs),
        16: xcnOf(requester),
        22: hl7Time(reportedMs),
        24: section,
        25: "F",
        32: `${staffNumber}&${plain(family)}&${plain(given)}&&&${prefix}`,
      }),
      ...lines.map((line, at) =>
        segment("OBX", {
          1: String(at + 1),
          2: "TX",
          3: "18748-4^Diagnostic imaging report^LN",
          5: plain(line),
          11: "F",
        }),
      ),
    ],
  });
}

import { type LaboratoryName, type Panel, panelOf } from "../laboratory/panels.ts";
import { type SpecimenValues, specimenValues } from "../laboratory/specimen-values.ts";
import { type TestKey, testOf } from "../laboratory/tests.ts";
import type { Random } from "../random.ts";
import type { Collection } from "../story/collection.ts";
import type { Story } from "../story/story.ts";
import { hourMs, minuteMs, yearDigits } from "../times.ts";
import type { Numbering } from "./numbering.ts";
import { observationsOf, type Reported } from "./observations.ts";
import { pidOf, visitOf } from "./person-segments.ts";
import { reportSegments } from "./report-segments.ts";
import { plain } from "./segment.ts";
import { type DemoMessage, laboratorySystems, messageOf } from "./sender.ts";

export interface Ordered {
  readonly story: Story;
  readonly collection: Collection;
  readonly laboratory: LaboratoryName;
  readonly panels: readonly Panel[];
  readonly placer: string;
  readonly filler: string;
}

/** What is asked of each laboratory when specimens are taken, under a number of its own. */
export function ordersOf(story: Story, collection: Collection, numbering: Numbering): readonly Ordered[] {
  const byLaboratory = Map.groupBy(collection.panels.map(panelOf), ({ laboratory }) => laboratory);
  return [...byLaboratory].map(([laboratory, panels]) => ({
    story,
    collection,
    laboratory,
    panels,
    placer: numbering.placer(),
    filler: numbering.filler(yearDigits(collection.atMs), laboratory.charAt(0).toUpperCase()),
  }));
}

const slowestMs: Readonly<Record<LaboratoryName, number>> = {
  biochemistry: 3 * hourMs,
  haematology: 1.5 * hourMs,
  microbiology: 48 * hourMs,
  histology: 120 * hourMs,
  bedside: 6 * minuteMs,
};

interface Making {
  readonly numbering: Numbering;
  readonly random: Random;
}

/**
 * The messages of one order's results. Most laboratories get it right the first time; now and then a result is
 * preliminary first, is put right later, or cannot be given.
 */
export function resultMessages(ordered: Ordered, { numbering, random }: Making): readonly DemoMessage[] {
  const { story, collection, laboratory, panels } = ordered;
  const reportedMs = collection.atMs + slowestMs[laboratory] * random.between(0.4, 1);
  const values = specimenValues(story, { atMs: collection.atMs, random });
  const send = (version: Version) =>
    resultMessage(ordered, { ...version, controlId: numbering.controlId(laboratory.charAt(0).toUpperCase()) });
  const share = random.next();
  const final: Version = { status: "F", reportedMs, values };
  if (share < 0.04 && laboratory !== "bedside") {
    const early: Version = { ...final, status: "P", reportedMs: reportedMs - 15 * minuteMs };
    return [send(early), send(final)];
  }
  if (share < 0.06) return correctedVersions(final, { panels, random }).map(send);
  if (share < 0.085) return [send({ ...final, ...spoilt(laboratory, panels) })];
  return [send(final)];
}

export interface Version extends Pick<Reported, "status" | "values" | "withheld" | "remarks"> {
  readonly reportedMs: number;
}

/** A first value that was wrong, and the right one some hours later. */
export function correctedVersions(
  final: Version,
  { panels, random }: { readonly panels: readonly Panel[]; readonly random: Random },
): readonly Version[] {
  const key = random.pick(panels.flatMap(({ tests }) => tests));
  const { decimals, possible } = testOf(key);
  const wrong = Math.min(possible[1], Math.max(possible[0], final.values(key) * random.pick([0.7, 1.3, 1.45])));
  const rounded = Number(wrong.toFixed(decimals));
  const values: SpecimenValues = (each) => (each === key ? rounded : final.values(each));
  const remark = `Corrected report. Previously reported as ${rounded.toFixed(decimals)}; please disregard.`;
  const remarks: Version["remarks"] = { [key]: remark };
  const reportedMs = final.reportedMs + random.between(1, 7) * hourMs;
  return [
    { ...final, values },
    { ...final, status: "C", reportedMs, remarks },
  ];
}

/** A specimen of which some results cannot be given, or none. */
function spoilt(laboratory: LaboratoryName, panels: readonly Panel[]): Partial<Version> {
  const tests = panels.flatMap((panel) => panel.tests);
  if (laboratory === "biochemistry" && tests.includes("K")) {
    return { withheld: { K: "Specimen haemolysed: potassium cannot be reported. Please repeat." } };
  }
  if (laboratory !== "haematology") return {};
  const why = "Specimen clotted: cannot be analysed. Please repeat.";
  return { status: "X", withheld: Object.fromEntries(tests.map((key): [TestKey, string] => [key, why])) };
}

export function resultMessage(ordered: Ordered, version: Version & { readonly controlId: string }): DemoMessage {
  const { story, collection, laboratory, panels, placer, filler } = ordered;
  const { reportedMs, controlId } = version;
  const from = laboratorySystems[laboratory];
  const reported = { ...version, person: story.person, takenMs: collection.atMs, from };
  const reports = panels.flatMap((panel, at) =>
    reportSegments(
      {
        laboratory,
        placer,
        filler,
        test: testCode(panel),
        specimen: panel.specimen,
        requester: collection.requester,
        takenMs: collection.atMs,
        reportedMs,
        status: version.status,
      },
      { setId: at + 1, observations: observationsOf(panel.tests, reported) },
    ),
  );
  return messageOf({
    from,
    controlId,
    type: "ORU^R01",
    sentMs: reportedMs + minuteMs,
    segments: [pidOf(story.person), ...visitSegments(collection), ...reports],
  });
}

export function testCode({ code, name }: Pick<Panel, "code" | "name">): string {
  return `${code}^${plain(name)}^L`;
}

export function visitSegments({ visit }: Collection): readonly string[] {
  return visit === undefined ? [] : [visitOf(visit, { isOver: false })];
}

import { hospitalName } from "../hospital/wards.ts";
import type { Random } from "../random.ts";
import type { Collection } from "../story/collection.ts";
import type { Story } from "../story/story.ts";
import { dayMs, hl7Day, minuteMs, yearDigits } from "../times.ts";
import type { Numbering } from "./numbering.ts";
import { pdfOf } from "./pdf.ts";
import { pidOf } from "./person-segments.ts";
import { reportSegments } from "./report-segments.ts";
import { visitSegments } from "./results.ts";
import { plain, segment } from "./segment.ts";
import { type DemoMessage, laboratorySystems, messageOf } from "./sender.ts";

/** As typed, with columns that only stand under each other in a fixed width. */
const reports = {
  colon: [
    "CLINICAL DETAILS",
    "    Biopsy taken at endoscopy. Query inflammation.",
    "",
    "MACROSCOPY",
    "    Pot   Site                 Pieces   Largest (mm)",
    "    A     Antrum                  2          3",
    "    B     Body of stomach         3          4",
    "",
    "MICROSCOPY",
    "    A, B  Gastric mucosa with mild chronic inflammation. No activity.",
    "          No organisms on the special stain. No dysplasia or malignancy.",
    "",
    "CONCLUSION",
    "    Mild chronic gastritis. No evidence of malignancy.",
  ],
  skin: [
    "CLINICAL DETAILS",
    "    Shave biopsy of a raised lesion of the back. Query basal cell carcinoma.",
    "",
    "MACROSCOPY",
    "    Pot   Site                 Size (mm)",
    "    A     Upper back           9 x 7 x 2",
    "",
    "MICROSCOPY",
    "    Basaloid cells without atypia, with keratin cysts.",
    "",
    "CONCLUSION",
    "    Seborrhoeic keratosis. Benign. Completely excised.",
  ],
} as const;

const pdfShare = 0.4;

/** A report in words, line by line, some with the signed page as PDF. */
export function histologyMessages(
  { story, collection }: { readonly story: Story; readonly collection: Collection },
  { numbering, random }: { readonly numbering: Numbering; readonly random: Random },
): readonly DemoMessage[] {
  const { histology } = collection;
  if (histology === undefined) return [];
  const lines = reports[histology];
  const reportedMs = collection.atMs + random.between(4, 9) * dayMs;
  const head = {
    laboratory: "histology" as const,
    placer: numbering.placer(),
    filler: numbering.filler(yearDigits(collection.atMs), "H"),
    test: "HIST^Histology^L",
    specimen: "tissue" as const,
    requester: collection.requester,
    takenMs: collection.atMs,
    reportedMs,
    status: "F" as const,
  };
  const page = random.chance(pdfShare) ? [pageOf(story, { lines, filler: head.filler, reportedMs })] : [];
  const observations = [...lines.map((line, at) => lineOf(line, at + 1)), ...page];
  return [
    messageOf({
      from: laboratorySystems.histology,
      controlId: numbering.controlId("H"),
      type: "ORU^R01",
      sentMs: reportedMs + minuteMs,
      segments: [
        pidOf(story.person),
        ...visitSegments(collection),
        ...reportSegments(head, { setId: 1, observations }),
      ],
    }),
  ];
}

function lineOf(line: string, setId: number): string {
  return segment("OBX", {
    1: String(setId),
    2: "TX",
    3: "22637-3^Pathology report final diagnosis^LN",
    5: plain(line),
    11: "F",
  });
}

interface Page {
  readonly lines: readonly string[];
  readonly filler: string;
  readonly reportedMs: number;
}

function pageOf({ person }: Story, { lines, filler, reportedMs }: Page): string {
  const head = [
    hospitalName,
    "Department of Cellular Pathology",
    "",
    `${person.family}, ${person.given}      NHS ${person.nhsNumber}      ${person.hospitalNumber}`,
    `Report ${filler}      ${hl7Day(reportedMs)}`,
    "",
  ];
  const note = ["", "A demonstration: nobody of this name was examined."];
  const content = Buffer.from(pdfOf([...head, ...lines, ...note])).toString("base64");
  return segment("OBX", {
    1: String(lines.length + 1),
    2: "ED",
    3: "PDF^Report as signed^L",
    5: `^application^pdf^Base64^${content}`,
    11: "F",
  });
}

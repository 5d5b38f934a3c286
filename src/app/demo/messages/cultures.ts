import type { Random } from "../random.ts";
import type { Collection } from "../story/collection.ts";
import type { Story } from "../story/story.ts";
import { dayMs, hourMs, minuteMs, yearDigits } from "../times.ts";
import type { Numbering } from "./numbering.ts";
import type { ResultStatus } from "./observations.ts";
import { pidOf } from "./person-segments.ts";
import { reportSegments } from "./report-segments.ts";
import { visitSegments } from "./results.ts";
import { plain, segment } from "./segment.ts";
import { type DemoMessage, laboratorySystems, messageOf } from "./sender.ts";

/** LOINC codes of susceptibilities. */
const antibiotics = {
  amoxicillin: ["18864-9", "Ampicillin"],
  coAmoxiclav: ["18862-3", "Amoxicillin + clavulanate"],
  gentamicin: ["18928-2", "Gentamicin"],
  trimethoprim: ["18998-5", "Trimethoprim"],
  nitrofurantoin: ["18955-5", "Nitrofurantoin"],
  ciprofloxacin: ["18906-8", "Ciprofloxacin"],
  tazobactam: ["18970-4", "Piperacillin + tazobactam"],
  meropenem: ["18943-1", "Meropenem"],
  vancomycin: ["19000-9", "Vancomycin"],
  oxacillin: ["18961-3", "Oxacillin"],
  erythromycin: ["18919-1", "Erythromycin"],
} as const;

type Antibiotic = keyof typeof antibiotics;

interface Organism {
  /** SNOMED CT. */
  readonly code: string;
  readonly name: string;
  readonly gram: string;
  readonly tested: readonly Antibiotic[];
}

const organism = (code: string, name: string, gram: string, tested: readonly Antibiotic[]): Organism => ({
  code,
  name,
  gram,
  tested,
});

const rods: readonly Antibiotic[] = [
  "amoxicillin",
  "coAmoxiclav",
  "gentamicin",
  "ciprofloxacin",
  "tazobactam",
  "meropenem",
];
const urinary: readonly Antibiotic[] = ["amoxicillin", "coAmoxiclav", "trimethoprim", "nitrofurantoin", "gentamicin"];

const organisms = {
  blood: [
    organism("112283007", "Escherichia coli", "Gram negative bacilli", rods),
    organism("56415008", "Klebsiella pneumoniae", "Gram negative bacilli", rods),
    organism("3092008", "Staphylococcus aureus", "Gram positive cocci in clusters", [
      "oxacillin",
      "erythromycin",
      "gentamicin",
      "vancomycin",
    ]),
    organism("9861002", "Streptococcus pneumoniae", "Gram positive cocci in pairs", ["erythromycin", "vancomycin"]),
  ],
  urine: [
    organism("112283007", "Escherichia coli", "Gram negative bacilli", urinary),
    organism("73457008", "Proteus mirabilis", "Gram negative bacilli", urinary),
    organism("78065002", "Enterococcus faecalis", "Gram positive cocci", [
      "amoxicillin",
      "nitrofurantoin",
      "vancomycin",
    ]),
  ],
} as const;

const kinds = {
  blood: { test: "BCUL^Blood culture^L", loinc: "600-7", name: "Bacteria identified in blood", specimen: "blood" },
  urine: { test: "UCUL^Urine culture^L", loinc: "630-4", name: "Bacteria identified in urine", specimen: "urine" },
} as const;

interface Stage {
  readonly status: ResultStatus;
  readonly reportedMs: number;
  readonly observations: readonly string[];
}

/** A culture from its first reading to the last. */
export function cultureMessages(
  { story, collection }: { readonly story: Story; readonly collection: Collection },
  { numbering, random }: { readonly numbering: Numbering; readonly random: Random },
): readonly DemoMessage[] {
  const { culture } = collection;
  if (culture === undefined) return [];
  const { test, specimen } = kinds[culture];
  const head = {
    laboratory: "microbiology" as const,
    placer: numbering.placer(),
    filler: numbering.filler(yearDigits(collection.atMs), "M"),
    test,
    specimen,
    requester: collection.requester,
    takenMs: collection.atMs,
  };
  return stagesOf(culture, { atMs: collection.atMs, random }).map(({ observations, ...stage }) =>
    messageOf({
      from: laboratorySystems.microbiology,
      controlId: numbering.controlId("M"),
      type: "ORU^R01",
      sentMs: stage.reportedMs + minuteMs,
      segments: [
        pidOf(story.person),
        ...visitSegments(collection),
        ...reportSegments({ ...head, ...stage }, { setId: 1, observations }),
      ],
    }),
  );
}

interface Growing {
  readonly atMs: number;
  readonly random: Random;
}

function stagesOf(culture: "blood" | "urine", { atMs, random }: Growing): readonly Stage[] {
  const text = (value: string, status: ResultStatus) => [named(culture, { type: "ST", value: plain(value), status })];
  const grows = random.chance(culture === "blood" ? 0.45 : 0.6);
  if (!grows && culture === "urine") {
    return [{ status: "F", reportedMs: atMs + 30 * hourMs, observations: text("No significant growth", "F") }];
  }
  if (!grows) {
    return [
      { status: "P", reportedMs: atMs + 30 * hourMs, observations: text("No growth after 24 hours", "P") },
      { status: "F", reportedMs: atMs + 5.1 * dayMs, observations: text("No growth after 5 days", "F") },
    ];
  }
  const found = random.pick<Organism>(organisms[culture]);
  const early: Stage = {
    status: "P",
    reportedMs: atMs + random.between(14, 24) * hourMs,
    observations: text(`Growth of ${found.gram}; identification to follow`, "P"),
  };
  const identified: Stage = {
    status: "F",
    reportedMs: atMs + random.between(38, 60) * hourMs,
    observations: [
      named(culture, { type: "CE", value: `${found.code}^${found.name}^SCT`, status: "F" }),
      ...found.tested.map((antibiotic, at) => susceptibility(antibiotic, { setId: at + 2, random })),
    ],
  };
  return culture === "blood" ? [early, identified] : [identified];
}

function named(
  culture: "blood" | "urine",
  { type, value, status }: { readonly type: string; readonly value: string; readonly status: ResultStatus },
): string {
  const { loinc, name } = kinds[culture];
  const isGrowth = type === "CE" || value.startsWith("Growth");
  return segment("OBX", {
    1: "1",
    2: type,
    3: `${loinc}^${name}^LN`,
    4: "1",
    5: value,
    8: isGrowth ? "A" : "N",
    11: status,
  });
}

function susceptibility(
  antibiotic: Antibiotic,
  { setId, random }: { readonly setId: number; readonly random: Random },
): string {
  const [loinc, name] = antibiotics[antibiotic];
  const isResistant = random.chance(antibiotic === "amoxicillin" ? 0.55 : 0.14);
  return segment("OBX", {
    1: String(setId),
    2: "ST",
    3: `${loinc}^${plain(name)} susceptibility^LN`,
    4: "1",
    5: isResistant ? "Resistant" : "Susceptible",
    8: isResistant ? "R" : "S",
    11: "F",
  });
}

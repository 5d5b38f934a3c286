import type { CodeableConcept } from "#standards/fhir";
import type { Interpretation } from "../api.ts";
import { present } from "../messages/present.ts";

type Tone = Interpretation["tone"];
type Row = readonly [code: string, text: string, tone: Tone, direction?: "high" | "low"];

/** Source: HL7 v3 code system ObservationInterpretation; HL7 v2 table 0078 for `W`, `B`, `U`, `D`, `MS`, `VS`. */
const rows: readonly Row[] = [
  ["N", "Normal", "normal"],
  ["A", "Abnormal", "abnormal"],
  ["AA", "Critically abnormal", "critical"],
  ["H", "High", "abnormal", "high"],
  ["L", "Low", "abnormal", "low"],
  ["HH", "Critically high", "critical", "high"],
  ["LL", "Critically low", "critical", "low"],
  ["HU", "Significantly high", "abnormal", "high"],
  ["LU", "Significantly low", "abnormal", "low"],
  ["HX", "Above high threshold", "abnormal", "high"],
  ["LX", "Below low threshold", "abnormal", "low"],
  [">", "Above the scale of the instrument", "abnormal", "high"],
  ["<", "Below the scale of the instrument", "abnormal", "low"],
  ["S", "Susceptible", "susceptible"],
  ["VS", "Very susceptible", "susceptible"],
  ["SDD", "Susceptible, dose dependent", "intermediate"],
  ["MS", "Moderately susceptible", "intermediate"],
  ["I", "Intermediate", "intermediate"],
  ["R", "Resistant", "resistant"],
  ["NS", "Non-susceptible", "resistant"],
  ["SYN-R", "Synergy, resistant", "resistant"],
  ["SYN-S", "Synergy, susceptible", "susceptible"],
  ["POS", "Positive", "unknown"],
  ["NEG", "Negative", "unknown"],
  ["DET", "Detected", "unknown"],
  ["ND", "Not detected", "unknown"],
  ["RR", "Reactive", "unknown"],
  ["WR", "Weakly reactive", "unknown"],
  ["NR", "Non-reactive", "unknown"],
  ["E", "Equivocal", "unknown"],
  ["IND", "Indeterminate", "unknown"],
  ["IE", "Insufficient evidence", "unknown"],
  ["EXP", "Expected", "normal"],
  ["UNE", "Unexpected", "abnormal"],
  ["B", "Better", "unknown"],
  ["W", "Worse", "abnormal"],
  ["U", "Significant change up", "unknown"],
  ["D", "Significant change down", "unknown"],
];

const table = new Map(rows.map((row) => [row[0], row]));
const severity: Readonly<Record<Tone, number>> = {
  critical: 4,
  abnormal: 3,
  resistant: 2,
  intermediate: 1,
  unknown: 0,
  susceptible: 0,
  normal: 0,
};

/** One flag in words. A code that is not in the table keeps its own words, with the tone `unknown`. */
function interpretationOf(concept: CodeableConcept): Interpretation | undefined {
  const coding = concept.coding?.find((each) => each.code !== undefined && table.has(each.code)) ?? concept.coding?.[0];
  const code = coding?.code ?? concept.text;
  if (code === undefined) return undefined;
  const [, text, tone, direction] = table.get(code) ?? [code, undefined, "unknown" as const];
  return present<Interpretation>({ code, text: text ?? concept.text ?? coding?.display ?? code, tone, direction });
}

/** Of several flags the gravest, the others named after it in its words; undefined where there is none. */
export function interpretation(concepts: readonly CodeableConcept[] | undefined): Interpretation | undefined {
  const flags = (concepts ?? []).flatMap((concept) => interpretationOf(concept) ?? []);
  const gravest = worstOf(flags) ?? flags[0];
  if (gravest === undefined || flags.length === 1) return gravest;
  return {
    ...gravest,
    text: [gravest, ...flags.filter((flag) => flag !== gravest)].map((flag) => flag.text).join(", "),
  };
}

/** The gravest that is abnormal or critical; undefined where there is none. */
export function worstAbnormal(flags: readonly (Interpretation | undefined)[]): Interpretation | undefined {
  const worst = worstOf(flags.flatMap((flag) => flag ?? []));
  return worst !== undefined && severity[worst.tone] >= severity.abnormal ? worst : undefined;
}

export function isAbnormal(flag: Interpretation | undefined): boolean {
  return flag !== undefined && severity[flag.tone] >= severity.abnormal;
}

function worstOf(flags: readonly Interpretation[]): Interpretation | undefined {
  return flags.reduce<Interpretation | undefined>(
    (worst, flag) => (worst === undefined || severity[flag.tone] > severity[worst.tone] ? flag : worst),
    undefined,
  );
}

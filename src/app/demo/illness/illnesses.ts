import type { PanelCode } from "../laboratory/panels.ts";
import type { TestKey } from "../laboratory/tests.ts";
import type { Sex } from "../people/person.ts";

/** What an illness multiplies a healthy value by when it is at its full strength. */
export type Factors = { readonly [Key in TestKey]?: number };

interface Illness {
  readonly name: string;
  readonly ages: readonly [from: number, to: number];
  readonly sex?: Sex;
  /** Of those whose age and sex fit. */
  readonly share: number;
  readonly factors: Factors;
}

/** An illness of years, watched in clinics. */
export interface ChronicIllness extends Illness {
  /** Worsening grows over the two years; treated is at its full strength until a day in them, and then fades. */
  readonly course: "steady" | "worsening" | "treated";
  readonly watched: readonly PanelCode[];
  readonly everyDays: number;
  readonly specialty: Specialty;
}

/** An illness of days, in a ward. */
export interface AcuteIllness extends Illness {
  readonly peakDays: number;
  readonly fadeDays: number;
  readonly stayDays: readonly [number, number];
  readonly specialty: Specialty;
  /** On the first day, besides urea and electrolytes and full blood count. */
  readonly first: readonly PanelCode[];
  readonly daily: readonly PanelCode[];
  readonly culture?: "blood" | "urine";
  readonly histology?: "colon" | "skin";
}

export type Specialty =
  | "Acute medicine"
  | "Cardiology"
  | "Endocrinology"
  | "Gastroenterology"
  | "General surgery"
  | "Haematology"
  | "Intensive care"
  | "Older people's care"
  | "Orthopaedics"
  | "Paediatrics"
  | "Renal medicine"
  | "Respiratory medicine";

export const chronicIllnesses: readonly ChronicIllness[] = [
  {
    name: "Type 2 diabetes",
    ages: [36, 98],
    share: 0.2,
    factors: { HBA1C: 1.85, GLU: 2, TRIG: 1.6, UALB: 5, HDL: 0.85 },
    course: "steady",
    watched: ["HBA1C", "UE", "LIPID", "ACR"],
    everyDays: 150,
    specialty: "Endocrinology",
  },
  {
    name: "Chronic kidney disease",
    ages: [45, 98],
    share: 0.16,
    factors: { CREA: 3.4, UREA: 3.2, K: 1.18, HB: 0.78, PHOS: 1.5, PTH: 5, UALB: 12, CA: 0.97 },
    course: "worsening",
    watched: ["UE", "BONE", "FBC", "PTH", "ACR"],
    everyDays: 90,
    specialty: "Renal medicine",
  },
  {
    name: "Iron deficiency anaemia",
    ages: [16, 98],
    share: 0.13,
    factors: { HB: 0.66, MCV: 0.8, RDW: 1.4, FERR: 0.07, IRON: 0.25, TRF: 1.35, PLT: 1.3 },
    course: "treated",
    watched: ["FBC", "IRON", "HAEM"],
    everyDays: 75,
    specialty: "Gastroenterology",
  },
  {
    name: "Vitamin B12 deficiency",
    ages: [50, 98],
    share: 0.06,
    factors: { HB: 0.72, MCV: 1.25, B12: 0.25, PLT: 0.75, NEUT: 0.7, RDW: 1.3 },
    course: "treated",
    watched: ["FBC", "HAEM"],
    everyDays: 100,
    specialty: "Haematology",
  },
  {
    name: "Hypothyroidism",
    ages: [18, 98],
    share: 0.1,
    factors: { TSH: 18, FT4: 0.5, CHOL: 1.35 },
    course: "treated",
    watched: ["TFT", "LIPID"],
    everyDays: 80,
    specialty: "Endocrinology",
  },
  {
    name: "Alcohol-related liver disease",
    ages: [30, 80],
    share: 0.07,
    factors: { BILI: 5, ALT: 2.6, GGT: 11, ALP: 1.9, ALB: 0.72, PT: 1.45, PLT: 0.4, MCV: 1.13, NA: 0.96 },
    course: "worsening",
    watched: ["LFT", "UE", "FBC", "COAG"],
    everyDays: 110,
    specialty: "Gastroenterology",
  },
  {
    name: "Atrial fibrillation, on warfarin",
    ages: [60, 98],
    share: 0.12,
    factors: { PT: 2.5 },
    course: "steady",
    watched: ["INR"],
    everyDays: 42,
    specialty: "Haematology",
  },
  {
    name: "Heart failure",
    ages: [55, 98],
    share: 0.14,
    factors: { BNP: 32, NA: 0.965, UREA: 1.7, CREA: 1.35, K: 1.06 },
    course: "steady",
    watched: ["UE", "BNP"],
    everyDays: 100,
    specialty: "Cardiology",
  },
  {
    name: "Benign prostatic enlargement",
    ages: [55, 98],
    sex: "male",
    share: 0.2,
    factors: { PSA: 3.6 },
    course: "worsening",
    watched: ["PSA", "UE"],
    everyDays: 240,
    specialty: "General surgery",
  },
];

export const acuteIllnesses: readonly AcuteIllness[] = [
  {
    name: "Sepsis",
    ages: [18, 98],
    share: 0.13,
    factors: {
      CRP: 165,
      NEUT: 4.6,
      LYMPH: 0.4,
      PLT: 0.5,
      LACT: 4.2,
      CREA: 2.1,
      UREA: 2.3,
      ALB: 0.68,
      PH: 0.983,
      PT: 1.25,
    },
    peakDays: 1.2,
    fadeDays: 3.2,
    stayDays: [6, 14],
    specialty: "Intensive care",
    first: ["LFT", "CRP", "COAG", "GAS", "BONE"],
    daily: ["UE", "FBC", "CRP"],
    culture: "blood",
  },
  {
    name: "Community-acquired pneumonia",
    ages: [16, 98],
    share: 0.2,
    factors: { CRP: 90, NEUT: 3.2, PO2: 0.7, UREA: 1.5, ALB: 0.8, LACT: 1.5 },
    peakDays: 1,
    fadeDays: 3.5,
    stayDays: [3, 8],
    specialty: "Respiratory medicine",
    first: ["CRP", "LFT", "GAS"],
    daily: ["UE", "FBC", "CRP"],
    culture: "blood",
  },
  {
    name: "Heart attack",
    ages: [42, 98],
    share: 0.17,
    factors: { TROPT: 210, GLU: 1.5, NEUT: 1.7, CRP: 6, BNP: 9 },
    peakDays: 0.7,
    fadeDays: 2.6,
    stayDays: [3, 6],
    specialty: "Cardiology",
    first: ["TROP", "LIPID", "GLU", "COAG"],
    daily: ["UE", "TROP"],
  },
  {
    name: "Urinary tract infection",
    ages: [20, 98],
    share: 0.16,
    factors: { CRP: 32, NEUT: 2.2, UREA: 1.4, CREA: 1.25 },
    peakDays: 0.8,
    fadeDays: 3,
    stayDays: [2, 6],
    specialty: "Older people's care",
    first: ["CRP"],
    daily: ["UE", "FBC", "CRP"],
    culture: "urine",
  },
  {
    name: "Upper gastrointestinal bleed",
    ages: [30, 98],
    share: 0.1,
    factors: { HB: 0.52, UREA: 2.6, PLT: 0.85, LACT: 2 },
    peakDays: 0.6,
    fadeDays: 6,
    stayDays: [3, 7],
    specialty: "Gastroenterology",
    first: ["LFT", "COAG"],
    daily: ["FBC", "UE"],
    histology: "colon",
  },
  {
    name: "Hip fracture",
    ages: [68, 98],
    share: 0.22,
    factors: { CRP: 70, HB: 0.7, NEUT: 1.8, ALB: 0.82, NA: 0.965 },
    peakDays: 2,
    fadeDays: 6,
    stayDays: [8, 17],
    specialty: "Orthopaedics",
    first: ["COAG", "BONE", "LFT"],
    daily: ["FBC", "UE", "CRP"],
  },
  {
    name: "Diabetic ketoacidosis",
    ages: [14, 55],
    share: 0.12,
    factors: { GLU: 5.4, PH: 0.963, PCO2: 0.58, K: 1.32, UREA: 1.8, CREA: 1.4, NEUT: 2, HBA1C: 2.3, NA: 0.96 },
    peakDays: 0.3,
    fadeDays: 0.9,
    stayDays: [2, 4],
    specialty: "Endocrinology",
    first: ["GAS", "GLU", "HBA1C"],
    daily: ["UE", "GLU"],
  },
  {
    name: "Acute kidney injury",
    ages: [45, 98],
    share: 0.14,
    factors: { CREA: 4.6, UREA: 4.4, K: 1.45, PHOS: 1.6, PH: 0.988 },
    peakDays: 1.5,
    fadeDays: 4,
    stayDays: [4, 9],
    specialty: "Renal medicine",
    first: ["BONE", "CRP", "GAS"],
    daily: ["UE"],
  },
  {
    name: "Appendicitis",
    ages: [6, 45],
    share: 0.16,
    factors: { CRP: 40, NEUT: 3 },
    peakDays: 0.8,
    fadeDays: 2,
    stayDays: [1, 3],
    specialty: "General surgery",
    first: ["CRP", "LFT"],
    daily: ["FBC", "CRP"],
    histology: "colon",
  },
  {
    name: "Bronchiolitis",
    ages: [0, 4],
    share: 0.6,
    factors: { CRP: 8, LYMPH: 1.4, PCO2: 1.15 },
    peakDays: 1,
    fadeDays: 2,
    stayDays: [1, 4],
    specialty: "Paediatrics",
    first: ["CRP"],
    daily: ["UE"],
  },
];

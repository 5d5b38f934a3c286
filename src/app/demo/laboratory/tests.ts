import type { Sex } from "../people/person.ts";

export interface LaboratoryTest {
  readonly key: TestKey;
  readonly loinc: string;
  readonly name: string;
  /** As printed; its UCUM code is in `ucumOf`. */
  readonly unit: Unit;
  readonly decimals: number;
  /** Of a healthy adult; undefined where it follows from other tests (see `derived.ts`). */
  readonly typical: BySex<number> | undefined;
  /** How much healthy people differ, and one person from day to day: coefficients of variation in per cent. */
  readonly betweenPercent: number;
  readonly withinPercent: number;
  /** As printed: `3.5 - 5.3`, `<= 21`, `>= 90`. */
  readonly range: BySex<string>;
  /** What the demonstration never goes beyond. */
  readonly possible: readonly [low: number, high: number];
}

export type BySex<T> = T | Readonly<Record<Sex, T>>;

export function bySex<T extends string | number>(value: BySex<T>, sex: Sex): T {
  return typeof value === "object" ? value[sex] : value;
}

const by = <T>(female: T, male: T): Readonly<Record<Sex, T>> => ({ female, male });

/** Printed units and what each is in UCUM. */
export const ucumOf = {
  "mmol/L": "mmol/L",
  "umol/L": "umol/L",
  "pmol/L": "pmol/L",
  "mmol/mol": "mmol/mol",
  "mg/mmol": "mg/mmol",
  "g/L": "g/L",
  "mg/L": "mg/L",
  "ug/L": "ug/L",
  "ng/L": "ng/L",
  "U/L": "U/L",
  "mU/L": "m[iU]/L",
  "10*9/L": "10*9/L",
  "10*12/L": "10*12/L",
  "10*6/L": "10*6/L",
  "mL/min/1.73m2": "mL/min/{1.73_m2}",
  "L/L": "L/L",
  fL: "fL",
  pg: "pg",
  "%": "%",
  s: "s",
  kPa: "kPa",
  ratio: "{INR}",
  pH: "[pH]",
} as const;

export type Unit = keyof typeof ucumOf;

type Row = readonly [
  key: string,
  loinc: string,
  name: string,
  unit: Unit,
  decimals: number,
  typical: BySex<number> | undefined,
  betweenPercent: number,
  withinPercent: number,
  range: BySex<string>,
  possible: readonly [number, number],
];

/** Source: LOINC 2.7x for codes; ranges as British laboratories print them, adult. */
const rows = [
  // Urea and electrolytes
  ["NA", "2951-2", "Sodium", "mmol/L", 0, 139, 1, 0.8, "133 - 146", [112, 165]],
  ["K", "2823-3", "Potassium", "mmol/L", 1, 4.3, 5, 5, "3.5 - 5.3", [1.9, 7.6]],
  ["UREA", "22664-7", "Urea", "mmol/L", 1, 5, 18, 10, "2.5 - 7.8", [0.8, 55]],
  ["CREA", "14682-9", "Creatinine", "umol/L", 0, by(63, 80), 12, 5, by("45 - 84", "59 - 104"), [12, 980]],
  ["EGFR", "62238-1", "eGFR (CKD-EPI)", "mL/min/1.73m2", 0, undefined, 0, 0, ">= 60", [3, 90]],
  ["MG", "2601-3", "Magnesium", "mmol/L", 2, 0.84, 6, 4, "0.70 - 1.00", [0.3, 1.9]],
  // Liver function
  ["BILI", "14631-6", "Bilirubin", "umol/L", 0, 9, 28, 15, "<= 21", [2, 420]],
  ["ALT", "1742-6", "Alanine aminotransferase", "U/L", 0, by(18, 24), 28, 12, by("<= 33", "<= 41"), [5, 4200]],
  ["ALP", "6768-6", "Alkaline phosphatase", "U/L", 0, 74, 20, 6, "30 - 130", [20, 1200]],
  ["GGT", "2324-2", "Gamma glutamyl transferase", "U/L", 0, by(21, 30), 35, 12, by("<= 40", "<= 60"), [6, 1800]],
  ["ALB", "1751-7", "Albumin", "g/L", 0, 43, 5, 3, "35 - 50", [14, 54]],
  ["TP", "2885-2", "Total protein", "g/L", 0, 70, 4, 2, "60 - 80", [38, 105]],
  // Bone profile
  ["CA", "2000-8", "Calcium", "mmol/L", 2, 2.39, 2.5, 1.5, "2.15 - 2.60", [1.4, 3.9]],
  ["ACA", "29265-6", "Adjusted calcium", "mmol/L", 2, undefined, 0, 0, "2.20 - 2.60", [1.5, 3.9]],
  ["PHOS", "14879-1", "Phosphate", "mmol/L", 2, 1.12, 10, 7, "0.80 - 1.50", [0.25, 3.6]],
  ["PTH", "14866-8", "Parathyroid hormone", "pmol/L", 1, 4.2, 22, 12, "1.6 - 6.9", [0.5, 140]],
  // Proteins and markers
  ["CRP", "1988-5", "C-reactive protein", "mg/L", 0, 1.6, 55, 30, "<= 5", [0.3, 480]],
  ["TROPT", "67151-1", "Troponin T, high sensitivity", "ng/L", 0, 6, 30, 10, "<= 14", [2, 9800]],
  ["BNP", "33762-6", "NT-proBNP", "ng/L", 0, 95, 40, 15, "<= 400", [20, 30000]],
  ["PSA", "2857-1", "Prostate specific antigen", "ug/L", 1, 1.3, 45, 10, "<= 4.0", [0.1, 180]],
  // Diabetes and kidneys
  ["GLU", "14749-6", "Glucose", "mmol/L", 1, 5.3, 7, 8, "3.0 - 7.8", [1.6, 42]],
  ["HBA1C", "59261-8", "HbA1c (IFCC)", "mmol/mol", 0, 36, 7, 2, "20 - 41", [20, 155]],
  ["UALB", "1754-1", "Urine albumin", "mg/L", 0, 7, 40, 30, "<= 20", [3, 4000]],
  ["UCREA", "14683-7", "Urine creatinine", "mmol/L", 1, by(8.5, 11), 30, 25, "3.0 - 20.0", [1.5, 28]],
  ["ACR", "32294-1", "Urine albumin:creatinine ratio", "mg/mmol", 1, undefined, 0, 0, "<= 3.0", [0.1, 900]],
  // Thyroid
  ["TSH", "3016-3", "Thyroid stimulating hormone", "mU/L", 2, 1.7, 35, 15, "0.27 - 4.20", [0.01, 98]],
  ["FT4", "14920-3", "Free T4", "pmol/L", 1, 15.8, 10, 6, "12.0 - 22.0", [2, 85]],
  // Lipids
  ["CHOL", "14647-2", "Cholesterol", "mmol/L", 1, 5, 16, 5, "<= 5.0", [1.9, 12]],
  ["HDL", "14646-4", "HDL cholesterol", "mmol/L", 1, by(1.6, 1.3), 18, 6, by(">= 1.2", ">= 1.0"), [0.4, 3.4]],
  ["TRIG", "14927-8", "Triglycerides", "mmol/L", 1, 1.3, 35, 18, "<= 1.7", [0.3, 19]],
  ["LDL", "39469-2", "LDL cholesterol, calculated", "mmol/L", 1, undefined, 0, 0, "<= 3.0", [0.3, 9]],
  ["NHDL", "70204-3", "Non-HDL cholesterol", "mmol/L", 1, undefined, 0, 0, "<= 4.0", [0.5, 11]],
  // Iron, vitamins
  ["B12", "2132-9", "Vitamin B12", "ng/L", 0, 430, 30, 8, "197 - 771", [60, 1990]],
  ["FOL", "2284-8", "Serum folate", "ug/L", 1, 8.4, 30, 12, "3.9 - 26.8", [0.8, 40]],
  ["FERR", "2276-4", "Ferritin", "ug/L", 0, by(60, 130), 50, 10, by("13 - 150", "30 - 400"), [3, 4800]],
  ["IRON", "14798-3", "Iron", "umol/L", 1, 17, 22, 18, "5.8 - 34.5", [1, 70]],
  ["TRF", "3034-6", "Transferrin", "g/L", 2, 2.6, 10, 4, "2.00 - 3.60", [0.7, 5]],
  ["TSAT", "2502-3", "Transferrin saturation", "%", 0, undefined, 0, 0, "20 - 50", [1, 99]],
  // Full blood count
  ["HB", "718-7", "Haemoglobin", "g/L", 0, by(135, 150), 6, 2.5, by("115 - 165", "130 - 180"), [38, 215]],
  ["WBC", "6690-2", "White cell count", "10*9/L", 1, undefined, 0, 0, "4.0 - 11.0", [0.2, 78]],
  ["PLT", "777-3", "Platelets", "10*9/L", 0, 255, 18, 6, "150 - 400", [6, 1050]],
  ["RBC", "789-8", "Red cell count", "10*12/L", 2, undefined, 0, 0, by("3.80 - 5.80", "4.50 - 6.50"), [1, 8]],
  ["HCT", "4544-3", "Haematocrit", "L/L", 3, undefined, 0, 0, by("0.370 - 0.470", "0.400 - 0.520"), [0.1, 0.68]],
  ["MCV", "787-2", "Mean cell volume", "fL", 1, 90, 4, 0.8, "80.0 - 100.0", [56, 132]],
  ["MCH", "785-6", "Mean cell haemoglobin", "pg", 1, undefined, 0, 0, "27.0 - 32.0", [14, 44]],
  ["RDW", "788-0", "Red cell distribution width", "%", 1, 13.1, 5, 2, "11.5 - 15.0", [10.5, 31]],
  ["NEUT", "751-8", "Neutrophils", "10*9/L", 2, 4, 25, 14, "2.00 - 7.50", [0.05, 64]],
  ["LYMPH", "731-0", "Lymphocytes", "10*9/L", 2, 2, 25, 10, "1.00 - 4.00", [0.1, 40]],
  ["MONO", "742-7", "Monocytes", "10*9/L", 2, 0.5, 22, 14, "0.20 - 1.00", [0.02, 6]],
  ["EOS", "711-2", "Eosinophils", "10*9/L", 2, 0.16, 45, 20, "0.00 - 0.50", [0.01, 9]],
  ["BASO", "704-7", "Basophils", "10*9/L", 2, 0.04, 25, 20, "0.00 - 0.10", [0.01, 0.5]],
  // Coagulation
  ["PT", "5902-2", "Prothrombin time", "s", 1, 11.5, 4, 3, "10.0 - 13.5", [9, 95]],
  ["INR", "6301-6", "INR", "ratio", 1, undefined, 0, 0, "0.8 - 1.2", [0.8, 9.8]],
  ["APTT", "14979-9", "Activated partial thromboplastin time", "s", 1, 29, 6, 4, "24.0 - 36.0", [20, 150]],
  ["FIB", "3255-7", "Fibrinogen, Clauss", "g/L", 1, 2.9, 14, 8, "1.5 - 4.5", [0.4, 9]],
  // Arterial blood gas
  ["PH", "2744-1", "pH, arterial", "pH", 2, 7.4, 0.15, 0.15, "7.35 - 7.45", [6.85, 7.65]],
  ["PCO2", "2019-8", "pCO2, arterial", "kPa", 1, 5.2, 4, 4, "4.7 - 6.0", [1.6, 12.5]],
  ["PO2", "2703-7", "pO2, arterial", "kPa", 1, 11.8, 4, 5, "10.6 - 13.3", [4.8, 28]],
  ["AHCO3", "1960-4", "Bicarbonate, arterial", "mmol/L", 1, undefined, 0, 0, "22.0 - 28.0", [3, 48]],
  ["BE", "1925-7", "Base excess, arterial", "mmol/L", 1, undefined, 0, 0, "-2.0 - 2.0", [-28, 24]],
  ["LACT", "2518-9", "Lactate, arterial", "mmol/L", 1, 1, 25, 15, "0.5 - 1.6", [0.3, 17]],
] as const satisfies readonly Row[];

export type TestKey = (typeof rows)[number][0];

export const laboratoryTests: readonly LaboratoryTest[] = rows.map((row: Row) => {
  const [key, loinc, name, unit, decimals, typical, betweenPercent, withinPercent, range, possible] = row;
  const spread = { betweenPercent, withinPercent };
  return { key: key as TestKey, loinc, name, unit, decimals, typical, ...spread, range, possible };
});

const byKey = new Map(laboratoryTests.map((test) => [test.key, test]));

export function testOf(key: TestKey): LaboratoryTest {
  const test = byKey.get(key);
  if (test === undefined) throw new Error(`there is no test ${key}`);
  return test;
}

/** A value at or beyond these is telephoned. Source: Royal College of Pathologists, out-of-hours reporting (G158). */
export const criticalLimits: { readonly [Key in TestKey]?: { readonly low?: number; readonly high?: number } } = {
  NA: { low: 120, high: 155 },
  K: { low: 2.5, high: 6.5 },
  UREA: { high: 30 },
  CREA: { high: 354 },
  GLU: { low: 2.5, high: 25 },
  ACA: { low: 1.8, high: 3.5 },
  CRP: { high: 300 },
  TROPT: { high: 100 },
  HB: { low: 70 },
  PLT: { low: 30 },
  NEUT: { low: 0.5 },
  INR: { high: 6.5 },
  PH: { low: 7.2, high: 7.6 },
  LACT: { high: 4 },
};

/** Below these the laboratory only reports that it is less. */
export const reportedFrom: { readonly [Key in TestKey]?: number } = { CRP: 1, TROPT: 3, UALB: 3, BNP: 35 };

/** From here on the laboratory only reports that it is more. */
export const reportedTo: { readonly [Key in TestKey]?: number } = { EGFR: 90 };

/** Children differ; the row with the highest age that a child is under counts. Ages in years. */
export const childRows: {
  readonly [Key in TestKey]?: readonly (readonly [underAge: number, typical: number, range: string])[];
} = {
  CREA: [
    [2, 22, "14 - 34"],
    [6, 31, "20 - 44"],
    [12, 43, "28 - 60"],
    [16, 56, "37 - 80"],
  ],
  ALP: [
    [2, 260, "80 - 580"],
    [12, 240, "60 - 425"],
    [16, 210, "50 - 400"],
  ],
  HB: [
    [2, 118, "101 - 132"],
    [12, 127, "111 - 147"],
    [16, 134, "118 - 156"],
  ],
  LYMPH: [
    [2, 5.6, "3.00 - 9.50"],
    [12, 3, "1.20 - 6.00"],
  ],
  MCV: [
    [2, 78, "70.0 - 86.0"],
    [12, 83, "75.0 - 92.0"],
  ],
};

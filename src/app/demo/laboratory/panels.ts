import type { TestKey } from "./tests.ts";

/** Which of the hospital's laboratories makes a report: each has a system of its own that sends it. */
export type LaboratoryName = "biochemistry" | "haematology" | "microbiology" | "histology" | "bedside";

export interface Panel {
  /** The laboratory's code. */
  readonly code: string;
  readonly name: string;
  readonly laboratory: LaboratoryName;
  readonly specimen: SpecimenName;
  readonly tests: readonly TestKey[];
}

/** Code, text; codes of HL7 table 0487. */
export const specimenNames = {
  serum: ["SER", "Serum"],
  wholeBlood: ["WB", "Whole blood"],
  plasma: ["PLAS", "Plasma"],
  arterialBlood: ["BLDA", "Blood arterial"],
  urine: ["UR", "Urine"],
  blood: ["BLD", "Whole blood"],
  tissue: ["TISS", "Tissue"],
} as const;

export type SpecimenName = keyof typeof specimenNames;

type Row = readonly [
  code: string,
  name: string,
  laboratory: LaboratoryName,
  specimen: SpecimenName,
  tests: readonly TestKey[],
];

const rows = [
  ["UE", "Urea and electrolytes", "biochemistry", "serum", ["NA", "K", "UREA", "CREA", "EGFR"]],
  ["LFT", "Liver function tests", "biochemistry", "serum", ["BILI", "ALT", "ALP", "GGT", "ALB", "TP"]],
  ["BONE", "Bone profile", "biochemistry", "serum", ["CA", "ACA", "PHOS", "ALP", "ALB"]],
  ["MG", "Magnesium", "biochemistry", "serum", ["MG"]],
  ["CRP", "C-reactive protein", "biochemistry", "serum", ["CRP"]],
  ["TROP", "Troponin", "biochemistry", "serum", ["TROPT"]],
  ["BNP", "NT-proBNP", "biochemistry", "serum", ["BNP"]],
  ["PSA", "Prostate specific antigen", "biochemistry", "serum", ["PSA"]],
  ["PTH", "Parathyroid hormone", "biochemistry", "plasma", ["PTH"]],
  ["GLU", "Glucose", "biochemistry", "plasma", ["GLU"]],
  ["HBA1C", "HbA1c", "biochemistry", "wholeBlood", ["HBA1C"]],
  ["ACR", "Urine albumin:creatinine ratio", "biochemistry", "urine", ["UALB", "UCREA", "ACR"]],
  ["TFT", "Thyroid function tests", "biochemistry", "serum", ["TSH", "FT4"]],
  ["LIPID", "Lipid profile", "biochemistry", "serum", ["CHOL", "HDL", "TRIG", "LDL", "NHDL"]],
  ["HAEM", "Haematinics", "biochemistry", "serum", ["B12", "FOL", "FERR"]],
  ["IRON", "Iron studies", "biochemistry", "serum", ["IRON", "TRF", "TSAT"]],
  [
    "FBC",
    "Full blood count",
    "haematology",
    "wholeBlood",
    ["HB", "WBC", "PLT", "RBC", "HCT", "MCV", "MCH", "RDW", "NEUT", "LYMPH", "MONO", "EOS", "BASO"],
  ],
  ["COAG", "Coagulation screen", "haematology", "plasma", ["PT", "INR", "APTT", "FIB"]],
  ["INR", "INR", "haematology", "plasma", ["INR"]],
  ["GAS", "Arterial blood gas", "bedside", "arterialBlood", ["PH", "PCO2", "PO2", "AHCO3", "BE", "LACT", "K", "GLU"]],
] as const satisfies readonly Row[];

export type PanelCode = (typeof rows)[number][0];

export const panels: readonly Panel[] = rows.map(([code, name, laboratory, specimen, tests]: Row) => ({
  code,
  name,
  laboratory,
  specimen,
  tests,
}));

const byCode = new Map(panels.map((panel) => [panel.code, panel]));

export function panelOf(code: PanelCode): Panel {
  const panel = byCode.get(code);
  if (panel === undefined) throw new Error(`there is no panel ${code}`);
  return panel;
}

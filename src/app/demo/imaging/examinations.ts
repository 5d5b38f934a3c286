/** What the radiology department of the demonstration does, and what its reports say. */
export interface Examination {
  /** OBR-4, as the hospital's order system codes it. */
  readonly code: string;
  readonly name: string;
  readonly modality: Modality;
  /** HL7 table 0074. */
  readonly section: "CT" | "NMR" | "RAD" | "CUS" | "RX";
  readonly findings: readonly string[];
  readonly impression: readonly string[];
}

export type Modality = "CT" | "MR" | "CR" | "US" | "MG";

export type ExaminationName = keyof typeof examinations;

export const examinations = {
  chest: {
    code: "XCHES",
    name: "Chest radiograph",
    modality: "CR",
    section: "RX",
    findings: [
      "Heart size within normal limits. The lungs are clear.",
      "No pleural effusion, no pneumothorax. Bones unremarkable.",
    ],
    impression: ["No active disease of the lungs."],
  },
  nodule: {
    code: "XCHES",
    name: "Chest radiograph",
    modality: "CR",
    section: "RX",
    findings: ["A rounded shadow of about 2 cm in the right middle zone. Heart size within normal limits."],
    impression: ["Solitary nodule of the right lung. CT of the chest is advised."],
  },
  trunk: {
    code: "CCHAPC",
    name: "CT chest, abdomen and pelvis with contrast",
    modality: "CT",
    section: "CT",
    findings: [
      "A solid nodule of 16 mm in the middle lobe of the right lung. No enlarged nodes of the mediastinum.",
      "Liver, spleen, pancreas and kidneys are unremarkable. No free fluid.",
    ],
    impression: ["Solid nodule of the right lung: for discussion at the chest meeting."],
  },
  thorax: {
    code: "CCHESC",
    name: "CT chest with contrast",
    modality: "CT",
    section: "CT",
    findings: ["No filling defect of the pulmonary arteries. The lungs are clear. Normal mediastinum."],
    impression: ["No pulmonary embolism."],
  },
  head: {
    code: "MHEAD",
    name: "MRI head",
    modality: "MR",
    section: "NMR",
    findings: [
      "A focus of high signal on T2 in the white matter of the right frontal lobe, of 16 mm.",
      "No mass effect.",
    ],
    impression: ["Single lesion of the right frontal white matter, of uncertain age. Clinical correlation is advised."],
  },
  echo: {
    code: "UECHO",
    name: "Echocardiogram",
    modality: "US",
    section: "CUS",
    findings: ["Normal size of both ventricles with good function. Valves open well; no regurgitation of note."],
    impression: ["Normal echocardiogram."],
  },
  breasts: {
    code: "XMAMB",
    name: "Mammogram, both sides",
    modality: "MG",
    section: "RAD",
    findings: ["Scattered fibroglandular tissue. A small group of calcifications in the left breast.", "No mass."],
    impression: ["Left breast: calcifications of uncertain nature. Recall for magnified views."],
  },
} as const satisfies Readonly<Record<string, Examination>>;

/** The room that does it, by its AE title. */
export const stations: Readonly<Record<Modality, string>> = {
  CT: "CT1",
  MR: "MR1",
  CR: "XR1",
  US: "ECHO1",
  MG: "MAMMO1",
};

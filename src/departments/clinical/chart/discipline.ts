import type { CodeableConcept } from "#standards/fhir";
import { codedText } from "./coded-text.ts";

/** Source: HL7 v2 table 0074 (diagnostic service section), those of a pathology department, in British words. */
const sections: Readonly<Record<string, string>> = {
  AU: "Audiology",
  BG: "Blood gases",
  BLB: "Blood transfusion",
  CG: "Cytogenetics",
  CH: "Chemistry",
  CP: "Cytopathology",
  CT: "CT",
  CTH: "Cardiac catheterisation",
  CUS: "Cardiac ultrasound",
  EC: "Electrocardiography",
  EN: "Electroneurography",
  GE: "Genetics",
  HM: "Haematology",
  ICU: "Bedside monitoring",
  IMM: "Immunology",
  LAB: "Laboratory",
  MB: "Microbiology",
  MCB: "Mycobacteriology",
  MYC: "Mycology",
  NMR: "Magnetic resonance",
  NMS: "Nuclear medicine",
  OTH: "Other",
  PAT: "Pathology",
  PHR: "Pharmacy",
  RAD: "Radiology",
  RX: "Radiology",
  SP: "Histopathology",
  SR: "Serology",
  TX: "Toxicology",
  URN: "Urinalysis",
  VR: "Virology",
  VUS: "Vascular ultrasound",
};

const sectionSystem = "http://terminology.hl7.org/CodeSystem/v2-0074";

/** The department of the laboratory that made a report. Undefined where none was sent. */
export function disciplineText(categories: readonly CodeableConcept[] | undefined): string | undefined {
  for (const concept of categories ?? []) {
    const code = concept.coding?.find((coding) => coding.system === sectionSystem)?.code;
    const text = concept.text ?? sections[code ?? ""] ?? codedText(concept)?.text;
    if (text !== undefined) return text;
  }
  return undefined;
}

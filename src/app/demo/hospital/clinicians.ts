import type { Specialty } from "../illness/illnesses.ts";
import type { LaboratoryName } from "../laboratory/panels.ts";
import { hospitalCode } from "./wards.ts";

/** Staff who do not exist. */
export interface Clinician {
  readonly staffNumber: string;
  readonly prefix: string;
  readonly given: string;
  readonly family: string;
  readonly title: string;
}

const of = (staffNumber: string, prefix: string, given: string, family: string, title: string): Clinician => ({
  staffNumber,
  prefix,
  given,
  family,
  title,
});

export const consultants: Readonly<Record<Specialty, Clinician>> = {
  "Acute medicine": of("C4410", "Dr", "Tomasz", "Zielinski", "Consultant in acute medicine"),
  Cardiology: of("C4471", "Dr", "Ingrid", "Lindqvist", "Consultant cardiologist"),
  Endocrinology: of("C4482", "Dr", "Leila", "Haddad", "Consultant endocrinologist"),
  Gastroenterology: of("C4493", "Dr", "Robert", "Aldous", "Consultant gastroenterologist"),
  "General surgery": of("C4504", "Miss", "Nkechi", "Obi", "Consultant surgeon"),
  Haematology: of("C4515", "Dr", "Sushila", "Raman", "Consultant haematologist"),
  "Intensive care": of("C4526", "Dr", "Ewan", "Geddes", "Consultant in intensive care"),
  "Older people's care": of("C4537", "Dr", "Hilary", "Penrose", "Consultant geriatrician"),
  Orthopaedics: of("C4548", "Mr", "Anwar", "Siddiqui", "Consultant orthopaedic surgeon"),
  Paediatrics: of("C4559", "Dr", "Mairi", "Sinclair", "Consultant paediatrician"),
  "Renal medicine": of("C4561", "Dr", "Paulo", "Carvalho", "Consultant nephrologist"),
  "Respiratory medicine": of("C4572", "Dr", "Joanna", "Birch", "Consultant chest physician"),
};

/** Who answers for the results of each laboratory. */
export const pathologists: Readonly<Record<LaboratoryName, Clinician>> = {
  biochemistry: of("C5101", "Dr", "Helen", "Voss", "Consultant chemical pathologist"),
  haematology: of("C4515", "Dr", "Sushila", "Raman", "Consultant haematologist"),
  microbiology: of("C5120", "Dr", "Rohan", "Banerjee", "Consultant microbiologist"),
  histology: of("C5133", "Dr", "Aled", "Morgan", "Consultant histopathologist"),
  bedside: of("N3307", "Sister", "Moira", "Kelly", "Charge nurse, critical care"),
};

export const generalPractitioners: readonly Clinician[] = [
  of("G1189", "Dr", "Owen", "Pryce", "General practitioner"),
  of("G1204", "Dr", "Farah", "Aziz", "General practitioner"),
  of("G1217", "Dr", "Susan", "Whitlock", "General practitioner"),
];

/** Each once. */
export const everyClinician: readonly Clinician[] = [
  ...new Map(
    [...Object.values(consultants), ...Object.values(pathologists), ...generalPractitioners].map((each) => [
      each.staffNumber,
      each,
    ]),
  ).values(),
];

/** XCN: `C4471^Lindqvist^Ingrid^^^Dr^^^CGH`. */
export function xcnOf({ staffNumber, family, given, prefix }: Clinician): string {
  return `${staffNumber}^${family}^${given}^^^${prefix}^^^${hospitalCode}`;
}
